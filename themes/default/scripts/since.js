// The page of what is new: the entries of all days that were not there at an earlier visit, in one list, newest day first.
(() => {
  const { store, words, make } = daysheet;
  const list = document.querySelector(".since-list");
  const status = document.querySelector(".since-status");
  const choice = document.querySelector("select[name=visit]");
  const visits = store.get("visits").list.slice(0, -1).reverse();
  let wanted = new Map();
  if (!list) return;

  /** Called by the script of a day: puts its entries where the day's place is. */
  daysheet.recentDay = (day, html) => {
    const place = wanted.get(day);
    if (!place) return;
    const template = make("template", { innerHTML: html });
    for (const { key, from } of place.fresh.sources) {
      const section = template.content.querySelector(`section[data-source="${CSS.escape(key)}"]`);
      if (!section) continue;
      // Of a long list only the end is there.
      const known = Math.max(0, from - section.dataset.from);
      [...section.querySelectorAll(".entry")].slice(0, known).forEach((entry) => entry.remove());
      place.section.append(section);
      section.querySelectorAll(".entry").forEach((entry) => daysheet.state.apply(entry));
    }
    place.section.removeAttribute("aria-busy");
  };

  function heading(day) {
    const h2 = make("h2");
    h2.append(make("a", { href: day.url, textContent: day.label }), make("span", { className: "n", textContent: ` ${daysheet.nEntries([day])}` }));
    return h2;
  }

  function show(fresh, text) {
    wanted = new Map();
    const sections = fresh.map((day) => {
      const section = make("section");
      section.setAttribute("aria-busy", "true");
      section.append(heading(day));
      wanted.set(day.day, { fresh: day, section });
      return section;
    });
    list.replaceChildren(...sections);
    status.textContent = text;
    document.querySelectorAll("script.recent-day").forEach((script) => script.remove());
    for (const day of fresh) {
      const onerror = () => (status.textContent = words.day_missing.replace("{date}", day.label));
      document.head.append(make("script", { src: daysheet.root + day.script, className: "recent-day", async: false, onerror }));
    }
  }

  function showSince(visit) {
    const fresh = daysheet.newSince(visit);
    show(fresh, daysheet.inWords(fresh, visit));
  }

  if (visits.length === 0) {
    const latest = daysheet.days.slice(0, 1).map((day) => ({ ...day, sources: day.sources.map(([key, n]) => ({ key, from: 0, n })) }));
    show(latest, words.first_visit);
    return;
  }
  choice.replaceChildren(...visits.map((visit, i) => new Option(daysheet.when(visit), i)));
  choice.closest(".choice").hidden = visits.length < 2;
  choice.addEventListener("change", () => showSince(visits[choice.value]));
  showSince(visits[0]);
})();

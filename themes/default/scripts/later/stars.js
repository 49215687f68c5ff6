// The page of stars: what the reader starred, by the day of the digest, newest first.
(() => {
  const { store, words, make } = daysheet;
  const list = document.querySelector(".stars-list");
  const template = document.querySelector("template.star");
  const status = document.querySelector(".stars-status");
  if (!list) return;
  const dayOf = (star) => star.url.slice(0, 10).replaceAll("/", "-");

  function article(star) {
    const entry = template.content.querySelector(".entry").cloneNode(true);
    const set = (selector, text) => {
      const node = entry.querySelector(selector);
      if (text) node.append(text);
      else node.remove();
      return node;
    };
    const title = set("h3 a", star.title);
    title.href = daysheet.root + star.url;
    title.parentElement.lang = daysheet.languageOf(star.title);
    set(".original", star.original).lang = daysheet.languageOf(star.original ?? "");
    set(".day", dayOf(star));
    set(".authors", star.authors);
    const id = set("a.id", star.id ?? (star.link && words.link));
    if (star.link) Object.assign(id, { href: star.link, rel: "noopener noreferrer" });
    return entry;
  }

  function show() {
    const stars = [...store.get("stars").values()].sort((a, b) => dayOf(b).localeCompare(dayOf(a)) || b.at - a.at);
    const sections = new Map();
    for (const star of stars) {
      const month = dayOf(star).slice(0, 7);
      if (!sections.has(month)) {
        const section = make("section");
        section.append(make("h2", { textContent: month }));
        sections.set(month, section);
      }
      sections.get(month).append(article(star));
    }
    list.replaceChildren(...sections.values());
    list.querySelectorAll(".entry").forEach((entry) => daysheet.state.apply(entry));
    // Where there is nothing, there is nothing to filter or to cite.
    document.querySelectorAll("main :is(.tools, .more .cite)").forEach((tool) => (tool.hidden = stars.length === 0));
    status.textContent = stars.length > 0 ? words.n_stars.replace("{n}", stars.length) : words.no_stars;
  }

  show();
  // A star that is taken away here stays in sight until the page is opened again; what other tabs change is shown.
  addEventListener("storage", () => show());
})();

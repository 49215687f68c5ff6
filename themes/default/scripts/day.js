// A day's page: filter as you type, facets, open and close all summaries, open a summary by a click on its text.
(() => {
  const tools = document.querySelector(".tools:has(output[data-shown])");
  const entries = document.getElementsByClassName("entry");
  const { fold } = daysheet.state;
  const texts = new Map();

  function textOf(entry) {
    if (!texts.has(entry)) texts.set(entry, fold(entry.textContent));
    return texts.get(entry);
  }

  document.addEventListener("click", (event) => {
    const text = event.target.closest?.("details.summary:not([open]) > div");
    if (text && !event.target.closest("a") && getSelection().isCollapsed) text.parentElement.open = true;
  });

  if (!tools) return;
  const field = (name) => tools.querySelector(`[name="${name}"]`);
  const status = tools.querySelector("output");
  const said = status.dataset;

  const TESTS = {
    source: (entry, value) => entry.closest("section.source").id === value,
    tag: (entry, value) => [...entry.querySelectorAll(".tag")].some((tag) => tag.textContent === value),
    seen: (entry, value) => (value === "seen") === Boolean(entry.querySelector(".seen")),
    watched: (entry) => entry.classList.contains("watched"),
    code: (entry) => Boolean(entry.querySelector(".facts .code")),
  };

  function filter() {
    const words = fold(field("q").value).split(/\s+/).filter(Boolean);
    const wanted = Object.entries(TESTS).filter(([name]) => field(name)?.type === "checkbox" ? field(name).checked : field(name)?.value);
    let shown = 0;
    for (const entry of entries) {
      const fits = wanted.every(([name, test]) => test(entry, field(name).value)) && words.every((word) => textOf(entry).includes(word));
      entry.hidden = !fits;
      shown += fits;
    }
    const filtered = words.length + wanted.length > 0;
    for (const section of document.querySelectorAll("section.source, .stars-list > section")) {
      // More of a long section is on other pages.
      section.hidden = filtered && !section.querySelector("article.entry:not([hidden]), nav");
    }
    status.textContent = filtered ? said.shown.replace("{n}", shown).replace("{total}", entries.length) : "";
  }

  function openAll(open) {
    for (const details of document.querySelectorAll("details.summary")) details.open = open;
  }

  tools.addEventListener("input", filter);
  field("q").addEventListener("focus", () => tools.classList.add("unfolded"));
  tools.querySelector(".open-all")?.addEventListener("click", (event) => {
    const button = event.currentTarget;
    const open = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(open));
    button.textContent = open ? button.dataset.close : button.dataset.open;
    openAll(open);
  });
  // A link to an entry that the filter hides shows it.
  addEventListener("hashchange", () => {
    const target = document.querySelector(":target");
    if (!target?.closest("[hidden]")) return;
    tools.querySelectorAll("input, select").forEach((input) => (input.type === "checkbox" ? (input.checked = false) : (input.value = "")));
    filter();
    target.scrollIntoView();
  });
  // What a browser restores in the fields when the reader comes back goes for the page again.
  addEventListener("pageshow", filter);
})();

// Keys for readers who like them. None is taken from the browser, from a field, or from a screen reader; `?` lists them, and they can
// be switched off.
(() => {
  const { store, words, make } = daysheet;
  const SCROLLABLE = "pre, table, math, .jump, [contenteditable], dialog";

  const shown = () => [...document.querySelectorAll(".entry")].filter((entry) => entry.offsetParent);
  const current = () => document.activeElement?.closest?.(".entry");
  const go = (selector) => {
    const link = document.querySelector(selector);
    if (link) location.href = link.href;
  };

  function move(step) {
    const all = shown();
    const at = all.indexOf(current());
    // Without one in focus: the first that begins in sight, or below it.
    const next = at >= 0 ? at + step : all.findIndex((entry) => entry.getBoundingClientRect().top >= 0);
    const entry = all[next];
    if (!entry) return;
    entry.tabIndex = -1;
    entry.focus({ preventScroll: true });
    const { top, bottom } = entry.getBoundingClientRect();
    if (top < 60 || bottom > innerHeight) entry.scrollIntoView({ block: "start" });
  }

  function open(entry) {
    const fold = entry?.querySelector(":scope > details.summary");
    if (fold) fold.open = !fold.open;
    else visit(entry);
  }

  const visit = (entry) => entry?.querySelector(":scope > :is(h2, h3, h4) a")?.click();
  const mark = (kind) => (entry) => entry && daysheet.state.toggle(entry, kind);

  const search = () => (daysheet.openSearch ?? filter)();

  function filter() {
    const box = [...document.querySelectorAll("main input[type=search]")].find((one) => one.offsetParent);
    box?.focus();
    box?.select();
  }

  const today = () => go(document.body.dataset.page === "home" ? "main h2 a" : "header .name");

  function help() {
    let dialog = document.querySelector("dialog.keys");
    if (!dialog) {
      dialog = make("dialog", { className: "keys" });
      dialog.setAttribute("aria-labelledby", "keys-title");
      const close = make("button", { type: "button", textContent: words.close, onclick: () => dialog.close() });
      dialog.append(make("h2", { id: "keys-title", textContent: words.keys }), list(), close);
      document.querySelector("main").append(dialog);
    }
    dialog.showModal();
  }

  // What each does: keys, word, action on the entry in focus.
  const KEYS = [
    [["j"], "key_next", () => move(1)],
    [["k"], "key_previous", () => move(-1)],
    [["o", "Enter"], "key_open", open],
    [["v"], "key_visit", visit],
    [["s"], "key_star", mark("star")],
    [["m"], "key_read", mark("read")],
    [["/"], "key_search", search],
    [["f"], "key_filter", filter],
    [["ArrowLeft"], "key_older", () => go(".turn:not(.part) a[rel=prev]")],
    [["ArrowRight"], "key_newer", () => go(".turn:not(.part) a[rel=next]")],
    [["t"], "key_today", today],
    [["?"], "key_help", help],
  ];
  const SIGNS = { ArrowLeft: "←", ArrowRight: "→" };

  function list() {
    const rows = make("dl");
    for (const [keys, word] of KEYS) {
      const row = make("div");
      const names = make("dt");
      for (const key of keys) names.append(make("kbd", { textContent: SIGNS[key] ?? key }), " ");
      row.append(names, make("dd", { textContent: words[word] }));
      rows.append(row);
    }
    return rows;
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (store.get("settings").noKeys || event.target.closest?.("input, textarea, select")) return;
    const isArrow = event.key.startsWith("Arrow");
    if (event.target.closest?.(isArrow ? SCROLLABLE : "[contenteditable], dialog")) return;
    if (isArrow && event.shiftKey) return;
    // On a link or button Enter is the browser's.
    if (event.key === "Enter" && !event.target.classList?.contains("entry")) return;
    const [, , act] = KEYS.find(([keys]) => keys.includes(event.key)) ?? [];
    if (!act) return;
    event.preventDefault();
    act(current());
  });

  document.addEventListener("DOMContentLoaded", () => document.querySelector("section.keys")?.append(list()));
})();

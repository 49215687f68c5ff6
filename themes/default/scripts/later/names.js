// Lists of names: a box that shows those that hold all words typed. On the index it shows the groups where a name may be and
// hands the words on to them. A list of several pages hands them on to its other pages, and leads to the one where they may be.
(() => {
  const box = document.querySelector(".names-filter input");
  if (!box) return;
  const items = [...document.querySelectorAll("[data-names] li")];
  const pages = [...document.querySelectorAll("[data-pages] a")];
  const isIndex = Boolean(document.querySelector("[data-names=groups]"));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Groups go by letters alone: `A. Alemi` is among `Aa`, and is found by these letters too.
  const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
  const texts = items.map((item) => fold(item.querySelector("a").textContent));

  function fits(text, words) {
    if (!isIndex) return words.every((word) => text.includes(word) || letters(text).includes(word));
    return words.length === 0 || words.some((word) => word.startsWith(text) || text.startsWith(word));
  }

  function handOn(link, words) {
    link.hash = words.length > 0 ? `q=${encodeURIComponent(box.value)}` : "";
  }

  /** The page of the list where a name that begins with these words may be: pages go on from name to name. */
  const pageOf = (words) => pages.findLast((link) => letters(fold(link.dataset.first)) <= letters(words.join(""))) ?? pages[0];

  function filter() {
    const words = fold(box.value).split(/[\s,.]+/).filter(Boolean);
    items.forEach((item, i) => {
      item.hidden = !fits(texts[i], words);
      if (isIndex) handOn(item.querySelector("a"), words);
    });
    pages.forEach((link) => handOn(link, words));
    for (const group of document.querySelectorAll("[data-initial]")) group.hidden = !group.querySelector("li:not([hidden])");
  }

  const handed = new URLSearchParams(location.hash.slice(1)).get("q");
  if (handed) {
    box.value = handed;
    filter();
    const page = items.some((item) => !item.hidden) ? undefined : pageOf(fold(handed).split(/[\s,.]+/));
    if (page && !page.ariaCurrent) location.replace(page.href);
  }
  box.addEventListener("input", filter);
  addEventListener("pageshow", filter);
})();

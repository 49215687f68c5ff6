// Lists of names: a box that shows those that hold all words typed. On the index it shows the groups where a name may be and
// hands the words on to them.
(() => {
  const box = document.querySelector(".names-filter input");
  if (!box) return;
  const items = [...document.querySelectorAll("[data-names] li")];
  const isIndex = Boolean(document.querySelector("[data-names=groups]"));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Groups go by letters alone: `A. Alemi` is among `Aa`, and is found by these letters too.
  const letters = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
  const texts = items.map((item) => fold(item.querySelector("a").textContent));

  function fits(text, words) {
    if (!isIndex) return words.every((word) => text.includes(word) || letters(text).includes(word));
    return words.length === 0 || words.some((word) => word.startsWith(text) || text.startsWith(word));
  }

  function filter() {
    const words = fold(box.value).split(/[\s,.]+/).filter(Boolean);
    items.forEach((item, i) => {
      item.hidden = !fits(texts[i], words);
      if (!isIndex) return;
      const link = item.querySelector("a");
      link.hash = words.length > 0 ? `q=${encodeURIComponent(box.value)}` : "";
    });
    for (const group of document.querySelectorAll("[data-initial]")) group.hidden = !group.querySelector("li:not([hidden])");
  }

  const handed = new URLSearchParams(location.hash.slice(1)).get("q");
  if (handed) box.value = handed;
  box.addEventListener("input", filter);
  addEventListener("pageshow", filter);
})();

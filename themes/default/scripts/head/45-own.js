// What pages have for readers with scripts alone: links to what is the reader's own, and the switch of light and dark. The parser
// meets the elements as it goes, so nothing moves later, and forty thousand small pages do not each spell them out.
(() => {
  const { words, root } = daysheet;

  function own(kind, named) {
    const a = document.createElement("a");
    Object.assign(a, { href: `${root}${kind}.html`, [named]: words[kind] });
    if (document.body.dataset.page === kind) a.ariaCurrent = "page";
    return a;
  }

  const define = (name, parts) => customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      this.append(...parts());
    }
  });

  define("own-tools", () => {
    const button = document.createElement("button");
    return [Object.assign(own("stars", "title"), { className: "stars" }), Object.assign(button, { className: "scheme", type: "button", title: words.scheme })];
  });
  define("own-pages", () => ["since", "stars", "reader"].flatMap((kind, at) => (at ? [" · "] : []).concat(own(kind, "textContent"))));
})();

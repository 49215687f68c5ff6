// What pages have for readers with scripts alone: links to what is the reader's own, and the switch of light and dark. The parser
// meets the elements as it goes, so nothing moves later, and forty thousand small pages do not each spell them out.
(() => {
  const { words, root, make } = daysheet;

  function own(kind, named) {
    const a = make("a", { href: `${root}${kind}.html`, [named]: words[kind] });
    if (document.body.dataset.page === kind) a.ariaCurrent = "page";
    return a;
  }

  const define = (name, parts) => customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      this.append(...parts());
    }
  });

  define("own-tools", () => [Object.assign(own("stars", "title"), { className: "stars" }), make("button", { type: "button", className: "scheme", title: words.scheme })]);
  define("own-pages", () => ["since", "stars", "reader"].flatMap((kind, at) => (at ? [" · "] : []).concat(own(kind, "textContent"))));
})();

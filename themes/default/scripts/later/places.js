// A day of several pages: a link to an entry that stands on another of them by now leads on to that page. Where the entries are is in a
// script of the day, which is asked for when one is not here.
(() => {
  const { places } = document.currentScript.dataset;
  // Some servers leave out the ending of files.
  const pathOf = (url) => url.pathname.replace(/\.html$/, "");

  /** Called by that script: the anchors of entries by the page that they are on. */
  daysheet.places = (pages) => {
    const { hash } = location;
    const [page] = Object.entries(pages).find(([, anchors]) => anchors.includes(hash.slice(1))) ?? [];
    const url = new URL(page + hash, daysheet.root);
    // A page that a browser kept may be older than the script.
    if (page && pathOf(url) !== pathOf(location)) location.replace(url);
  };

  function look() {
    if (location.hash && !document.getElementById(location.hash.slice(1))) document.head.append(daysheet.make("script", { src: places }));
  }

  look();
  addEventListener("hashchange", look);
})();

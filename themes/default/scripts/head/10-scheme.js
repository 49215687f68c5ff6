// Light or dark: what the reader chose is applied before the first paint, and the button in the header switches it.
// A choice that is the system's own is forgotten, so that the page follows the system again.
(() => {
  const KEY = "daysheet.scheme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function apply(scheme) {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  }

  function choose(scheme) {
    const own = scheme === (system.matches ? "dark" : "light");
    apply(own ? null : scheme);
    try {
      if (own) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, scheme);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  root.classList.add("js");
  apply(chosen());
  addEventListener("storage", (event) => event.key === KEY && apply(event.newValue));
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".scheme")) return;
    const current = root.dataset.scheme ?? (system.matches ? "dark" : "light");
    choose(current === "dark" ? "light" : "dark");
  });
})();

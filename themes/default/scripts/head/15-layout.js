// Entries far from the window are not laid out at first, which halves the time until a long day is there; their heights are guessed
// meanwhile. Whoever goes to a place on the page or comes back to one has them laid out before; else they are when there is time.
(() => {
  const { classList } = document.documentElement;
  const settle = () => classList.add("settled");
  if (location.hash || performance.getEntriesByType("navigation")[0]?.type !== "navigate") settle();
  document.addEventListener("click", (event) => event.target.closest?.("a[href^='#']") && settle(), true);
  addEventListener("load", () => {
    const rest = [...document.querySelectorAll(".entry")];
    const later = self.requestIdleCallback ?? setTimeout;
    const go = () => {
      if (classList.contains("settled") || rest.length === 0) return settle();
      rest.splice(0, 12).forEach((entry) => entry.classList.add("settled"));
      later(go);
    };
    later(go);
  });
})();

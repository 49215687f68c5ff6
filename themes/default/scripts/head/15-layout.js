// Entries far from the window are not laid out at first, which halves the time until a long day is there; their heights are guessed
// meanwhile. Whoever goes to a place on the page or comes back to one has them laid out before; else they are a few at a time.
(() => {
  const { classList } = document.documentElement;
  const settle = () => classList.add("settled");
  if (location.hash || performance.getEntriesByType("navigation")[0]?.type !== "navigate") settle();
  document.addEventListener("click", (event) => event.target.closest?.("a[href^='#']") && settle(), true);
  addEventListener("load", () => {
    const rest = [...document.querySelectorAll(".entry")];
    const go = () => {
      rest.splice(0, 9).forEach((entry) => entry.classList.add("settled"));
      if (rest.length) requestAnimationFrame(go);
      else settle();
    };
    go();
  });
})();

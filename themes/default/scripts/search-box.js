// The search box in the header of every page: the sign opens it in place, Enter goes to the page of the search.
(() => {
  const sign = document.querySelector("header .find");
  if (!sign || document.body.dataset.page === "search") return;
  const place = daysheet.make("div", { className: "search-box", hidden: true });
  const box = daysheet.make("input", { type: "search", placeholder: sign.title, ariaLabel: sign.title, autocomplete: "off", spellcheck: false });
  place.setAttribute("role", "search");
  place.append(box);
  sign.closest("header").append(place);

  const close = () => (place.hidden = true);
  let before;

  daysheet.openSearch = () => {
    before = document.activeElement;
    place.hidden = false;
    box.focus();
  };
  sign.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
    event.preventDefault();
    daysheet.openSearch();
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && box.value.trim()) location.href = `${sign.href}#${new URLSearchParams({ q: box.value })}`;
    if (event.key !== "Escape") return;
    // Back to where the reader was.
    close();
    before.focus({ preventScroll: true });
  });
  box.addEventListener("blur", close);
})();

// The page for addresses where nothing is. A day that has become shorter, or that is gone, leaves links behind: for an address that looks like
// one of a day, its first page is offered, or else the page of its month or year.
(async () => {
  const root = new URL("..", document.currentScript.src).href;
  const [, year, month, day] = location.href.slice(root.length).match(/^(\d{4})\/(\d\d)\/(\d\d)(?!\d)/) ?? [];
  const dates = [year, month, day];
  for (let n = year ? 3 : 0; n > 0; n -= 1) {
    const url = root + dates.slice(0, n).join("/") + (n === 3 ? ".html" : "/index.html");
    if (!(await fetch(url, { method: "HEAD" })).ok) continue;
    const near = document.getElementById("near");
    near.lastElementChild.href = url;
    near.lastElementChild.textContent = dates.slice(0, n).join("-");
    near.hidden = false;
    return;
  }
})();

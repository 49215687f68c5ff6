// The home page: says so when the latest digest is old. A page cannot know the day on which it is read.
(() => {
  const banner = document.querySelector(".stale");
  if (!banner) return;
  const days = Math.floor((Date.now() - Date.parse(banner.dataset.day)) / 86_400_000);
  if (days < Number(banner.dataset.after)) return;
  banner.textContent = banner.dataset.text.replace("{n}", days);
  banner.hidden = false;
})();

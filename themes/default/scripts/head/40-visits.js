// When the reader was here, and what was there to see: so a later visit can tell what is new. A visit ends after half an hour
// without a page, as is the custom of counting visits.
(() => {
  const { store, words } = daysheet;
  const PAUSE = 30 * 60_000;
  const KEPT = 6;

  /** The days and the numbers of entries of their sources, as `since/index.js` tells: newest first. */
  let days = [];

  const snapshot = () => Object.fromEntries(days.map((day) => [day.day, Object.fromEntries(day.sources)]));

  /** What was not there at an earlier visit: days with, for each source, the number of entries that were known and of those now. */
  daysheet.newSince = (visit) => {
    const oldest = Object.keys(visit.counts).sort()[0] ?? "";
    const sources = (day) => day.sources.map(([key, n]) => ({ key, from: visit.counts[day.day]?.[key] ?? 0, n })).filter(({ from, n }) => from < n);
    return days.filter(({ day }) => day >= oldest).map((day) => ({ ...day, sources: sources(day) })).filter((day) => day.sources.length > 0);
  };

  const when = (visit) => new Date(visit.at).toLocaleString(daysheet.spoken ?? daysheet.language, { dateStyle: "medium", timeStyle: "short" });
  const nEntries = (fresh) => fresh.flatMap((day) => day.sources).reduce((n, source) => n + source.n - source.from, 0);

  /** In words, how much of what is new there is. */
  const inWords = (fresh, visit) => {
    const n = nEntries(fresh);
    return (n > 0 ? words.new_entries : words.nothing_new).replace("{n}", n).replace("{days}", fresh.length).replace("{date}", when(visit));
  };

  Object.assign(daysheet, { when, nEntries, inWords });

  /** Called by `since/index.js`: a page that loads it is a visit. */
  daysheet.recent = (recent) => {
    days = recent;
    const now = Date.now();
    store.update("visits", (visits) => {
      const isNew = visits.list.length === 0 || now - visits.at > PAUSE;
      if (isNew) visits.list.push({ at: now, counts: {} });
      visits.list.at(-1).counts = snapshot();
      visits.list = visits.list.slice(-KEPT);
      visits.at = now;
    });
    daysheet.days = days;
    daysheet.whileParsing(fill);
  };

  /** The line on the home page. */
  function fill() {
    const line = document.querySelector(".since:empty");
    const visit = store.get("visits").list.at(-2);
    if (!line || !visit) return;
    line.append(daysheet.make("a", { href: line.dataset.url, textContent: inWords(daysheet.newSince(visit), visit) }));
    line.hidden = false;
  }

  // Every page prolongs the visit; a minute more or less does not matter.
  const { at, list } = store.get("visits");
  const idle = Date.now() - at;
  if (list.length > 0 && idle > 60_000 && idle < PAUSE) store.update("visits", (visits) => (visits.at = Date.now()));
})();

const fs = require("node:fs");

const grouped = (list, key) => {
  const groups = new Map();
  for (const of of list) groups.set(key(of), [...(groups.get(key(of)) ?? []), of]);
  return [...groups];
};

module.exports = () => {
  const authors = JSON.parse(fs.readFileSync("authors.json", "utf8"));
  const digests = JSON.parse(fs.readFileSync("digests.json", "utf8"));
  const months = grouped(digests, of => of.day.slice(0, 7)).map(([month, digests]) => ({ month, digests: digests.reverse() }));
  const years = grouped(months, of => of.month.slice(0, 4)).map(([year, months]) => ({ year, months }));
  return { authors, months, years };
};

const { frame, item, list } = require("../frame.cjs");

exports.data = { permalink: "/index.html", title: "Digests" };

exports.render = data => {
  const years = list(data.archive.years.map(({ year }) => `<li><a href="/${year}/">${year}</a></li>\n`));
  const latest = data.collections.digests.slice(-10).reverse();
  return frame("Digests", `${years}\n<h2>Latest</h2>\n${list(latest.map(page => item(page.data.day, page.url, page.data.title)))}`);
};

const { frame, list } = require("../frame.cjs");

exports.data = { pagination: { data: "archive.years", size: 1, alias: "of" }, permalink: data => `/${data.of.year}/index.html` };

exports.render = data =>
  frame(data.of.year, list(data.of.months.map(({ month }) => `<li><a href="/${month.replace("-", "/")}/">${month}</a></li>\n`)));

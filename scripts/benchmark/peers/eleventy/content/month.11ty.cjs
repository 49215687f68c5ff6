const { frame, item, list } = require("../frame.cjs");

exports.data = {
  pagination: { data: "archive.months", size: 1, alias: "of" },
  permalink: data => `/${data.of.month.replace("-", "/")}/index.html`,
};

exports.render = data => frame(data.of.month, list(data.of.digests.map(digest => item(digest.day, digest.page, digest.title))));

const { frame, item, list, escape } = require("../frame.cjs");

exports.data = {
  pagination: { data: "archive.authors", size: 1, alias: "author", addAllPagesToCollections: false },
  permalink: data => `/authors/${data.author.slug}/index.html`,
};

const entry = of => item(of.day, of.page, of.source, ` <a href="${escape(of.url)}">${escape(of.title)}</a>`);

exports.render = data => frame(data.author.name, list(data.author.entries.map(entry)));

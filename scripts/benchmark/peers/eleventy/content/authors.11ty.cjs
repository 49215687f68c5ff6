const { frame, list, escape } = require("../frame.cjs");

exports.data = { permalink: "/authors/index.html" };

const author = of => `<li><a href="/authors/${of.slug}/">${escape(of.name)}</a> ${of.entries.length}</li>\n`;

exports.render = data => frame("Authors", list(data.archive.authors.map(author)));

const { escape } = require("../frame.cjs");

exports.data = { permalink: "/index.xml" };

const item = page => `<item><title>${page.data.title}</title><link>https://example.org${page.url}</link><guid>https://example.org${page.url}</guid>\
<pubDate>${page.date.toUTCString()}</pubDate><description>${escape(page.templateContent.slice(0, 1000))}</description></item>\n`;

exports.render = data => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Digests</title><link>https://example.org/</link><description>Digests</description>
${data.collections.digests.slice(-20).reverse().map(item).join("")}</channel></rss>
`;

const escape = text => String(text).replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

const item = (day, href, label, rest = "") => `<li><time>${day}</time> <a href="${escape(href)}">${escape(label)}</a>${rest}</li>\n`;

const list = items => `<ul>\n${items.join("")}</ul>`;

const frame = (title, main) => `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Digests</title>
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" href="/index.xml" title="Digests">
</head>
<body>
<header><a href="/"><strong>Digests</strong></a><nav><a href="/authors/">Authors</a> <a href="/index.xml">Feed</a></nav></header>
<main>
<h1>${escape(title)}</h1>
${main}
</main>
<footer>Made of a folder of daily digests. <a href="/sitemap.xml">Map</a></footer>
</body>
</html>
`;

module.exports = { escape, item, list, frame };

exports.data = { permalink: "/sitemap.xml" };

exports.render = ({ archive, collections }) => {
  const paths = [
    "/",
    "/authors/",
    ...archive.years.map(({ year }) => `/${year}/`),
    ...archive.months.map(({ month }) => `/${month.replace("-", "/")}/`),
    ...collections.digests.map(page => page.url),
    ...archive.authors.map(author => `/authors/${author.slug}/`),
  ];
  const urls = paths.map(path => `<url><loc>https://example.org${path}</loc></url>\n`).join("");
  return `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls}</urlset>\n`;
};

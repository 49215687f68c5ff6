module.exports = config => {
  config.setQuietMode(true);
  config.setLibrary("md", require("markdown-it")({ html: true }));
  config.addPassthroughCopy({ "style.css": "style.css" });
  config.addCollection("digests", api => api.getFilteredByGlob("content/digests/**/*.md"));
  return { dir: { input: "content" }, markdownTemplateEngine: false, htmlTemplateEngine: false, templateFormats: ["md", "11ty.js"] };
};

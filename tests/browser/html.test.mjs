// The Nu HTML checker finds no error in the pages and the style sheets: all pages of the demo site in every theme, some of each
// kind of the corpus site. html-validate, which is stricter about accessibility and matters of style, finds none in the demo.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { HtmlValidate } from "html-validate";
import { CORPUS, PROJECT, THEMES, buildDemo, pagesByKind, pagesOf } from "./site.mjs";

// The rules of html-validate are in `.htmlvalidate.json`, which extends its standard set.
const RULES = JSON.parse(readFileSync(new URL(".htmlvalidate.json", import.meta.url), "utf8"));
const CHECKER = fileURLToPath(import.meta.resolve("vnu-jar/build/dist/vnu.jar"));
const OF_EACH_KIND = 12;
// Every kind must be there, or the test would not test it.
const KINDS_OF_DEMO = ["home", "day", "day with formulas", "day with notes", "empty day", "translated day", "week", "month", "year",
  "archive", "statistics", "sources", "source", "tags", "tag", "authors", "author_group", "author", "work", "watches", "watch", "feeds", "redirect", "own", "since", "search", "stars", "reader", "not_found"];

/** The errors of the checker, one `file:line: message` each. */
function errorsIn(files, ...options) {
  const run = spawnSync("java", ["-jar", CHECKER, "--errors-only", "--format", "json", ...options, ...files],
    { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  const { messages } = JSON.parse(run.stderr);
  return messages.map(({ url, lastLine, message }) => `${relative(url)}:${lastLine}: ${message}`);
}

/** What html-validate says of the files, one `file:line:column: rule: message (selector)` each. */
async function objectionsTo(files) {
  const { results } = await new HtmlValidate(RULES).validateMultipleFiles(files);
  return results.flatMap(({ filePath, messages }) => messages.map(({ line, column, ruleId, message, selector }) =>
    `${path.relative(PROJECT, filePath)}:${line}:${column}: ${ruleId}: ${message} (${selector})`));
}

function relative(url) {
  return url?.startsWith("file:") ? path.relative(PROJECT, fileURLToPath(url)) : url;
}

function assertNoErrors(errors) {
  assert.equal(errors.length, 0, `${errors.length} errors\n${errors.slice(0, 50).join("\n")}`);
}

/** Up to `n` of the items, the first and the last among them, evenly spread. */
function some(items, n) {
  const nth = (i) => items[Math.round((i * (items.length - 1)) / (n - 1))];
  return items.length <= n ? items : Array.from({ length: n }, (_, i) => nth(i));
}

for (const theme of THEMES) {
  describe(theme, () => {
    let site;
    before(() => {
      site = buildDemo(theme);
    });
    const pages = () => pagesOf(site).map((page) => path.join(site, page));

    test("the demo site has every kind of page", () => {
      const kinds = pagesByKind(site);
      assert.deepEqual(KINDS_OF_DEMO.filter((kind) => !kinds.get(kind)?.length), []);
      assert.deepEqual(kinds.get(undefined) ?? [], [], "pages of no known kind");
    });

    test("every page of the demo site is valid HTML", () => assertNoErrors(errorsIn(pages(), "--html")));

    test("html-validate has nothing against any page of the demo site", async () => assertNoErrors(await objectionsTo(pages())));

    test("the style sheet is valid CSS", () => assertNoErrors(errorsIn([path.join(site, "assets/style.css")], "--css")));
  });
}

test("the corpus site is valid HTML", { skip: !existsSync(CORPUS) && "there is no corpus site" }, () => {
  const pages = new Set([...pagesByKind(CORPUS).values()].flatMap((pages) => some(pages, OF_EACH_KIND)));
  assertNoErrors(errorsIn([...pages].map((page) => path.join(CORPUS, page)), "--html"));
});

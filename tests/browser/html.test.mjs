// The Nu HTML checker finds no error in the pages and the style sheet: all pages of the demo site, some of each kind of the
// corpus site.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CORPUS, DEMO, PROJECT, pagesByKind, pagesOf } from "./site.mjs";

const CHECKER = fileURLToPath(import.meta.resolve("vnu-jar/build/dist/vnu.jar"));
const OF_EACH_KIND = 12;
// The demo has no tags. Every other kind must be there, or the test would not test it.
const KINDS_OF_DEMO = ["home", "day", "day with formulas", "day with notes", "empty day", "month", "year", "archive", "sources",
  "source", "authors", "author_group", "author", "not_found"];

/** The errors of the checker, one `file:line: message` each. */
function errorsIn(files, ...options) {
  const run = spawnSync("java", ["-jar", CHECKER, "--errors-only", "--format", "json", ...options, ...files],
    { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  const { messages } = JSON.parse(run.stderr);
  return messages.map(({ url, lastLine, message }) => `${relative(url)}:${lastLine}: ${message}`);
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

test("the demo site has every kind of page", () => {
  const kinds = pagesByKind(DEMO);
  assert.deepEqual(KINDS_OF_DEMO.filter((kind) => !kinds.get(kind)?.length), []);
  assert.deepEqual(kinds.get(undefined) ?? [], [], "pages of no known kind");
});

test("every page of the demo site is valid HTML", () => {
  assertNoErrors(errorsIn(pagesOf(DEMO).map((page) => path.join(DEMO, page)), "--html"));
});

test("the style sheet is valid CSS", () => {
  assertNoErrors(errorsIn([path.join(DEMO, "assets/style.css")], "--css"));
});

test("the corpus site is valid HTML", { skip: !existsSync(CORPUS) && "there is no corpus site" }, () => {
  const pages = new Set([...pagesByKind(CORPUS).values()].flatMap((pages) => some(pages, OF_EACH_KIND)));
  assertNoErrors(errorsIn([...pages].map((page) => path.join(CORPUS, page)), "--html"));
});

// Citations in the browser: the same bytes as the builder writes, in both browsers, from files and from a server; what a reader does with
// the dialog, by keyboard too. With a large real archive beside the project, every month of that one too.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { BROWSERS, inEachBrowser } from "./readers.mjs";
import { BINARY, CORPUS, DIGESTS, PROJECT, build, folderUrl, serve } from "./site.mjs";

const DAY = "2026/03/30.html";
const LARGEST = 5000;
const FORMATS = { bibtex: "bibtex", ris: "ris", csl: "csl-json" };
const place = mkdtempSync(path.join(tmpdir(), "daysheet-cite-"));
const SITE = path.join(place, "site");
let server;

before(async () => {
  server = await serve(SITE);
  build(PROJECT, SITE, "--base-url", server.url);
});

after(async () => {
  await server.stop();
  rmSync(place, { recursive: true, force: true });
});

const monthsOf = (site) => [...new Set(readdirSync(path.join(site, "cite")).map((file) => /^(\d{4}-\d\d)-\d\d\.js$/.exec(file)?.[1]).filter(Boolean))];

/** Opens the citations of the first such button, and waits for the dialog. */
async function cite(reader, selector) {
  await reader.click(selector);
  await reader.until("the dialog is open", () => document.querySelector("dialog.cite-box[open]") !== null);
}

/** In the page: what its last button that cites a list writes. */
async function writeAll(format) {
  const all = await daysheet.citing.citationsFor([...document.querySelectorAll("button.cite:not(.mark)")].at(-1));
  return daysheet.citing.write(format, all);
}

inEachBrowser((_, browser) => {
  for (const [where, base] of [["files", () => folderUrl(SITE)], ["a server", () => server.url]]) {
    test(`the demo is cited as the builder cites it (${where})`, async () => {
      const reader = await browser().reader(base());
      await reader.goto(`${base()}${monthsOf(SITE)[0].replace("-", "/")}/index.html`);
      await cite(reader, "main button.cite");
      await reader.evaluate((days) => (document.querySelector("main button.cite").dataset.days = days), readdirSync(path.join(SITE, "cite")).filter((file) => file.endsWith(".js")).map((file) => file.slice(0, 10)).sort().join(" "));
      for (const [format, option] of Object.entries(FORMATS)) {
        const expected = execFileSync(BINARY, ["export", "--quiet", "--root", PROJECT, "--format", option], { encoding: "utf8" });
        assert.equal(await reader.evaluate(writeAll, format), expected, format);
      }
      assert.deepEqual(reader.complaints, []);
      await reader.leave();
    });
  }

  test("an entry, a day, an author and the stars", async () => {
    const base = folderUrl(SITE);
    const reader = await browser().reader(base);
    await reader.goto(base + DAY);
    await cite(reader, ".entry .mark.cite");
    const [heading] = await reader.texts("dialog.cite-box h2");
    assert.match(heading, /1/);
    const text = () => reader.evaluate(() => document.querySelector("dialog.cite-box textarea").value);
    assert.match(await text(), /^@\w+\{[\w.-]+,\n {2}title = \{/);
    await reader.click("[data-format=ris]");
    assert.match(await text(), /^TY {2}- /);
    await reader.press("Escape");
    await reader.until("Escape closes it", () => !document.querySelector("dialog.cite-box").open);
    assert.ok(await reader.evaluate(() => document.querySelectorAll("dialog.cite-box").length === 1));
    await reader.click(".entry .mark.star");
    // The format is remembered, and the whole day is as long as its entries.
    const n = await reader.count(".entry");
    await cite(reader, "main button.cite:not(.mark)");
    assert.equal((await reader.evaluate(writeAll, "ris")).split("\r\nER  - \r\n").length - 1, n);
    assert.match(await text(), /^TY {2}- /);
    await reader.goto(`${base}stars.html`);
    await cite(reader, "main button.cite:not(.mark)");
    assert.match((await reader.texts("dialog.cite-box h2"))[0], /1/);
    await reader.goto(`${base}authors/ka/kaiming-he.html`);
    await cite(reader, "main button.cite:not(.mark)");
    // The list names three of them.
    assert.match(await reader.evaluate(writeAll, "bibtex"), /Sun, Jian/);
    assert.deepEqual(reader.complaints, []);
    await reader.leave();
  });
});

const missing = !existsSync(path.join(CORPUS, "cite")) && `there is no ${path.relative(PROJECT, CORPUS)}`;
if (missing) console.log(`skipped: ${missing}`);

test("every month of the corpus is cited as it is exported", { skip: missing }, async () => {
  const browser = await BROWSERS.chromium();
  const base = folderUrl(CORPUS);
  const reader = await browser.reader(base);
  const months = monthsOf(CORPUS);
  for (const month of months) {
    await reader.goto(`${base}${month.replace("-", "/")}/index.html`);
    await cite(reader, "main button.cite");
    const options = ["export", "--quiet", "--root", DIGESTS, "--format", "bibtex", "--query", `date:${month}`];
    const exported = execFileSync(BINARY, options, { encoding: "utf8", maxBuffer: 1e8 });
    const isSame = (await reader.evaluate(writeAll, "bibtex")) === exported;
    assert.ok(isSame, month);
  }
  console.log(`${months.length} months are the same`);
  await browser.stop();
});

test("the script is small", () => {
  const bytes = gzipSync(readFileSync(path.join(SITE, "assets/cite.js"))).length;
  assert.ok(bytes <= LARGEST, `${bytes} bytes in gzip`);
});

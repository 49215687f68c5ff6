// The largest day of a large real site is fast and light, in every theme: Lighthouse rates it, its bytes are weighed against the
// words it shows, and so are a small page and what all pages load.

import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { DEVICES, rate, throttlingFor } from "./lighthouse.mjs";
import { CORPUS, DIGESTS, PROJECT, THEMES, buildInTheme, folderUrl, kindOf, largestOf, launch, pagesOf, serve } from "./site.mjs";

const KB = 1000;
const FASTEST = { desktop: 95, mobile: 90 };
// All but speed is asked of the phone alone: the page is the same, and looking at each of its links takes most of a minute.
const OTHERS = { desktop: {}, mobile: { accessibility: 100, "best-practices": 100, seo: 100 } };
const LONGEST_BLOCK = 200;
const FRAME = 100 * KB;
const BYTES_PER_BYTE_OF_TEXT = 2.5;
const SMALL_PAGE = 4 * KB;
const ASSETS = { ".css": 10 * KB, ".js": 14 * KB };

const missing = (!existsSync(DIGESTS) || !existsSync(CORPUS)) && `there is no ${path.relative(PROJECT, DIGESTS)} that was built`;
if (missing) console.log(`skipped: ${missing}`);

for (const theme of THEMES) {
  describe(theme, { skip: missing }, () => {
    // The corpus as it was built is in the default theme.
    const site = theme === "default" ? CORPUS : path.join(PROJECT, `target/site-month-${theme}`);
    let server;
    let day;

    before(async () => {
      server = await serve(site);
      day = largestDay(CORPUS);
      if (site !== CORPUS) buildMonth(theme, site, day, server.url);
    });

    after(() => server?.stop());

    for (const device of Object.keys(DEVICES)) {
      test(`Lighthouse rates the largest day (${device})`, async () => {
        const { scores, blocked, throttling, power, shortfalls } = await rateFairly(server.url + day, device);
        const rated = Object.entries(scores).map(([category, score]) => `${category} ${score}`).join(", ");
        const report = [`${theme}, ${device}, ${day}: ${rated}, blocked for ${Math.round(blocked)} ms (power ${Math.round(power)}, slowed ${throttling.cpuSlowdownMultiplier.toFixed(1)} times)`, ...shortfalls].join("\n  ");
        console.log(report);
        const { performance, ...others } = scores;
        assert.ok(performance >= FASTEST[device], report);
        assert.deepEqual(others, OTHERS[device], report);
        assert.ok(blocked < LONGEST_BLOCK, report);
      });
    }

    test("the largest day is mostly its words", async () => {
      const bytes = statSync(path.join(site, day)).size;
      const text = Buffer.byteLength(await textOf(folderUrl(site) + day));
      assertAtMost(bytes, BYTES_PER_BYTE_OF_TEXT * text + FRAME, `${theme}, ${day}, with ${text} bytes of text`);
    });

    test("the page of an author of one entry is small", () => {
      const authors = pagesOf(site).filter((page) => kindOf(page) === "author" && entriesOn(site, page) === 1);
      const page = largestOf(site, authors);
      assertAtMost(statSync(path.join(site, page)).size, SMALL_PAGE, `${theme}, ${page}, the largest of ${authors.length}`);
    });

    for (const [ending, most] of Object.entries(ASSETS)) {
      test(`all ${ending} files together are small`, () => {
        // Most scripts for later are loaded by their pages alone, that of citations when it is asked for.
        const later = readdirSync(path.join(PROJECT, "themes/default/scripts/later"));
        const files = readdirSync(path.join(site, "assets"), { recursive: true }).filter((file) => file.endsWith(ending) && !later.includes(file));
        const bytes = files.map((file) => gzipSync(readFileSync(path.join(site, "assets", file))).length);
        assertAtMost(bytes.reduce((sum, n) => sum + n, 0), most, `${theme}, ${files.join(" ")} in gzip`);
      });
    }
  });
}

/**
 * A rating; where one run falls short, the middle one of three, because other work on the machine slows a run down, and by what the
 * machine was worth at that time.
 */
async function rateFairly(url, device) {
  const first = await rate(url, device, ["performance", ...Object.keys(OTHERS[device])]);
  if (first.scores.performance >= FASTEST[device] && first.blocked < LONGEST_BLOCK) return first;
  const runs = [];
  let last = first;
  for (let i = 0; i < 3; i += 1) runs.push((last = await rate(url, device, ["performance"], throttlingFor(first.throttling, last.power))));
  const middle = runs.sort((a, b) => a.scores.performance - b.scores.performance)[1];
  return { ...middle, scores: { ...first.scores, ...middle.scores } };
}

function assertAtMost(bytes, most, what) {
  const measured = `${what}: ${bytes} bytes, at most ${Math.round(most)}`;
  console.log(measured);
  assert.ok(bytes <= most, measured);
}

/** Builds the digests of the month of a day in a theme: the page of the day is the same as among all others. */
function buildMonth(theme, site, day, url) {
  const [year, month] = day.split("/");
  const prepare = (root) => {
    mkdirSync(path.join(root, "content"));
    const files = readdirSync(DIGESTS).filter((file) => file.startsWith(`${year}-${month}-`));
    for (const file of files) cpSync(path.join(DIGESTS, file), path.join(root, "content", file));
  };
  buildInTheme(theme, site, "", { prepare, options: ["--base-url", url] });
}

function largestDay(site) {
  const days = pagesOf(site).filter((page) => kindOf(page) === "day");
  const counts = new Map(days.map((page) => [page, entriesOn(site, page)]));
  return days.reduce((largest, page) => (counts.get(page) > counts.get(largest) ? page : largest));
}

function entriesOn(site, page) {
  return readFileSync(path.join(site, page), "utf8").split("<article").length - 1;
}

/** The text of a page, also what is folded and so not in its `innerText`. */
async function textOf(url) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await page.evaluate(() => {
      const body = document.body.cloneNode(true);
      for (const element of body.querySelectorAll("script, style, template, annotation")) element.remove();
      return body.textContent;
    });
  } finally {
    await browser.close();
  }
}

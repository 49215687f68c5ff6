// Readers' mornings with the default theme, from files and from a server under /repo/: skim, open, filter, switch to dark, on a
// phone, on paper, without JavaScript. Nothing the browser can complain of may happen on the way.

import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";
import { DEMO, PROJECT, build, folderUrl, launch, pagesByKind, serve, storiesIn } from "./site.mjs";

const SERVED = path.join(PROJECT, "target/site-look");
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

let browser;
let server;
let day;

before(async () => {
  browser = await launch();
  rmSync(SERVED, { recursive: true, force: true });
  server = await serve(SERVED);
  build(PROJECT, SERVED, "--base-url", server.url);
  day = richDay();
});

after(async () => {
  await server?.stop();
  await browser?.close();
});

const story = storiesIn({ files: () => folderUrl(DEMO), "a server": () => server.url }, () => browser);

/** A day that has what the stories need: long summaries, notes, code, tags. */
function richDay() {
  const marks = ['<details class="summary"', '<details class="note"', 'class="code"', '<select name="tag"'];
  return pagesByKind(DEMO).get("day").find((page) => {
    const html = readFileSync(path.join(DEMO, page), "utf8");
    return marks.every((mark) => html.includes(mark));
  });
}

story("summaries show three lines and open in place", async (page, base) => {
  await page.goto(base + day);
  const fold = page.locator("details.summary").first();
  const folded = await heightOf(fold);
  const line = await fold.locator("div").evaluate((div) => parseFloat(getComputedStyle(div).lineHeight));
  assert.ok(folded > 2.5 * line && folded < 3.6 * line, `${folded} px for lines of ${line}`);
  await fold.locator("summary").press("Enter");
  assert.ok(await isOpen(fold), "the key opens it");
  assert.ok((await heightOf(fold)) > folded, "it grows");
  await fold.locator("summary").click();
  assert.ok(!(await isOpen(fold)), "a click closes it");
  await fold.locator("div").click({ position: { x: 40, y: 10 } });
  assert.ok(await isOpen(fold), "a click on the text opens it");
  const note = page.locator("details.note").first();
  await note.locator("summary").click();
  assert.ok(await note.locator("div").isVisible(), "the note opens");
});

story("all summaries open and close at once", async (page, base) => {
  await page.goto(base + day);
  const folds = await page.locator("details.summary").count();
  const open = () => page.locator("details.summary[open]").count();
  const button = page.locator(".open-all");
  await button.click();
  assert.equal(await open(), folds);
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await button.click();
  assert.equal(await open(), 0);
});

story("what is typed filters the page", async (page, base) => {
  await page.goto(base + day);
  const entries = page.locator("article.entry");
  const total = await entries.count();
  const shown = () => page.locator("article.entry:visible").count();
  const words = (await entries.nth(1).locator(".authors a").first().textContent()).trim();
  await page.locator('input[name="q"]').fill(words.toUpperCase());
  const fit = await shown();
  assert.ok(fit > 0 && fit < total, `${fit} of ${total} fit`);
  for (const text of await page.locator("article.entry:visible").allTextContents()) {
    assert.ok(text.toLowerCase().includes(words.toLowerCase()), `${words} is in ${text}`);
  }
  assert.match(await page.locator(".tools output").textContent(), new RegExp(`${fit}\\D+${total}`));
  await page.locator('input[name="q"]').fill("no such words anywhere");
  assert.equal(await shown(), 0);
  // A link to an entry that is hidden shows it.
  const anchor = await entries.first().getAttribute("id");
  await page.evaluate((hash) => { location.hash = hash; }, anchor);
  await page.locator(`[id="${anchor}"]`).waitFor({ state: "visible" });
  assert.equal(await shown(), total);
});

story("facets part the page", async (page, base) => {
  await page.goto(base + day);
  const total = await page.locator("article.entry").count();
  const shown = () => page.locator("article.entry:visible").count();
  for (const facet of await page.locator(".tools select").all()) {
    const name = await facet.getAttribute("name");
    for (const option of await facet.locator("option").all()) {
      const value = await option.getAttribute("value");
      if (!value) continue;
      await facet.selectOption(value);
      const said = Number((await option.textContent()).match(/\((\d+)\)/)[1]);
      assert.equal(await shown(), said, `${name}: ${value}`);
    }
    await facet.selectOption("");
    assert.equal(await shown(), total);
  }
  const code = page.locator('input[name="code"]');
  if (await code.count()) {
    await code.check();
    assert.equal(await shown(), await page.locator(".facts .code").count());
  }
});

story("the switch to dark stays", async (page, base) => {
  await page.goto(`${base}index.html`);
  assert.ok((await brightness(page)) > 200);
  await page.locator("button.scheme").click();
  assert.ok((await brightness(page)) < 60);
  await page.goto(base + day);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.scheme), "dark");
  assert.ok((await brightness(page)) < 60, "the next page is dark at once");
  await page.locator("button.scheme").click();
  assert.ok((await brightness(page)) > 200);
  assert.equal(await page.evaluate(() => localStorage.getItem("daysheet.scheme")), null, "the system's own choice is not kept");
});

story("a day on a phone", async (page, base) => {
  await page.goto(base + day);
  const titles = await page.locator("article.entry h3").evaluateAll((all) => all.map((title) => parseFloat(getComputedStyle(title).fontSize)));
  assert.ok(titles.every((size) => size >= 18), "titles are large enough");
  const first = await page.locator("article.entry h3").first().boundingBox();
  assert.ok(first.y + first.height < PHONE.viewport.height, `the first title is in sight, at ${first.y}`);
  const facet = page.locator("select[name=source]");
  assert.ok(!(await facet.isVisible()), "facets wait until the reader filters");
  await page.locator(".tools input[type=search]").tap();
  await facet.selectOption({ index: 1 });
  await page.evaluate(() => document.activeElement.blur());
  assert.ok(await facet.isVisible(), "and stay as long as one is chosen");
  await facet.selectOption({ index: 0 });
  await page.evaluate(() => scrollTo(0, 1500));
  const jump = await page.locator(".jump").boundingBox();
  assert.ok(jump.y >= 0 && jump.y < 5, "the jump list stays on top");
  await page.locator(".jump a").last().tap();
  await page.waitForFunction(() => document.querySelector("section.source:last-of-type").getBoundingClientRect().top < innerHeight);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `sideways by ${wide}`);
}, PHONE);

story("a day on paper", async (page, base) => {
  await page.goto(base + day);
  const folded = await heightOf(page.locator("details.summary").first());
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.ok((await heightOf(page.locator("details.summary").first())) > folded, "summaries are whole");
  for (const part of ["body > header nav", ".jump", ".tools", ".turn", "body > footer"]) {
    assert.ok(!(await page.locator(part).first().isVisible()), `${part} is left out`);
  }
  assert.ok((await page.pdf({ preferCSSPageSize: true })).length > 10_000);
});

story("without JavaScript the page is complete", async (page, base) => {
  await page.goto(base + day);
  assert.ok(!(await page.locator(".tools").isVisible()) && !(await page.locator("button.scheme").isVisible()), "nothing that needs it");
  const fold = page.locator("details.summary").first();
  await fold.locator("summary").click();
  assert.ok(await isOpen(fold));
}, { javaScriptEnabled: false });

story("the home page says when the latest digest is old", async (page, base) => {
  const banner = page.locator(".stale");
  const latest = async () => Date.parse(await banner.getAttribute("data-day"));
  await page.goto(`${base}index.html`);
  const published = await latest();
  for (const [days, visible] of [[1, false], [3, false], [10, true]]) {
    await page.clock.setFixedTime(published + (days + 0.3) * 86_400_000);
    await page.goto(`${base}index.html`);
    assert.equal(await banner.isVisible(), visible, `after ${days} days`);
    if (visible) assert.match(await banner.textContent(), new RegExp(String(days)));
  }
});

story("names are found by their letters", async (page, base) => {
  await page.goto(`${base}authors/index.html`);
  const link = page.locator("[data-names=groups] a").first();
  const letters = (await link.textContent()).trim();
  await page.locator(".names-filter input").fill(letters.toLowerCase());
  assert.ok(await link.isVisible());
  assert.equal(await page.locator("[data-initial]:visible").count(), 1, "one initial is left");
  await link.click();
  await page.waitForURL(/\/authors\/[^/]+\/index\.html#q=/, { waitUntil: "load" });
  await page.locator("[data-names=names] li:visible").first().waitFor();
  assert.equal(await page.locator(".names-filter input").inputValue(), letters.toLowerCase(), "the letters go along");
});

story("signs stay on the line of the formula that they follow", async (page, base) => {
  await page.goto(base + pagesByKind(DEMO).get("day with formulas").at(-1));
  await page.locator(".open-all").click();
  for (const width of [320, 335, 350, 365, 380, 411, 768]) {
    await page.setViewportSize({ width, height: 800 });
    const [all, broken] = await page.evaluate(() => {
      const held = [...document.querySelectorAll(".nb")];
      return [held.length, held.filter((span) => span.getClientRects().length > 1).map((span) => span.textContent)];
    });
    assert.ok(all > 0, "there are formulas with signs behind them");
    assert.deepEqual(broken, [], `at ${width} px`);
  }
});

story("lines are as long as lines should be", async (page, base) => {
  await page.goto(base + day);
  await page.locator(".open-all").click();
  const perLine = (text, lang) => page.evaluate(([text, lang]) => {
    const div = document.querySelector("details.summary > div");
    div.lang = lang;
    div.textContent = text;
    const range = document.createRange();
    const lines = new Map();
    for (let i = 0; i < text.length; i++) {
      range.setStart(div.firstChild, i);
      range.setEnd(div.firstChild, i + 1);
      const top = Math.round(range.getBoundingClientRect().bottom / 8);
      lines.set(top, (lines.get(top) ?? 0) + 1);
    }
    const full = [...lines.values()].slice(0, -1);
    return full.reduce((sum, n) => sum + n, 0) / full.length;
  }, [text, lang]);
  const han = await perLine("研究者每天早晨读到昨夜的论文".repeat(20), "zh");
  assert.ok(han >= 34 && han <= 40, `${han} Han characters a line`);
  const latin = await perLine("A walking machine learns to keep its feet on frozen ground without a map of it. ".repeat(12), "en");
  assert.ok(latin >= 62 && latin <= 72, `${latin} Latin characters a line`);
});

const heightOf = async (locator) => (await locator.boundingBox()).height;
const isOpen = (fold) => fold.evaluate((details) => details.open);

/** How bright the background is, 0–255. */
const brightness = (page) => page.evaluate(() => {
  const [red, green, blue] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).map(Number);
  return (red + green + blue) / 3;
});

// What readers do on long days, on phones and on the way back: places lead where they say, nothing moves under a finger, what was typed
// and found is there again, and everything can be read.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { build, folderUrl, launch, serve, storiesIn } from "./site.mjs";

const place = mkdtempSync(path.join(tmpdir(), "daysheet-reading-"));
const SITE = path.join(place, "public");
const DAY = "2026/11/19.html";
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const WORDS = "a walking machine learns to keep its feet on frozen ground without a map of it ".split(" ");

let browser;
let server;

before(async () => {
  browser = await launch();
  writeSite();
  server = await serve(SITE);
});

after(async () => {
  await server?.stop();
  await browser?.close();
  rmSync(place, { recursive: true, force: true });
});

/** A day of two sources, one long and of entries of many heights, a short day of what is unusual, and one of several pages. */
function writeSite() {
  const row = (n, source) => `| Title ${n} ${WORDS.slice(0, n % 15).join(" ")} | ${n % 5 ? "Ana Müller; Bo Li" : Array.from({ length: 40 }, (_, i) => `Name${i} Of${n}`).join("; ")} | ${`${WORDS.join(" ")}. `.repeat(n % 9)} | [PDF](https://arxiv.org/pdf/2611.${source}${String(n).padStart(4, "0")}) |`;
  const digest = (n, source) => ["| Title | Authors | Summary | PDF |", "|---|---|---|---|", ...Array.from({ length: n }, (_, i) => row(i + 1, source)), ""].join("\n");
  const files = {
    "site.toml": 'title = "Reading"\nlanguage = "zh"\nlanguages = ["zh", "en"]\n',
    "content/2026-11-18-arxiv.md": `# arXiv\n\n${Array.from({ length: 1010 }, (_, n) => `- [Moved ${n + 1}](https://arxiv.org/abs/2611.4${String(n).padStart(4, "0")})\n`).join("")}`,
    "content/2026-11-19-arxiv.md": digest(300, 1),
    "content/2026-11-19-biorxiv.md": digest(40, 2),
    "content/2026-11-20-arxiv.md": [
      "| Title | Original title | Authors | Summary | PDF |", "|---|---|---|---|---|",
      "| 注意力 | Attention | Ana Müller | $\\frac{$ and words | [PDF](https://arxiv.org/pdf/2611.30001) |",
      "| שלום עולם | Peace | Bo Li | مرحبا بالعالم | [PDF](https://arxiv.org/pdf/2611.30002) |",
      "| 大規模言語モデルの蒸留 | Distillation | Bo Li | Words. | [PDF](https://arxiv.org/pdf/2611.30003) |", "",
    ].join("\n"),
    "pages/table.md": `# Table\n\n| Name | Explanation | Where | Since |\n|---|---|---|---|\n| Counterrevolutionaries | Incomprehensibilities | Internationalization | Characteristically |\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
    writeFileSync(path.join(place, name), text);
  }
  build(place, SITE);
}

const story = storiesIn({ files: () => folderUrl(SITE), "a server": () => server.url }, () => browser);

const settled = (page) => page.waitForFunction(() => document.documentElement.classList.contains("settled"));
const store = (page, part, change) => page.evaluate(([part, change]) => daysheet.store.update(part, (mine) => void Object.assign(mine, change)), [part, change]);
/** Where an element begins in the window. */
const topOf = (page, selector) => page.evaluate((selector) => document.querySelector(selector).getBoundingClientRect().top, selector);
/** Taps the middle of what is where it was before the finger came down. */
async function tap(page, selector) {
  const { x, y, width, height } = await page.locator(selector).first().boundingBox();
  await page.touchscreen.tap(x + width / 2, y + height / 2);
}

for (const [device, options] of [["a phone", PHONE], ["a desk", {}]]) {
  story(`links to places lead there, on ${device}`, async (page, base) => {
    await page.goto(base + DAY);
    await page.evaluate(() => document.querySelector(".jump li:last-child a").click());
    await page.waitForFunction(() => document.querySelector("#source-biorxiv:target"));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const top = await topOf(page, "#source-biorxiv");
    assert.ok(top >= 0 && top < 90, `followed, the section is at ${top}`);
    assert.ok(top >= await page.evaluate(() => (innerWidth < 1216 ? document.querySelector(".jump").getBoundingClientRect().bottom : 0)), "it is below the list of sources");
    await page.goto("about:blank");
    await page.goto(`${base + DAY}#source-biorxiv`);
    const opened = await topOf(page, "#source-biorxiv");
    assert.ok(opened >= 0 && opened < 90, `opened, the section is at ${opened}`);
  }, options);

  story(`a link to an entry leads to the page where it is by now, on ${device}`, async (page, base) => {
    const isAt = async (path, title) => {
      await page.waitForURL(base + path);
      await page.waitForFunction(() => document.querySelector(":target")?.getBoundingClientRect().top < innerHeight);
      assert.equal(await page.locator(":target h3").textContent(), title);
    };
    await page.goto(`${base}2026/11/18.html#arxiv-2611.40700`);
    await isAt("2026/11/18/arxiv/2.html#arxiv-2611.40700", "Moved 701");
    await page.goto(`${base}2026/11/18/arxiv/2.html#arxiv-2611.40000`);
    await isAt("2026/11/18.html#arxiv-2611.40000", "Moved 1");
    await page.evaluate(() => (location.hash = "#arxiv-2611.41009"));
    await isAt("2026/11/18/arxiv/3.html#arxiv-2611.41009", "Moved 1010");
    await page.evaluate(() => (location.hash = "#no-such-entry"));
    await page.goto(`${base}stars.html`);
    await page.evaluate(() => daysheet.store.update("stars", (stars) => stars.set("arxiv-2611.40500", { title: "Moved 501", url: "2026/11/18.html#arxiv-2611.40500", at: 1 })));
    await page.reload();
    await page.locator(".stars-list h3 a").click();
    await isAt("2026/11/18/arxiv/2.html#arxiv-2611.40500", "Moved 501");
  }, options);

  story(`coming back shows the same entries, on ${device}`, async (page, base) => {
    await page.goto(base + DAY);
    await page.evaluate(() => scrollTo(0, 20_000));
    await settled(page);
    await page.waitForTimeout(200);
    const seen = () => page.evaluate(() => [...document.querySelectorAll(".entry")].find((entry) => entry.getBoundingClientRect().bottom > 100).id);
    const before = await seen();
    await page.goto(`${base}archive.html`);
    await page.goBack({ waitUntil: "load" });
    await page.waitForTimeout(300);
    assert.equal(await seen(), before);
  }, options);
}

story("without scripts an old link leads to the day and its further pages", async (page, base) => {
  await page.goto(`${base}2026/11/18.html#arxiv-2611.40700`);
  await page.locator("section.source .turn a[rel=next]").click();
  assert.equal(await page.locator("[id='arxiv-2611.40700'] h3").textContent(), "Moved 701");
}, { javaScriptEnabled: false });

story("a further page of a day leads to the days beside it, and keys to its pages", async (page, base) => {
  await page.goto(`${base}2026/11/18/arxiv/3.html`);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(`${base}2026/11/18/arxiv/2.html`);
  await page.locator(".turn.part a[rel=next]").click();
  await page.waitForURL(base + DAY);
});

story("on a phone nothing moves from under a finger", async (page, base) => {
  await page.goto(base + DAY);
  await tap(page, ".open-all");
  assert.ok(await page.evaluate(() => document.querySelectorAll("details.summary[open]").length > 0), "the first tap opens all");
  await tap(page, ".open-all");
  await tap(page, ".tools input[type=search]");
  await page.waitForFunction(() => document.querySelector("select[name=source]").offsetParent);
  await page.waitForTimeout(200);
  await tap(page, ".entry .mark.star");
  assert.equal(await page.locator(".entry.is-star").count(), 1, "a star beside the filter");
}, PHONE);

story("the page of stars is filtered", async (page, base) => {
  await page.goto(`${base}stars.html`);
  assert.equal(await page.locator("main :is(.tools, .more .cite):visible").count(), 0, "nothing to filter or to cite");
  await page.goto(base + DAY);
  for (const n of [0, 1, 2]) await page.locator(".entry .mark.star").nth(n).click();
  await page.goto(`${base}stars.html`);
  assert.equal(await page.locator("main :is(.tools, .more .cite):visible").count(), 2);
  await page.locator("[name=q]").fill("machine");
  assert.equal(await page.locator(".stars-list .entry:visible").count(), 1);
  assert.match(await page.locator(".tools output").textContent(), /1\D+3/);
  await page.locator("[name=q]").fill("no such words");
  assert.equal(await page.locator(".stars-list h2:visible").count(), 0, "no month without stars");
});

story("what is hidden is said once a visit, and for a while", async (page, base) => {
  await page.clock.install();
  await page.goto(base + DAY);
  await store(page, "settings", { muted: ["title 1"] });
  const isFixed = () => page.locator(".say").evaluate((box) => getComputedStyle(box).position === "fixed");
  await page.reload();
  assert.ok(await isFixed(), "in the corner");
  await page.clock.runFor(10_000);
  assert.ok(!(await isFixed()), "then at the end");
  await page.reload();
  assert.ok(!(await isFixed()), "and there from then on");
  await page.locator(".say button").click();
  assert.ok(await page.locator(".entry.muted").first().isVisible());
});

story("the search box opens where the reader is", async (page, base) => {
  await page.goto(base + DAY);
  await settled(page);
  for (let n = 0; n < 12; n += 1) await page.keyboard.press("j");
  const before = await page.evaluate(() => [scrollY, document.activeElement.id]);
  assert.ok(before[0] > 500);
  await page.keyboard.press("/");
  assert.ok(await page.locator(".search-box input").evaluate((box) => box === document.activeElement && box.getBoundingClientRect().top >= 0));
  await page.keyboard.press("Escape");
  assert.deepEqual(await page.evaluate(() => [scrollY, document.activeElement.id]), before);
});

story("coming back to the search shows the hits that there were", async (page, base) => {
  await page.goto(`${base}search.html#q=title`);
  const hits = page.locator(".search-list .entry");
  for (let n = 1; n <= 3; n += 1) {
    await page.waitForFunction((n) => document.querySelectorAll(".search-list .entry").length === n && !document.querySelector("[aria-busy]"), 20 * n);
    await page.locator(".search-more").click();
  }
  await page.waitForFunction(() => document.querySelectorAll(".search-list .entry").length === 80 && !document.querySelector("[aria-busy]"));
  await hits.nth(65).scrollIntoViewIfNeeded();
  const y = await page.evaluate(() => scrollY);
  await hits.nth(65).locator("h2 a").click();
  await page.waitForFunction(() => document.body?.dataset.page === "day");
  await page.goBack({ waitUntil: "load" });
  await page.waitForFunction(() => document.querySelectorAll(".search-list .entry").length === 80);
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 5, y);
  // What was pressed and is gone hands the focus on.
  await page.goto(`${base}search.html#q=attention`);
  await page.goto(`${base}search.html#q=author:bo`);
  await page.locator(".search-facets button").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(300);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
});

story("hits say in which language their titles are", async (page, base) => {
  await page.goto(`${base}search.html#q=author:bo date:2026-11-20`);
  await page.locator(".search-list .entry").first().waitFor();
  const languages = await page.locator(".search-list .entry").evaluateAll((all) => all.map((entry) => [entry.querySelector("h2").lang, entry.querySelector(".original").lang]));
  assert.ok(languages.some(([title, original]) => title === "ja" && original === "en"), JSON.stringify(languages));
});

story("what was typed into a filter is there again", async (page, base) => {
  await page.goto(base + DAY);
  await page.locator("[name=q]").fill("muller");
  const shown = await page.locator(".entry:visible").count();
  assert.ok(shown > 100 && shown < 340, "accents make no difference");
  await page.goto(`${base}archive.html`);
  await page.goBack({ waitUntil: "load" });
  await page.waitForFunction(() => document.querySelector(".tools output").textContent);
  assert.equal(await page.locator("[name=q]").inputValue(), "muller");
  assert.equal(await page.locator(".entry:visible").count(), shown);
  await page.evaluate(() => (location.hash = "#%E0%A4%A"));
});

story("a star keeps its titles where original ones come first", async (page, base) => {
  await page.goto(base + DAY);
  await store(page, "settings", { originalFirst: true });
  await page.goto(`${base}2026/11/20.html`);
  const title = page.locator(".entry h3").first();
  assert.equal(await title.textContent(), "Attention");
  await page.locator(".mark.star").first().click();
  await store(page, "settings", { originalFirst: false });
  assert.deepEqual([await title.textContent(), await title.getAttribute("lang")], ["注意力", "zh"]);
  await store(page, "settings", { originalFirst: true });
  assert.deepEqual([await title.textContent(), await title.getAttribute("lang")], ["Attention", "en"]);
  const starred = () => page.locator(".stars-list :is(h3, .original)").evaluateAll((all) => all.map((node) => [node.textContent, node.lang]));
  await page.goto(`${base}stars.html`);
  assert.deepEqual(await starred(), [["Attention", "en"], ["注意力", "zh"]]);
  await store(page, "settings", { originalFirst: false });
  assert.deepEqual(await starred(), [["注意力", "zh"], ["Attention", "en"]]);
  await page.reload();
  assert.deepEqual(await starred(), [["注意力", "zh"], ["Attention", "en"]]);
});

story("fields stand out from the paper", async (page, base) => {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const address of [DAY, "reader.html", "search.html"]) {
      await page.goto(base + address);
      const weak = await page.evaluate(() => {
        const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
        const light = (color) => {
          pen.fillStyle = color;
          pen.fillRect(0, 0, 1, 1);
          const parts = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
          return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
        };
        const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
        const paper = getComputedStyle(document.documentElement).backgroundColor;
        const fields = [...document.querySelectorAll("main :is(input:not([type=checkbox], [type=file]), select, textarea)")];
        return fields.map((field) => [field.name, contrast(getComputedStyle(field).borderTopColor, paper), contrast(getComputedStyle(field, "::placeholder").color, paper)])
          .filter(([, border, text]) => border < 3 || text < 4.5);
      });
      assert.deepEqual(weak, [], `${address}, ${colorScheme}`);
    }
  }
});

story("at large text nothing is wider than a phone", async (page, base) => {
  for (const address of ["authors/index.html", "statistics.html", DAY, "reader.html", "search.html"]) {
    await page.goto(base + address);
    await page.evaluate(() => (document.documentElement.style.fontSize = "212.5%"));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), address);
  }
}, PHONE);

story("tables scroll and keep their words whole", async (page, base) => {
  await page.goto(`${base}pages/table.html`);
  const [lines, isWider] = await page.evaluate(() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector("td"));
    const table = document.querySelector("table");
    return [range.getClientRects().length, table.scrollWidth > table.clientWidth];
  });
  assert.deepEqual([lines, isWider], [1, true]);
}, PHONE);

story("paper has no buttons", async (page, base) => {
  await page.goto(base + DAY);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("button:visible").count(), 0);
  assert.equal(await page.locator(".entry h3").first().evaluate((title) => getComputedStyle(title).paddingRight), "0px");
});

story("stars, hits and weeks are in the reader's language", async (page, base) => {
  await page.goto(base + DAY);
  await store(page, "settings", { language: "en" });
  const english = () => page.waitForFunction(() => document.documentElement.dataset.spoken && !document.documentElement.classList.contains("waiting"));
  await page.goto(base + DAY);
  await english();
  await page.waitForFunction(() => document.querySelector(".mark.star")?.title === "Star");
  await page.goto(`${base}search.html`);
  await english();
  assert.deepEqual(await page.locator("[name=sort] option").allTextContents(), ["Newest first", "By relevance"]);
  await page.goto(`${base}archive.html`);
  await english();
  assert.equal(await page.locator(".calendar th abbr").first().textContent(), "W");
  assert.match(await page.locator("h1").textContent(), /3 days, 1353 entries/);
});

story("a language that cannot be kept is said", async (page, base) => {
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } }));
  await page.goto(base + DAY);
  await page.locator("button.language:visible").click();
  await page.locator(".say").waitFor();
});

story("Hebrew and Arabic begin at the right", async (page, base) => {
  await page.goto(`${base}2026/11/20.html`);
  for (const selector of ["h3", ".summary p"]) {
    const isRight = await page.locator(".entry").nth(1).locator(selector).first().evaluate((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const [text, box] = [range.getBoundingClientRect(), node.getBoundingClientRect()];
      return text.left - box.left > 100;
    });
    assert.ok(isRight, selector);
  }
});

story("names that unfold go on in their line", async (page, base) => {
  await page.goto(base + DAY);
  const authors = page.locator(".authors:has(details)").first();
  await authors.locator("summary").click();
  // The sign before the first of them stands behind the name before it.
  const [left, edge] = await authors.evaluate((node) => {
    const range = document.createRange();
    range.setStart(node.querySelector("summary").nextSibling, 0);
    range.setEnd(node.querySelector("summary").nextSibling, 1);
    return [range.getBoundingClientRect().left, node.getBoundingClientRect().left];
  });
  assert.ok(left > edge + 10, `the sign is at ${left}, the line begins at ${edge}`);
});

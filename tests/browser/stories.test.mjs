// Readers' walks through the demo site in Chromium, from files and from a server under /repo/, light and dark, with and
// without JavaScript. On the way nothing may go wrong that the browser can notice, and no page may scroll sideways.

import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { DEMO, PATIENCE, PROJECT, THEMES, WIDTHS, build, buildDemo, buildInTheme, folderUrl, kindOf, launch, pagesByKind, serve, watch } from "./site.mjs";

const SERVED = path.join(PROJECT, "target/site-repo");
const NAMELESS = path.join(PROJECT, "target/site-without-url");
const READERS = [
  { colorScheme: "light", javaScriptEnabled: true },
  { colorScheme: "dark", javaScriptEnabled: true },
  { colorScheme: "light", javaScriptEnabled: false },
];

let browser;
let server;
let nameless;

before(async () => {
  browser = await launch();
  rmSync(SERVED, { recursive: true, force: true });
  server = await serve(SERVED);
  build(PROJECT, SERVED, "--base-url", server.url);
  rmSync(NAMELESS, { recursive: true, force: true });
  nameless = await serve(NAMELESS);
  buildInTheme("default", NAMELESS, "", { prepare: (root) => cpSync(path.join(PROJECT, "content"), path.join(root, "content"), { recursive: true }) });
});

after(async () => {
  await server?.stop();
  await nameless?.stop();
  await browser?.close();
});

for (const reader of READERS) {
  const name = `${reader.colorScheme}${reader.javaScriptEnabled ? "" : ", no JavaScript"}`;
  test(`a walk through files (${name})`, () => story(folderUrl(DEMO), reader, walk));
  test(`a walk through a served site (${name})`, () => story(server.url, reader, walk));
  test(`a wrong address leads home (${name})`, () => story(server.url, reader, getLost));
  test(`a wrong address has its style on a site that knows no address (${name})`, () => getLostWithoutAddress(reader));
}

test("an old address of a day leads to what there is of that time", async () => {
  const pages = pagesByKind(SERVED);
  const day = pages.get("day").findLast((page) => /\/\d\d\.html$/.test(page));
  const [year, month] = day.split("/");
  const leading = [
    ["a page of a day that has become shorter", [day.replace(".html", "-99.html")], "day", day],
    ["a day that is gone", [`${year}/${month}/00.html`], "month", `${year}/${month}/index.html`],
    ["a month that is gone", [`${year}/00/01-2.html`, `${year}/00/01.html`, `${year}/00/index.html`], "year", `${year}/index.html`],
  ];
  for (const [what, lost, kind, wanted] of leading) {
    const lead = async (visit) => {
      await visit.page.goto(visit.lost);
      assert.equal(await follow(visit, "#near a", kind), wanted, what);
    };
    await story(server.url, READERS[0], lead, lost);
  }
});

for (const theme of THEMES) {
  test(`no kind of page complains or scrolls sideways (${theme})`, async () => {
    const site = buildDemo(theme);
    await story(folderUrl(site), READERS[0], (visit) => visitEveryKind(visit, site));
  });
}

test("light is light and dark is dark", async () => {
  await story(folderUrl(DEMO), READERS[0], async (visit) => assert.ok((await backgroundOf(visit)) > 200, "light background"));
  await story(folderUrl(DEMO), READERS[1], async (visit) => assert.ok((await backgroundOf(visit)) < 60, "dark background"));
});

/** Opens the home page of the site at `base`, lets `tell` go on from there, and fails on anything the browser complains of but the addresses `lost`, the first of which a reader may go to. */
async function story(base, reader, tell, lost = ["no/such/page.html"]) {
  const context = await browser.newContext({ ...reader, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const unknown = lost.map((address) => base + address);
  const visit = { page, base, lost: unknown[0] };
  const complaints = await watch(page, base, unknown);
  try {
    await page.goto(`${base}index.html`);
    await arrived(visit, "home");
    await tell(visit);
  } catch (error) {
    complaints.unshift(error.stack);
  } finally {
    await context.close();
  }
  assert.equal(complaints.length, 0, complaints.join("\n"));
}

async function walk(visit) {
  const latest = await follow(visit, "main h2 a", "day");
  await follow(visit, "article .authors a", "author");
  const entry = await follow(visit, `main article.brief a[href*="${latest}#"]`, "day");
  assert.equal(entry, latest, "an author's entry is on the day we came from");
  await assertAtEntry(visit.page);
  assert.ok((await follow(visit, "main a[rel=prev]", "day")) < latest, "the previous day is earlier");
  await follow(visit, 'nav a[href$="archive.html"]', "archive");
  await follow(visit, ".calendar td.listed a", "day");
  await follow(visit, "section.source h2 a", "source");
  await follow(visit, "header a.name", "home");
}

async function getLost(visit) {
  const response = await visit.page.goto(visit.lost);
  assert.equal(response.status(), 404);
  assert.ok(await styled(visit.page), "the page for unknown addresses finds its style sheet");
  await assertItFits(visit.page);
  await follow(visit, "main a", "home");
}

/** Such a page does not know where its icon is, which is all that it asks for: without an icon browsers would ask for one outside the site. */
async function getLostWithoutAddress(reader) {
  const context = await browser.newContext(reader);
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const visit = { page };
  assert.equal((await page.goto(`${nameless.url}2025/11/no-such.html`)).status(), 404);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).maxWidth), "none", "the style is in the page");
  const luminance = await backgroundOf(visit);
  const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  assert.ok(isDark ? luminance < 60 : luminance > 200, "light is light and dark is dark");
  await assertItFits(page);
  assert.deepEqual(asked.filter((url) => !/\/repo\/2025\/11\/(no-such\.html|assets\/icon\.svg)$/.test(url)), []);
  await context.close();
}

async function visitEveryKind(visit, site) {
  for (const [kind, pages] of pagesByKind(site)) {
    if (pages.length === 0) continue;
    await visit.page.goto(visit.base + pages[0]);
    if (kind === "redirect") await visit.page.waitForURL((url) => kindOf(url.href.slice(visit.base.length)) === "day");
    await arrived(visit, kind === "redirect" ? "day" : kindOf(pages[0]), kind);
  }
}

/** Clicks the first link that fits and says where on the site it led. */
async function follow(visit, selector, kind) {
  await visit.page.locator(selector).first().click();
  await visit.page.waitForLoadState();
  return arrived(visit, kind);
}

/** Checks that the page is of this kind and fits every width. */
async function arrived({ page, base }, kind) {
  assert.ok(page.url().startsWith(base), `${page.url()} is on the site`);
  const place = new URL(page.url().slice(base.length), "http://localhost").pathname.slice(1);
  assert.equal(kindOf(place), kind, place);
  assert.equal(await page.locator("h1").count(), 1, `${place} has one main heading`);
  assert.ok(await styled(page), `${place} has its style sheet`);
  await assertItFits(page);
  return place;
}

function styled(page) {
  return page.evaluate(() => 0 < document.styleSheets.length);
}

/** At no width the page scrolls sideways, and at none a button of an entry lies upon another. */
async function assertItFits(page) {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px at ${width} px`);
    assert.deepEqual(await page.evaluate(covered), [], `buttons of entries of ${page.url()} at ${width} px`);
  }
  await page.setViewportSize(before);
}

/** The address names an entry of the page, and that entry is in sight. */
async function assertAtEntry(page) {
  const entry = page.locator(":target");
  assert.equal(await entry.count(), 1, `${page.url()} names an entry`);
  await page.waitForFunction(() => {
    const box = document.querySelector(":target").getBoundingClientRect();
    return box.top < innerHeight && 0 < box.bottom;
  });
}

/** How bright the background is, 0–255. */
function backgroundOf({ page }) {
  return page.evaluate(() => {
    const clear = (color) => color === "rgba(0, 0, 0, 0)" || color === "transparent";
    const colors = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = colors.find((color) => !clear(color)) ?? "white";
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3;
  });
}

/** The titles of entries of which two buttons lie upon each other, by more than the room around their signs. */
function covered() {
  const ROOM = 8;
  const overlap = (a, b, start, end) => Math.min(a[end], b[end]) - Math.max(a[start], b[start]);
  const boxesOf = (entry) => [...entry.querySelectorAll(".mark")].map((mark) => mark.getBoundingClientRect()).filter((box) => box.width > 0);
  const isCovered = (entry) => boxesOf(entry).some((a, n, all) =>
    all.slice(n + 1).some((b) => overlap(a, b, "left", "right") > ROOM && overlap(a, b, "top", "bottom") > ROOM));
  return [...document.querySelectorAll(".entry")].filter(isCovered).map((entry) => entry.querySelector("h2, h3, h4").textContent.trim());
}

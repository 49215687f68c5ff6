// What a page keeps for its reader: stars, read marks, muted and watched words, visits, preferences, keys, the interface's language.
// Each story is told of a site in files and of one that is served, in Chromium; the main ones in Firefox as well.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { inEachBrowser } from "./readers.mjs";
import { PROJECT, build, folderUrl, serve } from "./site.mjs";

const place = mkdtempSync(path.join(tmpdir(), "daysheet-reader-"));
const ROOT = path.join(place, "root");
const SITE = path.join(place, "site");
const DAY = "2026/04/06.html";
const NEWEST = ["2026-04-03", "2026-04-06"];
const HOUR = 3_600_000;

let server;
let slow;

before(async () => {
  server = await serve(SITE);
  slow = await serve(SITE, { pause: 60 });
  writeSite(() => true);
});

after(async () => {
  await server.stop();
  await slow.stop();
  rmSync(place, { recursive: true, force: true });
});

/** Builds the site with those files of the demo; `edit` may change the text of one. */
function writeSite(isWanted, edit = (name, text) => text) {
  rmSync(ROOT, { recursive: true, force: true });
  mkdirSync(path.join(ROOT, "content"), { recursive: true });
  for (const file of readdirSync(path.join(PROJECT, "content")).filter(isWanted)) {
    writeFileSync(path.join(ROOT, "content", file), edit(file, readFileSync(path.join(PROJECT, "content", file), "utf8")));
  }
  for (const name of ["site.toml", "pages"]) cpSync(path.join(PROJECT, name), path.join(ROOT, name), { recursive: true });
  build(ROOT, SITE);
}

const STORIES = [];

/** A story: its name, what happens, and whether Firefox has to tell it too. */
function story(name, tell, { firefox = false, options = {}, places = ["files", "a server"], expected = [] } = {}) {
  STORIES.push({ name, tell, firefox, options, places, expected });
}

/** Changes what the page keeps in the browser: `act` gets the stored value of a part. */
const store = (reader, part, act) => reader.evaluate(([part, act]) => {
  const name = `daysheet:${new URL(daysheet.root).pathname}:${part}`;
  localStorage.setItem(name, JSON.stringify(new Function("value", `return (${act})(value)`)(JSON.parse(localStorage.getItem(name)))));
}, [part, String(act)]);
const stored = (reader, part) => reader.evaluate((part) => JSON.parse(localStorage.getItem(`daysheet:${new URL(daysheet.root).pathname}:${part}`)), part);
const pressed = (reader, kind) => reader.texts(`.entry.is-${kind} > :is(h3, h4)`);
const prefer = async (reader, base, settings) => {
  await reader.goto(`${base}reader.html`);
  await reader.evaluate((settings) => daysheet.store.update("settings", (mine) => Object.assign(mine, settings)), settings);
};

story("stars stay, are exported, cleared, and imported again", async (reader, base) => {
  await reader.goto(base + DAY);
  await reader.click(".entry:nth-of-type(2) .mark.star");
  await reader.click(".entry:nth-of-type(1) .mark.star");
  await reader.click(".entry:nth-of-type(3) .mark.read");
  const starred = await pressed(reader, "star");
  assert.equal(starred.length, 2);
  await reader.reload();
  assert.deepEqual(await pressed(reader, "star"), starred, "after a reload");
  await reader.until("their buttons say so", () => document.querySelectorAll(".mark.star[aria-pressed=true]").length === 2);
  // The same works on other pages, in brief.
  await reader.goto(`${base}index.html`);
  assert.equal((await pressed(reader, "star")).length, 2, "on the home page");
  await reader.goto(`${base}stars.html`);
  const listed = await reader.texts(".stars-list .entry h3");
  assert.deepEqual([...listed].sort(), [...starred].sort());
  await reader.click(".stars-list .entry h3 a");
  await reader.until("the star leads to its entry", () => document.querySelector(".entry:target") !== null);

  await reader.goto(`${base}reader.html`);
  const file = await reader.download("[data-act=export]", place);
  assert.equal(Object.keys(JSON.parse(readFileSync(file, "utf8")).stars).length, 2);
  await reader.click("[data-act=clear]");
  assert.equal(Object.keys(await stored(reader, "stars")).length, 2, "one click clears nothing");
  await reader.click("[data-act=clear]");
  await reader.goto(`${base}stars.html`);
  assert.equal(await reader.count(".stars-list .entry"), 0);

  await reader.goto(`${base}reader.html`);
  await reader.upload("[type=file]", file);
  await reader.until("the import is told", () => document.querySelector(".say") !== null);
  await reader.goto(base + DAY);
  assert.deepEqual(await pressed(reader, "star"), starred, "after the import");
  assert.equal((await pressed(reader, "read")).length, 2, "the marked one, and the one that was opened from the list of stars");
}, { firefox: true });

story("muted and read entries are hidden before the first paint", async (reader, base) => {
  // The scripts of a page at `slow` run while it trickles in.
  await reader.goto(base + DAY);
  await reader.click(".entry:nth-of-type(1) .mark.read");
  await prefer(reader, base, { muted: ["diffusion", "author:He", "tag:cs.lg"], hideRead: true });
  await reader.onEveryPage(() => {
    window.painted = [];
    window.shifted = 0;
    const isMuted = (entry) => /diffusion|Kaiming He|cs\.LG/i.test(entry.textContent);
    const look = () => {
      for (const entry of document.querySelectorAll(".entry")) {
        if (isMuted(entry) && entry.getClientRects().length > 0) window.painted.push(entry.id);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
      new PerformanceObserver((list) => list.getEntries().forEach((shift) => (window.shifted += shift.value))).observe({ type: "layout-shift", buffered: true });
    }
  });
  await reader.goto(base + DAY);
  const hidden = await reader.count(".entry.known:is(.muted, .gone)");
  assert.equal(hidden, 0, "none of them is visible");
  const of = (selector) => reader.evaluate((selector) => document.querySelectorAll(selector).length, selector);
  assert.ok((await of(".entry.muted")) >= 2, "some are muted");
  assert.ok((await of(".entry.gone")) >= 1, "what was read is gone");
  assert.ok((await reader.count(".entry")) > 0, "others are there");
  assert.deepEqual(await reader.evaluate(() => window.painted), [], "painted although hidden");
  assert.equal(await reader.evaluate(() => window.shifted), 0, "CLS");
  // They are told of, and can be seen.
  await reader.click(".say button");
  assert.ok((await reader.count(".entry.muted")) >= 2);
  // Who follows a link to a hidden entry sees it.
  const anchor = await reader.evaluate(() => document.querySelector(".entry.muted").id);
  await reader.goto(`${base}archive.html`);
  await reader.goto(`${base}${DAY}#${anchor}`);
  assert.equal(await reader.count(".entry.muted"), 1);
}, { firefox: true, places: ["files", "a slow server"] });

story("words are read as the reader means them", async (reader, base) => {
  const CASES = [
    ["language", true, "Latin words, whatever their case"],
    ["anguage", false, "but not from their middle"],
    ["注意力", true, "Han anywhere"],
    ["意力就", true, "Han in the middle"],
    ["author:Vaswani", true, "a family name"],
    ["author: ashish v", true, "the beginnings of names"],
    ["author:swani", false, "not the middle of a name"],
    ["Author：Noam", true, "a wide colon"],
    ["tag:cs.CL", true, "a tag"],
    ["tag:cs", false, "a tag is whole"],
    ["c++ (or [x", false, "signs are signs"],
    ["encoder", false, "what is not there"],
  ];
  for (const [line, isFound, why] of CASES) {
    await prefer(reader, base, { watched: [line] });
    await reader.goto(base + DAY);
    // Attention Is All You Need, and Language Models are Few-Shot Learners.
    assert.equal((await reader.count("#arxiv-1706\\.03762.watched, #arxiv-2005\\.14165.watched")) > 0, isFound, `${line}: ${why}`);
    const n_marks = await reader.evaluate(() => document.querySelectorAll(".entry.watched mark").length);
    assert.equal(n_marks > 0, (await reader.count(".entry.watched")) > 0, `${line}: highlighted`);
  }
  await prefer(reader, base, { watched: ["注意力"] });
  await reader.goto(base + DAY);
  const marked = await reader.evaluate(() => [...document.querySelectorAll("mark")].map((mark) => mark.textContent));
  assert.deepEqual([...new Set(marked)], ["注意力"]);
  const text = () => reader.evaluate(() => document.querySelector(".entry.known").textContent);
  const marked_text = await text();
  await reader.evaluate(() => daysheet.store.update("settings", (mine) => (mine.watched = ["的"])));
  await reader.evaluate(() => daysheet.store.update("settings", (mine) => (mine.watched = [])));
  assert.equal(await text(), marked_text, "marks come and go without a trace");
  assert.equal(await reader.evaluate(() => document.querySelectorAll("mark").length), 0);
  await reader.evaluate(() => daysheet.store.update("settings", (mine) => (mine.watched = ["注意力"])));
  await reader.click("[name=watched]");
  assert.equal(await reader.count(".entry"), await reader.count(".entry.watched"), "only watched entries are left");
});

story("new entries since the last visit are one list", async (reader, base) => {
  const isOld = (file) => !NEWEST.some((day) => file.startsWith(day));
  // A known day grows, too: its last row comes later.
  const grown = "2026-04-02-arxiv.md";
  const withoutLastRow = (name, text) => {
    if (name !== grown) return text;
    const rows = text.trimEnd().split("\n");
    return `${rows.slice(0, rows.findLastIndex((row) => row.startsWith("|"))).join("\n")}\n`;
  };
  try {
    writeSite(isOld, withoutLastRow);
    await reader.goto(`${base}index.html`);
    assert.equal(await reader.count(".since"), 0, "nothing is said on a first visit");
    await reader.goto(`${base}since.html`);
    assert.equal(await reader.count(".since-list h2"), 1, "a first visit sees the latest day");
    await store(reader, "visits", (visits) => ({ ...visits, at: visits.at - 86_400_000, list: visits.list.map((visit) => ({ ...visit, at: visit.at - 86_400_000 })) }));
    writeSite(() => true);
    await reader.goto(`${base}index.html`);
    const line = await reader.texts(".since");
    await reader.click(".since a");
    await reader.arrives("since.html");
    await reader.until("all days are there", () => document.querySelector(".since-list h2") && !document.querySelector("[aria-busy]"));
    const shown = await reader.evaluate(() => [...document.querySelectorAll(".since-list .entry :is(h3, h4) a")].map((link) => link.href.slice(daysheet.root.length)));
    const expected = NEWEST.flatMap((day) => entriesOf(`${day.replaceAll("-", "/")}.html`));
    const ofGrown = entriesOf("2026/04/02.html", "source-arxiv");
    assert.deepEqual([...shown].sort(), [...expected, ofGrown.at(-1)].sort());
    assert.match(line[0], new RegExp(`\\b${shown.length}\\b`), "the home page counts them");
    // A second look within the same visit shows the same; the stars work there.
    await reader.click(".since-list .mark.star");
    await reader.reload();
    await reader.until("all days are there", () => document.querySelector(".since-list h2") && !document.querySelector("[aria-busy]"));
    assert.equal((await reader.texts(".since-list .entry")).length, shown.length);
    assert.equal((await pressed(reader, "star")).length, 1);
    // The next visit finds nothing new, but can look back to the one before.
    await store(reader, "visits", (visits) => ({ ...visits, at: visits.at - 3_600_000 }));
    await reader.reload();
    assert.equal(await reader.count(".since-list .entry"), 0);
    assert.equal(await reader.count("select[name=visit] option, select[name=visit]"), 1);
    await reader.evaluate(() => {
      const choice = document.querySelector("select[name=visit]");
      choice.value = "1";
      choice.dispatchEvent(new Event("change"));
    });
    await reader.until("the earlier visit's list is there", (n) => document.querySelectorAll(".since-list .entry").length === n, shown.length);
  } finally {
    writeSite(() => true);
  }
}, { firefox: true });

/** The addresses of the entries on a day's page, of one source or of all. */
function entriesOf(page, source) {
  const html = readFileSync(path.join(SITE, page), "utf8");
  const sections = html.split('<section id="').slice(1).filter((part) => !source || part.startsWith(`${source}"`));
  return sections.flatMap((part) => [...part.matchAll(/<article class="entry[^"]*" id="([^"]+)"/g)].map(([, id]) => `${page}#${id}`));
}

story("every key does what the list says", async (reader, base) => {
  const focused = () => reader.evaluate(() => document.activeElement.closest(".entry")?.id);
  const ids = async () => reader.evaluate(() => [...document.querySelectorAll(".entry")].map((entry) => entry.id));
  await reader.goto(base + DAY);
  const all = await ids();
  await reader.press("j");
  assert.equal(await focused(), all[0]);
  await reader.press("j");
  await reader.press("j");
  await reader.press("k");
  assert.equal(await focused(), all[1]);
  assert.ok(await reader.evaluate(() => document.activeElement.matches(":focus-visible")), "the focus is seen");
  const isOpen = () => reader.evaluate(() => document.activeElement.querySelector("details.summary").open);
  await reader.press("o");
  assert.equal(await isOpen(), true);
  await reader.press("Enter");
  assert.equal(await isOpen(), false);
  await reader.press("s");
  assert.equal((await pressed(reader, "star")).length, 1);
  await reader.press("m");
  assert.equal((await pressed(reader, "read")).length, 1);
  await reader.press("m");
  assert.equal((await pressed(reader, "read")).length, 0);
  await reader.press("f");
  assert.equal(await reader.evaluate(() => document.activeElement.name), "q");
  await reader.press("j");
  assert.equal(await reader.evaluate(() => document.querySelector("[name=q]").value), "j", "in a field letters are letters");
  await reader.evaluate(() => document.activeElement.blur());
  await reader.press("Shift+?");
  assert.equal(await reader.count("dialog.keys[open] dt"), 12);
  await reader.press("j");
  await reader.press("Escape");
  assert.equal(await reader.count("dialog.keys[open]"), 0);
  // The browser hears of Escape after the page, and stops what the page began to load meanwhile.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await reader.press("ArrowLeft");
  await reader.arrives("2026/04/03.html");
  await reader.press("ArrowRight");
  await reader.arrives(DAY);
  await reader.press("t");
  await reader.arrives("index.html");
  await reader.press("t");
  await reader.arrives(DAY);
  // The browser's own keys stay the browser's.
  await reader.evaluate(() => {
    window.prevented = [];
    addEventListener("keydown", (event) => event.defaultPrevented && window.prevented.push(event.key));
  });
  for (const key of ["Tab", "Space", "PageDown", "End", "ArrowDown", "Shift+J", "Control+ArrowDown"]) await reader.press(key);
  assert.deepEqual(await reader.evaluate(() => window.prevented), []);
  // Whoever does not want them has none.
  await prefer(reader, base, { noKeys: true });
  await reader.goto(base + DAY);
  await reader.press("j");
  assert.equal(await focused(), undefined);
});

story("v follows the title, and what was opened is read", async (reader, base) => {
  await reader.goto(`${base}index.html`);
  await reader.press("j");
  await reader.press("v");
  await reader.until("the day's page is there", () => document.body.dataset.page === "day" && document.querySelector(".entry:target") !== null);
  assert.equal((await pressed(reader, "read")).length, 1);
});

story("from the home page to an abstract with the keyboard alone", async (reader, base) => {
  await reader.goto(`${base}index.html`);
  const tab = async (isThere) => {
    for (let n = 0; n < 60; n += 1) {
      await reader.press("Tab");
      const outline = await reader.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return document.activeElement.matches(":focus-visible") && parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
      });
      assert.ok(outline, "the focus is visible at every step");
      if (await reader.evaluate(isThere)) return;
    }
    assert.fail("sixty steps did not lead there");
  };
  await tab(() => document.activeElement.matches("main .entry h4 a"));
  await reader.press("Enter");
  await reader.until("the day's page is there", () => document.body.dataset.page === "day" && document.querySelector(".entry:target") !== null);
  await tab(() => document.activeElement.matches(".entry details.summary > summary"));
  await reader.press("Enter");
  assert.ok(await reader.evaluate(() => document.activeElement.parentElement.open));
});

story("other tabs follow", async (reader, base) => {
  await reader.goto(base + DAY);
  const other = await reader.sibling();
  await other.goto(base + DAY);
  await reader.click(".entry:nth-of-type(2) .mark.star");
  await other.until("the star is there", () => document.querySelectorAll(".mark.star[aria-pressed=true]").length === 1);
  await other.click(".entry:nth-of-type(3) .mark.star");
  await reader.until("both stars are there", () => document.querySelectorAll(".mark.star[aria-pressed=true]").length === 2);
  await prefer(other, base, { muted: ["attention", "注意力"] });
  await reader.until("the words are muted", () => document.querySelector(".entry.muted") !== null);
  assert.equal(Object.keys(await stored(reader, "stars")).length, 2);
});

story("thousands of stars are no burden", async (reader, base) => {
  const day = (n) => `2025/${String((n % 12) + 1).padStart(2, "0")}/${String((n % 28) + 1).padStart(2, "0")}`;
  const stars = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`arxiv-25${n % 12}.${n}`, { title: `Title ${n} 标题`, url: `${day(n)}.html#arxiv-25${n % 12}.${n}`, at: n, authors: "Wang, Y.; Li, X." }]));
  const file = path.join(place, "many.json");
  writeFileSync(file, JSON.stringify({ format: "daysheet-reader", version: 1, stars, read: Array.from({ length: 20_000 }, (_, n) => `arxiv-24.${n}`), settings: {} }));
  await reader.goto(`${base}reader.html`);
  await reader.upload("[type=file]", file);
  await reader.until("the import is told", () => /5000/.test(document.querySelector(".say")?.textContent));
  await reader.goto(`${base}stars.html`);
  assert.equal(await reader.evaluate(() => document.querySelectorAll(".stars-list .entry").length), 5000);
  const days = await reader.evaluate(() => [...document.querySelectorAll(".stars-list .day")].map((day) => day.textContent));
  assert.deepEqual(days, [...days].sort().reverse(), "in the order of days");
  await reader.goto(base + DAY);
  const ms = await reader.evaluate(() => {
    const button = document.querySelector(".mark.star");
    const start = performance.now();
    button.click();
    return performance.now() - start;
  });
  assert.ok(ms < 200, `one more star took ${ms} ms`);
  assert.equal(Object.keys(await stored(reader, "stars")).length, 5001);
});

story("a file that is none, or a bad one, harms nothing", async (reader, base) => {
  const good = { title: "Good", url: "2026/04/06.html#arxiv-1706.03762", at: 1 };
  const bad = {
    format: "daysheet-reader", version: 1,
    stars: {
      good, "a b": good, script: { ...good, url: "javascript:alert(1)" }, away: { ...good, url: "//evil.example/2026/04/06.html#x" },
      up: { ...good, url: "../2026/04/06.html#x" }, link: { ...good, title: "<img src=x onerror=alert(1)>", link: "javascript:alert(1)" }, none: null, text: "x",
    },
    read: ["arxiv-1", 7, null, "<b>"], settings: { watched: "x", muted: [1, "ok"], hideRead: "yes" },
  };
  await reader.goto(`${base}reader.html`);
  for (const [name, text] of [["none.json", "{not json"], ["other.json", '{"format":"other"}'], ["list.json", "[]"], ["newer.json", '{"format":"daysheet-reader","version":2}']]) {
    writeFileSync(path.join(place, name), text);
    await reader.upload("[type=file]", path.join(place, name));
    await reader.until(`${name} is refused`, (name) => document.querySelector(".say")?.textContent.includes(name), name);
  }
  assert.equal(await stored(reader, "stars"), null);
  writeFileSync(path.join(place, "bad.json"), JSON.stringify(bad));
  await reader.upload("[type=file]", path.join(place, "bad.json"));
  await reader.until("the rest is taken", () => /2/.test(document.querySelector(".say")?.textContent) && daysheet.store.get("stars").size > 0);
  assert.deepEqual(Object.keys(await stored(reader, "stars")).sort(), ["good", "link"]);
  assert.deepEqual(await stored(reader, "read"), ["arxiv-1"]);
  await reader.goto(`${base}stars.html`);
  assert.equal(await reader.evaluate(() => document.querySelectorAll("main img, main [href^=javascript]").length), 0);
  assert.equal(await reader.count(".stars-list .entry"), 2);
});

story("a damaged store is set aside", async (reader, base) => {
  for (const damage of ["{\"arxiv-1", "[]", "7", "null", "\"text\"", JSON.stringify({ a: { title: 1 } })]) {
    await reader.goto(base + DAY);
    await reader.evaluate((damage) => {
      localStorage.clear();
      localStorage.setItem(`daysheet:${new URL(daysheet.root).pathname}:stars`, damage);
    }, damage);
    await reader.reload();
    await reader.click(".entry:nth-of-type(1) .mark.star");
    assert.equal(Object.keys(await stored(reader, "stars")).length, 1, `works after ${damage}`);
    await reader.goto(`${base}reader.html`);
    const file = await reader.download("[data-act=damaged]", place);
    assert.deepEqual(Object.values(JSON.parse(readFileSync(file, "utf8"))), [damage]);
  }
});

story("a full store is told, and nothing that was there is lost", async (reader, base) => {
  await reader.goto(base + DAY);
  await reader.click(".entry:nth-of-type(1) .mark.star");
  await reader.evaluate(() => {
    for (let size = 1 << 22; size > 0; size >>= 1) {
      for (let n = 0; n < 3; n += 1) {
        try {
          localStorage.setItem(`fill${size}.${n}`, "x".repeat(size));
        } catch {
          break;
        }
      }
    }
  });
  await reader.click(".entry:nth-of-type(2) .mark.star");
  await reader.until("it is told", () => document.querySelector(".say") !== null);
  assert.equal((await pressed(reader, "star")).length, 2, "the page shows both");
  assert.equal(Object.keys(await stored(reader, "stars")).length, 1, "what was stored is stored");
  await reader.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("fill")).forEach((name) => localStorage.removeItem(name)));
  await reader.click(".entry:nth-of-type(3) .mark.star");
  assert.equal(Object.keys(await stored(reader, "stars")).length, 3, "with space again all of them are stored");
});

story("without storage everything works as long as the page", async (reader, base) => {
  await reader.onEveryPage(() => {
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("denied", "SecurityError"); } });
  });
  await reader.goto(base + DAY);
  await reader.click(".entry:nth-of-type(1) .mark.star");
  assert.equal((await pressed(reader, "star")).length, 1);
  await reader.until("it is told", () => document.querySelector(".say") !== null);
  for (const page of ["index.html", "since.html", "stars.html", "reader.html", "archive.html"]) await reader.goto(base + page);
  await reader.goto(`${base}reader.html`);
  await reader.click("[data-act=clear]");
  await reader.click("[data-act=clear]");
});

story("the interface speaks the reader's language", async (reader, base) => {
  const pages = ["archive.html", "index.html", "statistics.html", DAY, "2026/04/index.html", "2026/w15.html", "authors/index.html", "stars.html", "reader.html", "since.html", "search.html", "tags/index.html"];
  await reader.goto(`${base}archive.html`);
  await reader.click("button.language");
  await reader.until("the archive is in English", () => /^Archive/.test(document.querySelector("h1").textContent));
  for (const page of pages) {
    await reader.goto(base + page);
    await reader.until(`${page} is translated`, () => !document.documentElement.classList.contains("waiting") && document.documentElement.dataset.spoken === "en");
    // What is left in Chinese are words of digests and of the owner.
    const left = await reader.evaluate(() => {
      const own = "h2, .entry :is(h3, h4), .original, .authors, .summary > div, div.summary, .note > div, .extra, .tag, .preface, .source-note, .bars a, .list a, [data-names], .name, .owner, .lead, h1, option, nav a[href*='pages/'], button.language, .columns";
      const texts = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (/\p{Script=Han}/u.test(node.data) && !node.parentElement.closest(own) && !node.parentElement.closest("script, noscript, template")) texts.push(node.data.trim());
      }
      return texts;
    });
    assert.deepEqual(left, [], page);
  }
  await reader.goto(base + DAY);
  await reader.until("the heading is English", () => /^Monday, 6 April 2026/.test(document.querySelector("h1").textContent));
  assert.equal((await reader.texts(".entry h3 a"))[0], "注意力就是你所需要的一切", "titles are left as they are");
  assert.equal(await reader.evaluate(() => document.querySelector("h1").lang || document.querySelector("h1 [lang]")?.lang || "en"), "en");
  await reader.click("button.language");
  await reader.until("the page is in Chinese again", () => !document.documentElement.dataset.spoken && /年/.test(document.querySelector("h1").textContent));
}, { firefox: true });

story("original titles come first for who wants them", async (reader, base) => {
  await reader.goto(base + DAY);
  const [title] = await reader.texts(".entry h3 a");
  const [original] = await reader.texts(".entry .original");
  await prefer(reader, base, { originalFirst: true });
  await reader.goto(base + DAY);
  assert.equal((await reader.texts(".entry h3 a"))[0], original);
  assert.equal((await reader.texts(".entry .original"))[0], title);
  assert.deepEqual(await reader.evaluate(() => [document.querySelector(".entry h3").lang, document.querySelector(".entry .original").lang]), ["en", "zh"]);
});

inEachBrowser((name, browser) => {
  const BASES = { files: () => folderUrl(SITE), "a server": () => server.url, "a slow server": () => slow.url };
  for (const { name: what, tell, firefox, options, places } of STORIES.filter((one) => name === "chromium" || one.firefox)) {
    for (const where of places) {
      test(`${what} (${where})`, async () => {
        const base = BASES[where]();
        const reader = await browser().reader(base, options);
        try {
          await tell(reader, base);
        } finally {
          await reader.leave();
        }
        assert.deepEqual(reader.complaints, []);
      });
    }
  }
});

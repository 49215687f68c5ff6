// The search against a plain scan: whatever is asked, the page shows what a comparison of every entry finds, in its order, to the end;
// on the written files, from a folder and from a server under /repo/. With a large real archive beside the project, on that one too,
// with its bytes and times.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { BROWSERS, inEachBrowser } from "./readers.mjs";
import { compare, draw, entriesOf, paceOf, paceOfHits, scan, searchAll } from "./searches.mjs";
import { BINARY, CORPUS, PROJECT, build, folderUrl, serve } from "./site.mjs";

const SHARED = process.env.DAYSHEET_SHARED ?? path.join(PROJECT, "../shared");
const DIGESTS = path.join(SHARED, "corpus/arxiv-daily");
const KB = 1000;
// The median time to the first hit, in ms, on a machine where a browser loads a file in USUAL_PACE ms. A slower or busier one gets as
// much more time as its files take.
const FASTEST_HIT = 150;
const USUAL_PACE = 8;
const place = mkdtempSync(path.join(tmpdir(), "daysheet-search-"));
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

const CASES = [
  "注意力", "attention", "atten", "\"attention is all\"", "author:vaswani", "作者:He", "transformer -注意力", "tag:cs.CL", "date:2026-04", "2026", "图",
  "source:biorxiv", "source:arxiv source:biorxiv date:2026-03", "id:1706.03762", "https://arxiv.org/abs/1706.03762v1", "1706.03762", "doi:10.1101/292037",
  "a", "的", "注意力就是你所需要的一切", "GPT-4", "few-shot", "“few-shot learners”", "language  MODELS", "kaiming he", "ｆｅｗ", "不存在的词", "qqqq", "-注意力",
  "\"", "\"\"", "author:", "++", "date:2026-13", "autor:he", "深度 学习", "learn date:2026-03-10..2026-04-01 ", "<script>alert(1)</script>", "a\"b",
];

inEachBrowser((name, browser) => {
  for (const [where, base] of [["files", () => folderUrl(SITE)], ["a server", () => server.url]]) {
    test(`the demo is searched like a scan (${where})`, async () => {
      const queries = [...new Set([...CASES, ...draw(entriesOf("--root", PROJECT), 150)])];
      const expected = scan(queries, "--root", PROJECT);
      const reader = await browser().reader(base());
      await reader.goto(`${base()}search.html`);
      const wrong = [];
      for (const query of queries) {
        const asks = await reader.evaluate((query) => daysheet.searching.parse(query).asks, query);
        const found = asks ? await reader.evaluate(searchAll, [query, Infinity, false]) : [];
        if (JSON.stringify(found) !== JSON.stringify(expected.get(query))) wrong.push(`${query}: ${found.length} of ${expected.get(query).length}`);
        const ranked = asks ? await reader.evaluate(searchAll, [query, Infinity, true]) : [];
        if (JSON.stringify([...ranked].sort()) !== JSON.stringify([...found].sort())) wrong.push(`${query}, by relevance: ${ranked.length} of ${found.length}`);
      }
      await reader.leave();
      assert.deepEqual(wrong, []);
      assert.deepEqual(reader.complaints, []);
    });
  }

  test("what a long day lists on a further page is found there", async () => {
    const root = mkdtempSync(path.join(tmpdir(), "daysheet-long-"));
    const rows = Array.from({ length: 520 }, (_, n) => `| Paper ${n} | [PDF](https://arxiv.org/pdf/2604.1${String(n).padStart(4, "0")}) |`);
    writeFileSync(path.join(root, "2026-04-02-arxiv.md"), ["| Title | PDF |", "|---|---|", ...rows, ""].join("\n"));
    writeFileSync(path.join(root, "2026-04-03-arxiv.md"), "| Title | PDF |\n|---|---|\n| Other | [PDF](https://arxiv.org/pdf/2604.20000) |\n");
    build(root, path.join(root, "public"));
    const base = folderUrl(path.join(root, "public"));
    const expected = scan(["paper 7", "\"paper 517\""], "--root", root);
    const reader = await browser().reader(base);
    for (const [query, addresses] of expected) {
      await reader.goto(`${base}search.html`);
      const found = await reader.evaluate(searchAll, [query, Infinity, false]);
      assert.deepEqual(found, addresses);
      await reader.goto(base + found.at(-1));
      assert.ok(await reader.evaluate(() => Boolean(document.querySelector("article:target"))), found.at(-1));
    }
    assert.equal(expected.get("\"paper 517\"")[0], "2026/04/02/arxiv/2.html#arxiv-2604.10517");
    // What is filtered out on this page may be on the next; keys turn days, and pages on a further page.
    await reader.goto(`${base}2026/04/02.html`);
    await reader.fill(".tools input[type=search]", "paper 517");
    assert.deepEqual([await reader.count("article.entry"), await reader.count(".part a")], [0, 1]);
    await reader.goto(`${base}2026/04/02.html`);
    await reader.press("ArrowRight");
    await reader.arrives("2026/04/03.html");
    await reader.goto(`${base}2026/04/02/arxiv/2.html`);
    await reader.press("ArrowLeft");
    await reader.arrives("2026/04/02.html");
    assert.deepEqual(reader.complaints, []);
    await reader.leave();
    rmSync(root, { recursive: true, force: true });
  });

  const noCorpus = (!existsSync(DIGESTS) || !existsSync(CORPUS)) && `there is no ${path.relative(PROJECT, DIGESTS)} that was built`;
  if (noCorpus) console.log(`skipped: ${noCorpus}`);
  test("a large archive is searched like a scan, with few bytes", { skip: noCorpus, timeout: 900_000 }, async () => {
    const n = name === "firefox" ? 40 : 300;
    const folder = ["--root", DIGESTS, "--content", DIGESTS];
    const queries = draw(entriesOf(...folder), n);
    const expected = scan(queries, ...folder);
    const big = await serve(CORPUS);
    try {
      for (const [where, base, share] of [["a server", big.url, 1], ["files", folderUrl(CORPUS), 10]]) {
        const asked = queries.filter((_, i) => i % share === 0);
        const figures = await compare(browser(), base, CORPUS, asked, expected, 2);
        console.log(`${name}, ${where}, ${asked.length} queries: ${figures.text}`);
        assert.deepEqual(figures.wrong, []);
        assert.equal(figures.short, 0);
        if (where === "a server" && name === "chromium") {
          assert.ok(figures.median <= 100 * KB && figures.p95 <= 300 * KB, figures.text);
          // Other work on the machine slows a run down: what falls short is measured again, beside the pace.
          let best = Infinity;
          for (let tries = 0; best > FASTEST_HIT && tries < 3; tries += 1) {
            const pace = await paceOf(browser(), base);
            const again = await paceOfHits(browser(), base, asked.slice(0, 60));
            best = again.median * Math.min(1, USUAL_PACE / pace);
            console.log(`${name}, ${where}, a file in ${pace.toFixed(1)} ms, 60 queries: ${again.text}`);
          }
          assert.ok(best <= FASTEST_HIT, `the first hit after ${Math.round(best)} ms (median)`);
        }
      }
    } finally {
      await big.stop();
    }
  });
});

test("the index of a large archive is small", { skip: !existsSync(CORPUS) && "there is no corpus site" }, () => {
  const folder = path.join(CORPUS, "search");
  const files = readdirSync(folder, { recursive: true }).map((file) => path.join(folder, file)).filter((file) => statSync(file).isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const texts = entriesOf("--root", DIGESTS, "--content", DIGESTS).map(({ title, original_title, authors, id, summary, note, tags }) =>
    [title, original_title, ...authors, id ?? "", summary, note ?? "", ...tags].reduce((sum, text) => sum + Buffer.byteLength(text), 0));
  const text = texts.reduce((sum, n) => sum + n, 0);
  const measured = `the index: ${bytes} bytes in ${files.length} files for ${text} bytes of text (${(bytes / text).toFixed(2)})`;
  console.log(measured);
  assert.ok(bytes <= 1.5 * text && files.length <= 4500, measured);
});

test("a directory in two levels is searched like a scan", { timeout: 300_000 }, async () => {
  const root = path.join(place, "many-words");
  const content = path.join(root, "content");
  const site = path.join(root, "site");
  writeManyWords(content);
  writeFileSync(path.join(root, "site.toml"), 'title = "Many words"\n[feeds]\nformats = []\n');
  build(root, site);
  const files = readdirSync(path.join(site, "search/2026-01"));
  assert.ok(files.includes("d0.js") && files.includes("d1.js"), "the directory has pages");
  const queries = draw(entriesOf("--root", root), 60);
  const browser = await BROWSERS.chromium();
  const many = await serve(site);
  try {
    const figures = await compare(browser, many.url, site, queries, scan(queries, "--root", root));
    console.log(`two levels, ${queries.length} queries: ${figures.text}`);
    assert.deepEqual(figures.wrong, []);
    assert.ok(figures.median > 0 && figures.p95 <= 300 * KB, figures.text);
  } finally {
    await many.stop();
    await browser.stop();
  }
});

test("the script of the search is small", () => {
  const bytes = gzipSync(readFileSync(path.join(SITE, "assets/search.js"))).length;
  assert.ok(bytes <= 10 * KB, `${bytes} bytes in gzip`);
});

/** Writes ten days of entries whose half a million words are all different, so that their terms fill more than a thousand shards. */
function writeManyWords(folder) {
  const LETTERS = 16;
  const [days, perDay, words] = [10, 90, 600];
  let state = 1;
  // Numbers of 32 bits in a row that repeats only after all of them (Numerical Recipes).
  const letter = () => String.fromCharCode(97 + ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % 26);
  const word = () => Array.from({ length: LETTERS }, letter).join("");
  mkdirSync(folder, { recursive: true });
  for (let day = 1; day <= days; day += 1) {
    const entry = (_, n) => JSON.stringify({
      title: `${word()} ${word()}`, url: `https://example.org/${day}/${n}`, authors: [`${word()} ${word()}`],
      abstract: Array.from({ length: words }, word).join(" "),
    });
    writeFileSync(path.join(folder, `2026-01-${String(day).padStart(2, "0")}.jsonl`), Array.from({ length: perDay }, entry).join("\n"));
  }
}

/** A reader's story of the search page, in Chromium, from files and from a server. */
function story(name, tell, options = {}) {
  for (const [where, base] of [["files", () => folderUrl(SITE)], ["a server", () => server.url]]) {
    test(`${name} (${where})`, async () => {
      const browser = await BROWSERS.chromium();
      const reader = await browser.reader(base(), options);
      try {
        await tell(reader, base());
      } finally {
        await reader.leave();
        await browser.stop();
      }
      assert.deepEqual(reader.complaints, []);
    });
  }
}

const isDone = () => document.querySelector(".search-status").textContent !== "" && !document.querySelector(".search-list[aria-busy]");
const titles = (reader) => reader.texts(".search-list .entry h2 a");

story("from any page to a hit, and back", async (reader, base) => {
  await reader.goto(`${base}2026/03/10.html`);
  await reader.press("/");
  await reader.page.keyboard.type("注意力");
  assert.deepEqual(await reader.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/search/")).length), 0, "nothing is loaded before");
  await reader.press("Enter");
  await reader.until("hits are there", () => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length > 0);
  assert.ok((await titles(reader)).includes("注意力就是你所需要的一切"));
  assert.ok((await reader.texts(".search-list mark")).every((text) => text === "注意力"));
  const address = reader.url();
  assert.match(decodeURIComponent(address), /search\.html#q=注意力$/);
  // Stars work here as elsewhere.
  await reader.click(".search-list .mark.star");
  assert.ok((await reader.count(".search-list .entry.is-star")) >= 1, "the work is starred wherever it is listed");
  await reader.click(".search-list .entry h2 a");
  await reader.until("the entry is there", () => document.body.dataset.page === "day" && document.querySelector(".entry:target") !== null);
  await reader.page.goBack();
  await reader.until("the hits are there again", () => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length > 0);
  assert.equal(await reader.evaluate(() => document.querySelector("input[name=q]").value), "注意力");
  // The address alone brings the same hits to somebody else.
  const before = await titles(reader);
  const other = await reader.sibling();
  await other.goto(address);
  await other.until("hits are there", () => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length > 0);
  assert.deepEqual(await titles(other), before);
});

story("what is typed is answered, narrowed, ordered, and taken back", async (reader, base) => {
  await reader.goto(`${base}search.html`);
  assert.ok(await reader.evaluate(() => document.activeElement.name === "q"), "the box has the focus");
  await reader.page.keyboard.type("learn");
  await reader.until("there are hits", () => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length > 4);
  const all = await titles(reader);
  await reader.press("Enter");
  await reader.click(".search-facets button[data-add^='source:biorxiv']");
  await reader.until("fewer hits", (n) => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length < n && document.querySelectorAll(".search-list:not([aria-busy]) .entry").length > 0, all.length);
  assert.match(await reader.evaluate(() => document.querySelector("input[name=q]").value), /source:biorxiv$/);
  await reader.page.goBack();
  await reader.until("all hits again", (n) => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length === n, all.length);
  await reader.page.selectOption("select[name=sort]", "relevance");
  await reader.until("the order is in the address", () => location.hash.includes("relevance"));
  await reader.until("hits by relevance", isDone);
  assert.equal((await titles(reader)).length, all.length);
  // Page by page to the end.
  await reader.goto(`${base}search.html#q=date:2026`);
  await reader.until("a page of hits", () => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length === 20);
  await reader.click(".search-more");
  await reader.until("another page", () => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length === 40);
  const days = await reader.texts(".search-list .day");
  assert.deepEqual(days, [...days].sort().reverse(), "newest first");
  // Keys walk over hits.
  await reader.evaluate(() => document.activeElement.blur());
  await reader.press("j");
  assert.ok(await reader.evaluate(() => document.activeElement.matches(".search-list .entry")));
});

story("mistakes explain themselves", async (reader, base) => {
  for (const [typed, said] of [["autor:he", /author:/], ["\"offen", /引号/], ["date:2026-13", /2026-13/], ["-注意力", /要找的/], ["++", /\+\+/], ["qqqqqq", /没有找到/], ["source:nope", /nope.*bioRxiv/]]) {
    await reader.goto(`${base}search.html`);
    await reader.page.keyboard.type(typed);
    await reader.until(`${typed} is explained`, (pattern) => new RegExp(pattern).test(document.querySelector(".search-problems").textContent + document.querySelector(".search-status").textContent), said.source);
  }
  assert.ok(await reader.evaluate(() => document.querySelector(".search-facets").hidden), "nothing is promised where there is nothing");
});

story("hostile queries are texts, and long ones do not freeze the page", async (reader, base) => {
  for (const typed of ["<img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "javascript:alert(1)", "{{7*7}}", "(((((", "a".repeat(5000), "\\", "author:\"", "__proto__", "constructor:x", "tag:__proto__"]) {
    await reader.goto(`${base}search.html#${new URLSearchParams({ q: typed })}`);
    await reader.until("it is over", () => !document.querySelector(".search-list[aria-busy]"));
    assert.equal(await reader.evaluate(() => document.querySelectorAll("main img, main script").length), 0);
  }
  const sentence = "序列转换模型长期依赖循环或卷积网络，训练难以并行。文中提出的 Transformer 只用注意力，编码器与解码器由多头自注意力和逐位置的前馈层堆叠而成。".repeat(4).slice(0, 300);
  await reader.goto(`${base}search.html`);
  const longest = await reader.evaluate(async (sentence) => {
    const box = document.querySelector("input[name=q]");
    let worst = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (worst = Math.max(worst, duration)))).observe({ type: "longtask" });
    box.value = sentence;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return worst;
  }, sentence);
  assert.ok(longest < 200, `a task of ${longest} ms`);
});

test("what did not come is told of, and comes when it is asked for again", async () => {
  const browser = await BROWSERS.chromium();
  const reader = await browser.reader(server.url);
  let failing = true;
  await reader.page.route(/search\/[^/]+\/[et]\d+\.js/, (route) => (failing ? route.abort() : route.continue()));
  await reader.goto(`${server.url}search.html#q=注意力`);
  await reader.until("it is told", () => /未能加载/.test(document.querySelector(".search-status").textContent));
  failing = false;
  await reader.page.locator("input[name=q]").press("Enter");
  const [hits] = [...scan(["注意力"], "--root", PROJECT).values()];
  await reader.until("all hits are there", (n) => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length === n, hits.length);
  await browser.stop();
});

test("without JavaScript the search offers the archive", async () => {
  const browser = await BROWSERS.chromium();
  const reader = await browser.reader(folderUrl(SITE), { javaScriptEnabled: false });
  await reader.goto(`${folderUrl(SITE)}index.html`);
  await reader.page.locator(".find").click();
  await reader.page.locator("noscript a").click();
  assert.match(reader.url(), /archive\.html$/);
  await browser.stop();
});

test("browsers are told how to search", () => {
  const xml = readFileSync(path.join(SITE, "opensearch.xml"), "utf8");
  assert.match(xml, new RegExp(`template="${server.url.replaceAll("/", "\\/")}search\\.html\\?q=\\{searchTerms\\}"`));
  assert.match(readFileSync(path.join(SITE, "2026/04/06.html"), "utf8"), /<link rel="search" type="application\/opensearchdescription\+xml"[^>]* href="\.\.\/\.\.\/opensearch\.xml">/);
});

test("a bundle is a site of its own", async () => {
  const zip = (name, ...options) => {
    const file = path.join(place, name);
    const told = execFileSync(BINARY, ["bundle", "--root", PROJECT, "--output", file, ...options], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return { file, told };
  };
  const { file, told } = zip("march.zip", "--since", "2026-03-09", "--until", "2026-03-20", "--source", "arxiv");
  assert.match(told, /MB unpacked/);
  const first = readFileSync(file);
  assert.deepEqual(readFileSync(zip("march.zip", "--since", "2026-03-09", "--until", "2026-03-20", "--source", "arxiv", "--jobs", "1").file), first, "the same bytes again");
  execFileSync("python3", ["-m", "zipfile", "-e", file, place]);
  const site = path.join(place, "march");
  const base = folderUrl(site);
  const browser = await BROWSERS.chromium();
  const reader = await browser.reader(base);
  await reader.goto(`${base}index.html`);
  await reader.press("/");
  await reader.page.keyboard.type("date:2000..");
  await reader.press("Enter");
  await reader.until("hits are there", () => document.querySelectorAll(".search-list:not([aria-busy]) .entry").length > 0);
  const found = await reader.evaluate(searchAll, ["date:2000..", Infinity, false]);
  assert.ok(found.length > 20 && found.every((address) => address >= "2026/03/09" && address <= "2026/03/20.html#~"), `${found}`);
  await reader.click(".search-list .mark.star");
  await reader.click(".search-list .entry h2 a");
  await reader.until("the entry is there", () => document.querySelector(".entry:target.is-star") !== null);
  // Every link of every page leads to a file of the bundle.
  const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html"));
  for (const page of pages) {
    for (const [, link] of readFileSync(path.join(site, page), "utf8").matchAll(/ href="([^"#:?]+)(?:[?#][^"]*)?"/g)) {
      const target = path.join(path.dirname(path.join(site, page)), link);
      assert.ok(existsSync(target), `${page}: ${link}`);
    }
  }
  await reader.leave();
  await browser.stop();
  assert.deepEqual(reader.complaints, []);
});

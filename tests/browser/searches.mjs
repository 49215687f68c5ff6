// Queries drawn from the texts of a site, what a plain scan finds for them, and what the page of the search does.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { BINARY } from "./site.mjs";

const SEED = 20260406;
// So many hits are compared with those of the scan.
const [NEAR, FAR] = [100, 400];

/** What the scan of the command line finds for each query: addresses on the site. */
export function scan(queries, ...folder) {
  const options = { input: queries.join("\n"), maxBuffer: 1 << 30, encoding: "utf8", stdio: ["pipe", "pipe", "ignore"] };
  const out = run(["search", "--quiet", "--format", "jsonl", ...folder, "-"], options);
  const found = new Map(queries.map((query) => [query, []]));
  for (const line of out.split("\n").filter(Boolean)) {
    const { query, page } = JSON.parse(line);
    found.get(query).push(page);
  }
  return found;
}

function run(args, options) {
  try {
    return execFileSync(BINARY, args, options);
  } catch (error) {
    // Code 1 says that nothing was found.
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

/** Numbers that are the same in every run (mulberry32). */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Queries drawn from the texts of entries: parts of Chinese, words and beginnings, names, phrases, mixtures, ranges. */
export function draw(entries, n) {
  const next = random(SEED);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const between = (low, high) => low + Math.floor(next() * (high - low + 1));
  const han = (entry) => pick((entry.title + entry.summary).match(/\p{Script=Han}{2,}/gu) ?? [""]);
  const part = (text, length) => {
    const at = Math.floor(next() * Math.max(1, text.length - length + 1));
    return text.slice(at, at + length);
  };
  const words = (entry) => `${entry.original_title} ${entry.summary}`.match(/[A-Za-z]{3,}/g) ?? [];
  const KINDS = [
    (entry) => part(han(entry), between(2, 8)),
    (entry) => part(han(entry), between(2, 4)),
    (entry) => `${pick(words(entry)) ?? ""} `,
    (entry) => `${pick(words(entry)) ?? ""} ${pick(words(entry)) ?? ""} `,
    (entry) => (pick(words(entry)) ?? "").slice(0, between(3, 6)),
    (entry) => pick(entry.authors) ?? "",
    (entry) => `author:${(pick(entry.authors) ?? "").split(/[\s,]+/)[0]}`,
    (entry) => {
      const all = entry.original_title.split(/\s+/);
      const from = between(0, Math.max(0, all.length - 3));
      return `"${all.slice(from, from + between(2, 3)).join(" ").replaceAll('"', "")}"`;
    },
    (entry) => `${part(han(entry), 2)} ${pick(words(entry)) ?? ""} `,
    (entry) => `${part(han(entry), between(2, 3))} date:${entry.day.slice(0, 7)}`,
    (entry) => `${pick(words(entry)) ?? ""} date:${entry.day.slice(0, 4)}-01..${entry.day} source:${entry.source}`,
    (entry) => `${part(han(entry), 2)} -${part(han(entry), 2)}`,
    (entry) => entry.id ?? "",
  ];
  const queries = new Set();
  for (let i = 0; queries.size < n && i < n * 20; i += 1) {
    const query = KINDS[i % KINDS.length](pick(entries)).replace(/[\r\n]+/g, " ");
    if (query.trim().replace(/["\-]/g, "").length > 1) queries.add(query);
  }
  return [...queries];
}

export const entriesOf = (...folder) => run(["search", "--quiet", "--format", "jsonl", ...folder, "date:1900.."], { maxBuffer: 1 << 30, encoding: "utf8" })
  .split("\n").filter(Boolean).map((line) => JSON.parse(line));

/** In the page: everything that is found, page by page, up to `most`. */
export async function searchAll([typed, most, byRelevance]) {
  const { Search, parse } = daysheet.searching;
  const search = new Search(parse(typed), byRelevance);
  await search.begin();
  const addresses = [];
  while (!search.isDone && addresses.length < most) {
    search.limit = Infinity;
    for (const { record, place } of await search.next()) addresses.push(daysheet.searching.addressOf(record, place));
  }
  return addresses;
}

/**
 * Asks in a page what was asked of the scan, each query in a fresh one, and says whether the first hits and those after them are right: of
 * every third query as many as `FAR`, of the others as many as `NEAR`. Gives the bytes and times of the first page of hits besides; with
 * more than one tab, which is faster in all, each of them takes longer.
 */
export async function compare(browser, base, site, queries, expected, tabs = 1) {
  const wrong = [];
  const pages = [];
  const rest = [...queries.entries()];
  const tab = async () => {
    const reader = await browser.reader(base);
    for (let next = rest.shift(); next; next = rest.shift()) {
      const [i, query] = next;
      const page = await askAfresh(reader, base, query);
      pages.push(page);
      const { first, size, isCut } = page;
      const wanted = expected.get(query);
      if (JSON.stringify(first) !== JSON.stringify(wanted.slice(0, first.length)) || (!isCut && first.length < Math.min(size, wanted.length))) wrong.push(`${query}: page of ${first.length}, ${wanted.length} in all`);
      const most = i % 3 === 0 ? FAR : NEAR;
      const all = await reader.evaluate(searchAll, [query, most, false]);
      if (JSON.stringify(all.slice(0, most)) !== JSON.stringify(wanted.slice(0, most))) wrong.push(`${query}: ${all.length} of ${wanted.length}`);
    }
    await reader.leave();
  };
  await Promise.all(Array.from({ length: tabs }, tab));
  const bytes = pages.map(({ files }) => files.reduce((sum, file) => sum + sizeOf(site, file), 0));
  const short = pages.filter(({ first, size, isCut }) => isCut && first.length < size).length;
  const [median, p95] = [at(bytes, 0.5), at(bytes, 0.95)];
  const nHits = queries.reduce((sum, query) => sum + expected.get(query).length, 0);
  const text = `${nHits} hits, ${timesOf(pages)}, ${median} bytes in gzip (median), ${p95} (95 %), ${short} pages cut short by the budget`;
  return { wrong, short, median, p95, text };
}

/** How long fresh pages take to the first hit of each query: the median in ms, and a text. */
export async function paceOfHits(browser, base, queries) {
  const reader = await browser.reader(base);
  const pages = [];
  for (const query of queries) pages.push(await askAfresh(reader, base, query));
  await reader.leave();
  return { median: at(pages.map(({ sooner }) => sooner), 0.5), text: timesOf(pages) };
}

async function askAfresh(reader, base, query) {
  await reader.goto(`${base}search.html`);
  return reader.evaluate(firstPage, query);
}

function timesOf(pages) {
  const inMs = (list) => `${Math.round(at(list, 0.5))} ms (median), ${Math.round(at(list, 0.95))} ms (95 %)`;
  return `first hit ${inMs(pages.map(({ sooner }) => sooner))}, first page ${inMs(pages.map(({ ms }) => ms))}`;
}

/** The value below which this share of a list lies. */
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];

/** How long a browser takes for a file of the index in ms, one loaded after the other: what a machine is worth at that moment. */
export async function paceOf(browser, base) {
  const reader = await browser.reader(base);
  const paces = [];
  for (let round = 0; round < 3; round += 1) {
    await reader.goto("about:blank");
    await reader.goto(`${base}search.html`);
    paces.push(await reader.evaluate(loadOneByOne, 20));
  }
  await reader.leave();
  return paces.sort((a, b) => a - b)[1];
}

/** In the page: the mean time for a file of the largest segment, in ms. */
async function loadOneByOne(n) {
  const load = (key) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: `${daysheet.root}search/${key}.js`, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  const manifest = new Promise((resolve) => (daysheet.search.manifest = resolve));
  daysheet.search.put = () => {};
  await load("index");
  const { segments } = await manifest;
  const { name } = segments.reduce((largest, one) => (one.n > largest.n ? one : largest));
  const start = performance.now();
  for (let i = 0; i < n; i += 1) await load(`${name}/e${i}`);
  return (performance.now() - start) / n;
}

/** In the page: the first page of hits, the files it took, and how long it was till the first hit (or till there was none) and to the end. */
async function firstPage(typed) {
  const { Search, parse } = daysheet.searching;
  const start = performance.now();
  const search = new Search(parse(typed), false);
  await search.begin();
  let sooner;
  const page = await search.next(() => (sooner ??= performance.now() - start));
  const ms = performance.now() - start;
  const files = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("/search/"));
  const first = page.map(({ record, place }) => daysheet.searching.addressOf(record, place));
  return { first, size: search.page, isCut: search.isSpent && !search.isDone, files, sooner: sooner ?? ms, ms };
}

const sizes = new Map();

function sizeOf(site, url) {
  if (!sizes.has(url)) sizes.set(url, gzipSync(readFileSync(path.join(site, decodeURI(new URL(url).pathname).replace(/^.*\/search\//, "search/")))).length);
  return sizes.get(url);
}

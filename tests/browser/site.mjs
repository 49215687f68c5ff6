// What the tests share: where the sites are, which page is of which kind, a server, and a browser that tells on the page.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const DEMO = path.join(PROJECT, "target/site-root");
export const CORPUS = path.join(PROJECT, "target/site-corpus");
export const THEMES = ["default", "broadsheet"];
export const WIDTHS = [320, 360, 768, 1280, 2560];
const SHARED = process.env.DAYSHEET_SHARED ?? path.join(PROJECT, "../shared");
// Digests of a real site, where they are.
export const DIGESTS = path.join(SHARED, "corpus/arxiv-daily");
export const BASE_PATH = "/repo/";
// Milliseconds that what a story waits for may take. A slow machine is no fault.
export const PATIENCE = 20_000;

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const FIREFOX = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
export const CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"];

export const BINARY = path.join(PROJECT, "target/release/daysheet");
// What the demo lacks for having every kind of page and entry: a digest in two languages, and one of mere titles.
const MORE = path.join(PROJECT, "tests/browser/content");

// The kinds of pages by their path. The first that fits counts.
const KINDS = [
  ["home", /^index\.html$/],
  ["not_found", /^404\.html$/],
  ["archive", /^archive\.html$/],
  ["statistics", /^statistics\.html$/],
  ["day", /^\d{4}\/\d\d\/\d\d\.html$/],
  ["translated day", /^\d{4}\/\d\d\/\d\d\.[a-z-]+\.html$/],
  ["week", /^\d{4}\/w\d\d\.html$/],
  ["month", /^\d{4}\/\d\d\/index\.html$/],
  ["year", /^\d{4}\/index\.html$/],
  ["sources", /^sources\/index\.html$/],
  ["source", /^sources\//],
  ["tags", /^tags\/index\.html$/],
  ["tag", /^tags\//],
  ["authors", /^authors\/index\.html$/],
  ["author_group", /^authors\/[^/]+\/index\.html$/],
  ["author", /^authors\//],
  ["work", /^works\//],
  ["watches", /^watch\/index\.html$/],
  ["watch", /^watch\//],
  ["feeds", /^feeds\/index\.html$/],
  ["redirect", /^daily\//],
  ["since", /^since\.html$/],
  ["search", /^search\.html$/],
  ["stars", /^stars\.html$/],
  ["reader", /^reader\.html$/],
  ["own", /^pages\//],
];

export const kindOf = (page) => KINDS.find(([, form]) => form.test(page))?.[0];

/** The pages of a site, as sorted paths relative to its folder. */
export function pagesOf(site) {
  const files = readdirSync(site, { recursive: true }).map((file) => file.split(path.sep).join("/"));
  return files.filter((file) => file.endsWith(".html")).sort();
}

/** The pages of a site by kind; days also by what is special about them. */
export function pagesByKind(site) {
  const kinds = groupBy(pagesOf(site), kindOf);
  const days = (kinds.get("day") ?? []).map((page) => [page, readFileSync(path.join(site, page), "utf8")]);
  const daysWith = (...marks) => days.filter(([, html]) => marks.every((mark) => html.includes(mark))).map(([page]) => page);
  return kinds
    .set("day with formulas", daysWith("<math"))
    .set("day with notes", daysWith('class="note"'))
    .set("empty day", daysWith('class="state"'));
}

/** The largest of the pages: the one with the most that can be wrong. */
export function largestOf(site, pages) {
  const size = (page) => statSync(path.join(site, page)).size;
  return pages.reduce((largest, page) => (size(page) > size(largest) ? page : largest));
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Builds a site with the release binary; a build that fails throws with what it printed. */
export function build(root, output, ...options) {
  execFileSync(BINARY, ["build", "--quiet", "--root", root, "--output", output, ...options], { stdio: "pipe" });
}

/** Builds a site in one of the themes. `prepare` may put files into its root, beside the settings. */
export function buildInTheme(theme, output, settings, { prepare = () => {}, options = [] } = {}) {
  const root = mkdtempSync(path.join(tmpdir(), "daysheet-theme-"));
  try {
    prepare(root);
    // Settings of the whole site have to stand before the first table.
    writeFileSync(path.join(root, "site.toml"), `theme = "${theme}"\n${settings.replace(/^theme\s*=.*$/m, "")}`);
    // Pages left over from an earlier build would be tested too.
    rmSync(output, { recursive: true, force: true });
    build(root, output, ...options);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Builds the demo in one of the themes, with more digests besides, and says where it is. */
export function buildDemo(theme) {
  const output = path.join(PROJECT, `target/site-${theme}`);
  const copy = (from, to) => cpSync(from, to, { recursive: true });
  const prepare = (root) => {
    for (const folder of ["content", "pages"]) copy(path.join(PROJECT, folder), path.join(root, folder));
    copy(MORE, path.join(root, "content"));
  };
  buildInTheme(theme, output, readFileSync(path.join(PROJECT, "site.toml"), "utf8"), { prepare });
  return output;
}

/** The URL of a folder, ending with a slash. */
export const folderUrl = (folder) => pathToFileURL(folder + path.sep).href;

const MEDIA_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};
const COMPRESSED = /^text\/|xml/;

/**
 * Serves a folder under /repo/ as GitHub Pages does: index files for folders, 404.html for unknown addresses, text in gzip.
 * With a `pause` in ms pages trickle in, piece by piece, as over a bad connection.
 */
export async function serve(folder, { pause } = {}) {
  const server = createServer(async (request, response) => {
    const found = fileAt(folder, new URL(request.url, "http://localhost").pathname);
    const file = found ?? path.join(folder, "404.html");
    const type = MEDIA_TYPES[path.extname(file)] ?? "application/octet-stream";
    if (pause && type.startsWith("text/html")) {
      response.writeHead(found ? 200 : 404, { "content-type": type });
      await trickle(response, readFileSync(file), pause);
      return;
    }
    const gzip = COMPRESSED.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"]);
    response.writeHead(found ? 200 : 404, { "content-type": type, ...(gzip && { "content-encoding": "gzip" }) });
    response.end(gzip ? gzipSync(readFileSync(file), { level: 1 }) : readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}${BASE_PATH}`;
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url, stop };
}

/** Sends bytes in pieces with pauses between them. */
async function trickle(response, bytes, pause) {
  const PIECES = 8;
  const size = Math.ceil(bytes.length / PIECES);
  for (let at = 0; at < bytes.length; at += size) {
    response.write(bytes.subarray(at, at + size));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  response.end();
}

function fileAt(folder, address) {
  if (!address.startsWith(BASE_PATH)) return undefined;
  const file = path.join(folder, path.normalize("/" + decodeURIComponent(address.slice(BASE_PATH.length))));
  if (!existsSync(file)) return undefined;
  if (!statSync(file).isDirectory()) return file;
  const index = path.join(file, "index.html");
  return existsSync(index) ? index : undefined;
}

/** Starts the installed Chromium; nothing is downloaded. One that crashes while it starts has seen no page yet: it is started again, aloud. */
export async function launch() {
  const start = () => chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
  return start().catch((error) => {
    console.error(`${CHROMIUM} did not start and is started again: ${error.message.split("\n")[0]}`);
    return start();
  });
}

/**
 * Collects what a page must never do: errors, dialogs, failed requests, requests that leave the site.
 * A request to elsewhere than the site at `base` is told of, and no other host is found by this browser. `lost` are addresses that are meant to be unknown.
 */
export async function watch(page, base, lost = []) {
  const complaints = [];
  const complain = (what) => complaints.push(`${what}, on ${page.url()}`);
  page.on("console", (message) => {
    const expected = lost.includes(message.location().url) && message.text().includes("404");
    if (message.type() === "error" && !expected) complain(`console error: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`page error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    // The page may be gone by then, and the dialog with it.
    return dialog.dismiss().catch(() => {});
  });
  page.on("popup", (popup) => complain(`popup: ${popup.url()}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // The icon may still be on its way when the reader goes on.
    if (why !== "net::ERR_ABORTED") complain(`failed request: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !lost.includes(response.url())) complain(`status ${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const isOurs = request.url().startsWith(base) || /^(about|blob|data):/.test(request.url());
    if (!isOurs) complain(`request outside the site: ${request.url()}`);
  });
  return complaints;
}

/**
 * Makes the function that tells stories of a site in each of its places, such as files and a server: names with functions that say where
 * the site begins, since a server is known only when the tests run, as the browser is. Nothing the browser can complain of may happen.
 */
export const storiesIn = (places, browserOf) => (name, tell, options = {}) => {
  for (const [place, baseOf] of Object.entries(places)) {
    test(`${name} (${place})`, async () => {
      const base = baseOf();
      const context = await browserOf().newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      const complaints = await watch(page, base);
      try {
        await tell(page, base);
      } finally {
        await context.close();
      }
      assert.deepEqual(complaints, []);
    });
  }
};

// What the tests share: where the sites are, which page is of which kind, a server, and a browser that tells on the page.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const DEMO = path.join(PROJECT, "target/site-root");
export const CORPUS = path.join(PROJECT, "target/site-corpus");
export const WIDTHS = [320, 360, 768, 1280];
export const BASE_PATH = "/repo/";

const BINARY = path.join(PROJECT, "target/release/daysheet");

// The kinds of pages by their path. The first that fits counts.
const KINDS = [
  ["home", /^index\.html$/],
  ["not_found", /^404\.html$/],
  ["archive", /^archive\.html$/],
  ["day", /^\d{4}\/\d\d\/\d\d\.html$/],
  ["month", /^\d{4}\/\d\d\/index\.html$/],
  ["year", /^\d{4}\/index\.html$/],
  ["sources", /^sources\/index\.html$/],
  ["source", /^sources\//],
  ["tags", /^tags\/index\.html$/],
  ["tag", /^tags\//],
  ["authors", /^authors\/index\.html$/],
  ["author_group", /^authors\/[^/]+\/index\.html$/],
  ["author", /^authors\//],
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

/** The URL of a folder, ending with a slash. */
export const folderUrl = (folder) => pathToFileURL(folder + path.sep).href;

const MEDIA_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/** Serves a folder under /repo/ as GitHub Pages does: index files for folders, 404.html for unknown addresses. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const found = fileAt(folder, new URL(request.url, "http://localhost").pathname);
    const file = found ?? path.join(folder, "404.html");
    response.writeHead(found ? 200 : 404, { "content-type": MEDIA_TYPES[path.extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}${BASE_PATH}`;
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url, stop };
}

function fileAt(folder, address) {
  if (!address.startsWith(BASE_PATH)) return undefined;
  const file = path.join(folder, path.normalize("/" + decodeURIComponent(address.slice(BASE_PATH.length))));
  if (!existsSync(file)) return undefined;
  if (!statSync(file).isDirectory()) return file;
  const index = path.join(file, "index.html");
  return existsSync(index) ? index : undefined;
}

/** Starts the installed Chromium; nothing is downloaded. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, args });
}

/**
 * Collects what a page must never do: errors, dialogs, failed requests, requests that leave the site.
 * Nothing outside the site at `base` is fetched. `lost` is an address that is meant to be unknown.
 */
export async function watch(page, base, lost) {
  const complaints = [];
  const complain = (what) => complaints.push(`${what}, on ${page.url()}`);
  page.on("console", (message) => {
    const expected = message.location().url === lost && message.text().includes("404");
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
    if (response.status() >= 400 && response.url() !== lost) complain(`status ${response.status()}: ${response.url()}`);
  });
  await page.route("**", (route) => {
    if (route.request().url().startsWith(base)) return route.continue();
    complain(`request outside the site: ${route.request().url()}`);
    return route.abort();
  });
  return complaints;
}

// The search on any site, against a scan of its digests: node search-figures.mjs ROOT SITE [QUERIES]
// Prints bytes and times to the first page of hits, and every query that was answered otherwise than by the scan.

import path from "node:path";
import { BROWSERS } from "./readers.mjs";
import { compare, draw, entriesOf, scan } from "./searches.mjs";
import { serve } from "./site.mjs";

const [root, folder, n = "100"] = process.argv.slice(2);
const site = path.resolve(folder);
const browser = await BROWSERS.chromium();
const server = await serve(site);
// Of a very large archive the newest part is enough to draw from.
const queries = draw(entriesOf("--root", root, "--limit", "100000"), Number(n));
const { text, wrong } = await compare(browser, server.url, site, queries, scan(queries, "--root", root, "--limit", "500"));
console.log(`${queries.length} queries: ${text}`);
for (const query of wrong) console.log(`otherwise: ${query}`);
await browser.stop();
await server.stop();

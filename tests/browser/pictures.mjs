// Takes the pictures that the README shows: `npm run pictures`, after `scripts/test browser`.

import { mkdirSync } from "node:fs";
import path from "node:path";
import { DEMO, PROJECT, buildDemo, folderUrl, launch } from "./site.mjs";

const FOLDER = path.join(PROJECT, "docs/pictures");
// Name, page, size of the window, light or dark, theme.
const PICTURES = [
  ["day", "2026/04/06.html", [1200, 800], "light"],
  ["phone", "2026/04/06.html", [390, 800], "dark"],
  ["archive", "archive.html", [1200, 560], "light"],
  ["broadsheet", "index.html", [1200, 800], "light", "broadsheet"],
];

mkdirSync(FOLDER, { recursive: true });
const browser = await launch();
for (const [name, address, [width, height], colorScheme, theme] of PICTURES) {
  const site = theme ? buildDemo(theme) : DEMO;
  const page = await browser.newPage({ colorScheme, viewport: { width, height } });
  // The demo's digests are of a past that the pages would speak of.
  await page.clock.setFixedTime("2026-04-06T08:00:00Z");
  await page.goto(folderUrl(site) + address);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
  await page.close();
}
await browser.close();

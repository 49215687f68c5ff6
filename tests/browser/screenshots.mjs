// Takes pictures of every kind of page of the demo site in every theme, for people to look at: `npm run shots`, after
// `scripts/test browser`.

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { PROJECT, THEMES, buildDemo, folderUrl, launch, pagesByKind } from "./site.mjs";

const SHOTS = path.join(PROJECT, "target/shots");
const WIDTHS = [360, 768, 1280];
const TALLEST = 6000;

const browser = await launch();
for (const theme of THEMES) {
  const site = buildDemo(theme);
  const album = path.join(SHOTS, theme);
  rmSync(album, { recursive: true, force: true });
  mkdirSync(album, { recursive: true });
  for (const colorScheme of ["light", "dark"]) {
    for (const width of WIDTHS) await shoot(site, album, colorScheme, width);
  }
}
await browser.close();
console.log(`pictures are in ${path.relative(process.cwd(), SHOTS)}`);

async function shoot(site, album, colorScheme, width) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  const page = await context.newPage();
  for (const [kind, pages] of pagesByKind(site)) {
    if (pages.length === 0) continue;
    await page.goto(folderUrl(site) + pages.at(-1));
    const picture = path.join(album, `${kind.replaceAll(" ", "-")}-${width}-${colorScheme}.png`);
    await page.screenshot({ path: picture, ...(await wholePage(page, width)) });
  }
  await context.close();
}

/** The whole page, or the upper part of one that is too tall to look at. */
async function wholePage(page, width) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  return { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) } };
}

// The rules of WCAG 2.2, levels A and AA, and axe's own advice hold on every kind of page: in every theme, light and dark, on a
// phone and on a desk, with everything unfolded and what a reader keeps (stars, read marks, words, visits), and on a phone as the page
// comes. Dark differs from light in colours alone, so that only the rules on colours are asked again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { THEMES, buildDemo, folderUrl, largestOf, launch, pagesByKind } from "./site.mjs";

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = "cat.color";
const PHONE = 360;
const WIDTHS = [PHONE, 1280];

let browser;

before(async () => {
  browser = await launch();
});

after(() => browser?.close());

for (const theme of THEMES) {
  describe(theme, { concurrency: 2 }, () => {
    let site;
    before(() => {
      site = buildDemo(theme);
    });

    for (const width of WIDTHS) {
      test(`${width} px`, async () => {
        const violations = await violationsOn(site, { viewport: { width, height: 800 } });
        assert.equal(violations.length, 0, `${violations.length} violations: ${theme}, ${width} px\n${violations.join("\n")}`);
      });
    }
  });
}

/** What is wrong with a page of each kind, as this reader sees it. */
async function violationsOn(site, reader) {
  // Axe is put into pages whose security policy allows no script but their own; fading colours would be measured half-way.
  const context = await browser.newContext({ ...reader, bypassCSP: true, reducedMotion: "reduce" });
  await context.addInitScript(AXE);
  const page = await context.newPage();
  const violations = [];
  // A redirect is gone before it is looked at. The same day may be the largest in several ways.
  const largest = [...pagesByKind(site)].filter(([kind]) => kind !== "redirect").map(([kind, pages]) => [largestOf(site, pages), kind]);
  const kinds = [...new Map(largest.reverse())].map(([name, kind]) => [kind, name]);
  const look = async (kind, name, state, change = () => {}) => {
    await page.goto(folderUrl(site) + name);
    // Entries far from the window have no place of their own until a reader comes near; all are looked at as they are then.
    await page.addStyleTag({ content: ".entry { content-visibility: visible !important; }" });
    await change(page);
    for (const [colorScheme, topic] of [["light"], ["dark", COLOURS]]) {
      await page.emulateMedia({ colorScheme });
      violations.push(...(await run(page, topic)).map((violation) => `${name} (${kind}, ${state}, ${colorScheme}): ${violation}`));
    }
  };
  if (reader.viewport.width === PHONE) {
    for (const [kind, name] of kinds) await look(kind, name, "as it comes");
  }
  await page.goto(`${folderUrl(site)}reader.html`);
  await page.evaluate(keep, kinds.find(([kind]) => kind === "day")[1]);
  // What is unfolded is added to what is there: a third look at it alone would find nothing else.
  for (const [kind, name] of kinds) await look(kind, name, "unfolded, with what a reader keeps", unfold);
  const [, day] = kinds.find(([kind]) => kind === "day");
  await look("day", day, "with the list of keys", async (page) => {
    await page.keyboard.press("Shift+?");
    assert.ok(await page.locator("dialog.keys").isVisible());
  });
  await look("day", day, "with a citation", async (page) => {
    await page.locator(".mark.cite").first().click();
    await page.locator("dialog.cite-box").waitFor();
  });
  await look("search", "search.html", "with hits", async (page) => {
    await page.locator(".search-page input").fill("注意力 autor:x");
    await page.locator(".search-problems li").first().waitFor();
    await page.locator(".search-page input").fill("注意力");
    await page.locator(".search-list .entry").first().waitFor();
  });
  await context.close();
  return violations;
}

/** In the page: keeps something of every kind, for the entries that the demo has. */
function keep(day) {
  const { store } = daysheet;
  const url = `${day}#arxiv-1706.03762`;
  store.update("settings", (mine) => Object.assign(mine, { watched: ["learn", "注意力", "author:he", "tag:cs.CL"], muted: ["diffusion"], hideRepeats: false, originalFirst: true }));
  store.update("stars", (stars) => stars.set("arxiv-1706.03762", { title: "Attention", original: "注意力", url, at: 1, authors: "Vaswani, A.", id: "arXiv:1706.03762", link: "https://arxiv.org/abs/1706.03762" }));
  store.update("read", (read) => ["arxiv-1706.03762", "arxiv-2005.14165", "arxiv-2103.00020"].forEach((key) => read.add(key)));
  const visit = (days) => ({ at: Date.now() - days * 86_400_000, counts: { "2026-03-30": { arxiv: 1 } } });
  store.update("visits", (visits) => Object.assign(visits, { at: 1, list: [visit(9), visit(5)] }));
}

/** Opens everything that is folded. */
function unfold(page) {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** The violations on the page as it is now, one text for each element: of the rules with any of these tags, and with `topic` if there is one. */
async function run(page, topic) {
  const { violations } = await page.evaluate(([tags, topic]) => {
    const ids = () => axe.getRules(tags).filter((rule) => rule.tags.includes(topic)).map(({ ruleId }) => ruleId);
    return axe.run({ runOnly: topic ? { type: "rule", values: ids() } : tags, resultTypes: ["violations"] });
  }, [TAGS, topic]);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}\n    ${summaryOf(node)}`));
}

function summaryOf({ failureSummary }) {
  return failureSummary.replace(/\s*\n\s*/g, " ");
}

// Digests that try to smuggle markup, scripts and addresses into the pages, through every field that people write. Every page
// is opened in Chromium, with the site's content security policy switched off, so that the pages have to be harmless by
// themselves; and what they consist of is compared with short lists of what is allowed.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { build, folderUrl, kindOf, launch, pagesOf, watch } from "./site.mjs";

const ATTACKS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe src=//evil.example></iframe>",
  "<form action=//evil.example><input autofocus onfocus=alert(1)></form>",
  "$\\operatorname{<svg/onload=alert(1)>}$",
  "$\\operatorname{\\lt svg onload=alert(1)\\gt}$",
  "$\\text{<img src=x onerror=alert(1)>}$",
  "$\\href{javascript:alert(1)}{x}$",
  "$$\\operatorname{</math><script>alert(1)</script>}$$",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "[x](vbscript:alert(1))",
  "![x](http://evil.example/x.png)",
  "<javascript:alert(1)>",
  '<a href="javascript:alert(1)">',
  "{{ 7*7 }}",
  "{% raw %}",
  "{# x #}",
  '" onmouseover="alert(1)',
  "' onmouseover='alert(1)",
  "</title><script>alert(1)</script>",
  "</details></main><script>alert(1)</script>",
  "]]>",
  "]]><script>alert(1)</script>",
  "-->",
  "<!--",
  "\u202Eevil\u202C \u2066x\u2069 \u200F",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;alert(1)&#60;/script&#62;",
  "javascript&colon;alert(1)",
  "[x](javascript&colon;alert(1))",
  "[x](java&Tab;script:alert(1))",
  "<math><mtext><img src=x onerror=alert(1)>",
  "<style>*{display:none}</style>",
  "<base href=//evil.example>",
  "<meta http-equiv=refresh content=0;url=//evil.example>",
  "`<script>alert(1)</script>`",
  "\0<script>alert(1)</script>",
];

// What may be inside `main`: the elements of the templates, of Markdown and of MathML.
const ALLOWED = {
  "http://www.w3.org/1999/xhtml": `a abbr article blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr li
    nav ol p pre section span strong sub summary sup table tbody td th thead time tr ul`,
  "http://www.w3.org/1998/Math/MathML": `annotation math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom
    mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics`,
};
const SCHEMES = ["http:", "https:", "mailto:"];
// The columns of the digests: field and heading.
const COLUMNS = [
  ["title", "Title"],
  ["authors", "Authors"],
  ["link", "Link"],
  ["summary", "Abstract"],
  ["note", "Comment"],
  ["unknown", "Weather"],
  ["tag", "Tags"],
];
// Whatever becomes of an attack, the word before it must be on the page; or the tests could pass by losing the rows.
const WORDS = ["preface", ...COLUMNS.map(([field]) => field).filter((field) => field !== "link")];

const place = mkdtempSync(path.join(tmpdir(), "daysheet-injection-"));
const site = path.join(place, "site");
let browser;

before(async () => {
  const content = path.join(place, "content");
  mkdirSync(content);
  ATTACKS.forEach((attack, i) => writeFileSync(path.join(content, fileName(attack, i)), digest(attack, i)));
  build(place, site);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  rmSync(place, { recursive: true, force: true });
});

test("every digest became a day", () => {
  const days = pagesOf(site).filter((page) => kindOf(page) === "day");
  assert.equal(days.length, ATTACKS.length);
});

test("no page does or contains anything that a digest asked for", async () => {
  const { page, complaints } = await openContext();
  const faults = [];
  for (const file of pagesOf(site)) faults.push(...(await faultsOf(page, file)).map((fault) => `${file}: ${fault}`));
  assertNone([...faults, ...complaints]);
});

test("the words around an attack stay on the page", async () => {
  const { page, complaints } = await openContext();
  const lost = [];
  for (const [i] of ATTACKS.entries()) {
    await page.goto(pageOf(i));
    const text = await page.evaluate(() => document.querySelector("main").textContent);
    const missing = WORDS.map((field) => word(field, i)).filter((word) => !text.includes(word));
    lost.push(...missing.map((word) => `${word} of ${ATTACKS[i]}`));
  }
  assertNone([...lost, ...complaints]);
});

test("templates in digests are text", async () => {
  const { page } = await openContext();
  await page.goto(pageOf(ATTACKS.indexOf("{{ 7*7 }}")));
  assert.ok((await page.locator("main h3").first().textContent()).includes("{{ 7*7 }}"));
});

async function openContext() {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  return { page, complaints: await watch(page, folderUrl(site)) };
}

async function faultsOf(page, file) {
  const url = folderUrl(site) + file.split("/").map(encodeURIComponent).join("/");
  try {
    await page.goto(url);
    const faults = await page.evaluate(inspect, { allowed: ALLOWED, schemes: SCHEMES, site: folderUrl(site) });
    return page.url() === url ? faults : [...faults, `went to ${page.url()}`];
  } catch (error) {
    // A page that leads elsewhere ends what runs in it.
    return [error.message];
  }
}

/** Runs in the page: says what is there that must not be. */
function inspect({ allowed, schemes, site }) {
  const faults = [];
  const show = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  for (const element of document.querySelectorAll("main *")) {
    const names = (allowed[element.namespaceURI] ?? "").split(/\s+/);
    if (!names.includes(element.localName)) faults.push(`element ${show(element)}`);
  }
  const never = "script, style, base, object, embed, iframe, form, meta[http-equiv=refresh i]";
  faults.push(...Array.from(document.querySelectorAll(never), (element) => `element ${show(element)}`));
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) faults.push(`attribute ${name} in ${show(element)}`);
      if (!/^(xlink:)?href$|^src$|^action$|^formaction$/i.test(name)) continue;
      const url = URL.canParse(value, document.baseURI) && new URL(value, document.baseURI);
      if (!url || !(schemes.includes(url.protocol) || url.href.startsWith(site))) faults.push(`address in ${show(element)}`);
    }
  }
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
  if (document.body.lastElementChild?.localName !== "footer") faults.push("the page does not end with its footer");
  return faults;
}

/** A day for each attack: rows with it in every field, in each one alone, and in none. No attack has a bar to tear a row. */
function digest(attack, i) {
  const fields = COLUMNS.map(([field]) => field);
  const headings = COLUMNS.map(([field, heading]) => (field === "unknown" ? `${heading} ${attack}` : heading));
  const rows = [fields, ...fields.map((field) => [field]), []].map((hit, n) => row(attack, i, n, hit));
  return `# Digest ${dayOf(i)} ${attack}

${word("preface", i)} ${attack}

| ${headings.join(" | ")} |
${"|---".repeat(COLUMNS.length)}|
${rows.join("\n")}
`;
}

function row(attack, i, n, hit) {
  const cells = COLUMNS.map(([field]) => {
    if (field === "link") return hit.includes("link") ? attack : `https://example.org/${i}/${n}`;
    return hit.includes(field) ? `${word(field, i)} ${attack}` : `Plain ${field}`;
  });
  return `| ${cells.join(" | ")} |`;
}

function word(field, i) {
  return `${field}word${i}`;
}

function dayOf(i) {
  return new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
}

/** The address of the day of an attack. */
function pageOf(i) {
  return `${folderUrl(site)}${dayOf(i).replaceAll("-", "/")}.html`;
}

/** The attack in a file's name, without what a file's name cannot have. */
function fileName(attack, i) {
  return `${dayOf(i)}-source ${attack.replaceAll("/", "").replaceAll("\0", "")}.md`;
}

function assertNone(faults) {
  assert.equal(faults.length, 0, `${faults.length} faults\n${faults.slice(0, 60).join("\n")}`);
}

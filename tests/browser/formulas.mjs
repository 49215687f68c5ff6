// A contact sheet of formulas as browsers show them, for people to look at: `node formulas.mjs`, after `scripts/test browser`.
// Chromium is driven; Firefox, if it is installed, takes the picture by itself.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PROJECT, build, folderUrl, launch } from "./site.mjs";

const FORMULAS = [
  "\\mathcal{O}(n\\log n)", "E = mc^2", "\\frac{\\partial L}{\\partial \\theta}", "\\sum_{i=1}^{n} x_i^2", "\\int_0^\\infty e^{-x}\\,dx",
  "\\sqrt{\\frac{a^2+b^2}{2}}", "\\mathbb{E}_{x\\sim p}[\\log q(x)]", "\\hat{\\theta} = \\arg\\max_\\theta \\ell(\\theta)",
  "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}", "\\mathbf{x}^\\top \\mathbf{W}\\mathbf{x}", "10^{-3}\\,\\mathrm{eV}",
  "H_2O \\rightarrow H^+ + OH^-", "\\alpha,\\beta,\\gamma,\\Gamma,\\Delta,\\Omega", "\\overline{z_1 z_2} = \\bar z_1 \\bar z_2",
  "\\lim_{n\\to\\infty}\\left(1+\\frac1n\\right)^n", "f:\\mathbb{R}^d\\to\\mathbb{R}", "\\|x\\|_2 \\le \\epsilon", "p(y\\mid x)",
  "\\binom{n}{k}", "\\prod_{k=1}^{K} \\sigma_k", "\\nabla \\cdot \\vec{E} = \\frac{\\rho}{\\varepsilon_0}", "A \\cup B \\subseteq C",
  "\\begin{cases} 1 & x>0 \\\\ 0 & x\\le 0 \\end{cases}", "\\lambda_{\\max}(A)", "1024\\times 1024", "R_{\\star}", "\\tilde{O}(\\sqrt{T})",
  "\\mathscr{L}(\\phi)", "\\underbrace{a+b}_{c}", "\\lfloor x \\rfloor + \\lceil y \\rceil",
];

const place = mkdtempSync(path.join(tmpdir(), "daysheet-formulas-"));
const out = path.join(PROJECT, "target/shots");
mkdirSync(path.join(place, "content"));
mkdirSync(out, { recursive: true });
const list = FORMULAS.map((formula, i) => `- [${i + 1}: $${formula}$](https://example.org/${i}) 公式 $${formula}$ in a line, and ${i % 5 ? "" : `$$${formula}$$`}`);
writeFileSync(path.join(place, "content/2026-01-01.md"), `# Formulas\n\n${list.join("\n")}\n`);
build(place, path.join(place, "site"));
const url = `${folderUrl(path.join(place, "site"))}2026/01/01.html`;

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 640, height: 4200 } });
await page.goto(url);
await page.evaluate(() => document.fonts.ready);
console.log(`${await page.locator("main math").count()} formulas, ${await page.locator("main merror").count()} errors`);
await page.screenshot({ path: path.join(out, "formulas-chromium.png") });
await browser.close();

try {
  const profile = path.join(place, "profile");
  mkdirSync(profile);
  const picture = path.join(out, "formulas-firefox.png");
  execFileSync("firefox", ["--headless", "--profile", profile, "--window-size=640,4200", "--screenshot", picture, url], { stdio: "pipe", timeout: 60_000 });
} catch (error) {
  console.log(`skipped Firefox: ${error.message.split("\n")[0]}`);
}
rmSync(place, { recursive: true, force: true });
console.log(`pictures are in ${path.relative(process.cwd(), out)}`);

// One reader in one of two browsers, with the few things that readers do: the stories are written once for both.
// Chromium is driven by Playwright; the distribution's Firefox speaks WebDriver BiDi, which Puppeteer can.

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe } from "node:test";
import puppeteer from "puppeteer-core";
import { FIREFOX, PATIENCE, launch, watch } from "./site.mjs";

/** What both kinds of pages can do. */
class Reader {
  constructor(page) {
    this.page = page;
    this.complaints = [];
  }

  goto = (url) => this.page.goto(url, { waitUntil: "load" });
  reload = () => this.page.reload({ waitUntil: "load" });
  evaluate = (act, value) => this.page.evaluate(act, value);
  press = (key) => this.page.keyboard.press(key);
  url = () => this.page.url();

  /** Waits until something is so in the page. */
  async until(what, act, value) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      // A page that is being left cannot answer.
      const answer = await this.page.evaluate(act, value).catch(() => undefined);
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`not so within ${PATIENCE} ms: ${what}, on ${this.url()}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** Clicks the first element that is visible. */
  async click(selector) {
    await this.until(`${selector} is there`, (selector) => [...document.querySelectorAll(selector)].some((one) => one.offsetParent), selector);
    await this.page.evaluate((selector) => [...document.querySelectorAll(selector)].find((one) => one.offsetParent).click(), selector);
  }

  /** Writes into a field as a reader would: its value, and the event. */
  fill(selector, text) {
    return this.page.evaluate(([selector, text]) => {
      const field = document.querySelector(selector);
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, [selector, text]);
  }

  texts = (selector) => this.page.evaluate((selector) => [...document.querySelectorAll(selector)].filter((one) => one.offsetParent).map((one) => one.textContent.trim()), selector);
  count = async (selector) => (await this.texts(selector)).length;

  /** Waits for a page whose address ends so, and for its scripts. */
  arrives = (ending) => this.until(`the page is ${ending}`, (ending) => location.href.endsWith(ending) && document.readyState === "complete", ending);
}

class ChromiumReader extends Reader {
  onEveryPage = (act, value) => this.page.addInitScript(act, value);
  upload = (selector, file) => this.page.setInputFiles(selector, file);

  async download(selector, folder) {
    const waiting = this.page.waitForEvent("download");
    await this.click(selector);
    const download = await waiting;
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    return file;
  }
}

class FirefoxReader extends Reader {
  constructor(page, downloads, base) {
    super(page);
    this.downloads = downloads;
    const complain = (what) => this.complaints.push(`${what}, on ${page.url()}`);
    // A font that still came when the reader left the page (NS_BINDING_ABORTED) is no mistake of the page.
    const isLeft = (error) => /downloadable font: download failed.*status=2152398850/.test(error.message);
    page.on("pageerror", (error) => isLeft(error) || complain(`page error: ${error.message}`));
    page.on("console", (message) => message.type() === "error" && complain(`console error: ${message.text()}`));
    page.on("dialog", (dialog) => {
      complain(`dialog: ${dialog.message()}`);
      return dialog.dismiss().catch(() => {});
    });
    page.on("popup", (popup) => complain(`popup: ${popup?.url()}`));
    page.on("request", (request) => {
      const isOurs = request.url().startsWith(base) || /^(about|blob|data):/.test(request.url());
      if (!isOurs) complain(`request outside the site: ${request.url()}`);
    });
  }

  onEveryPage = (act, value) => this.page.evaluateOnNewDocument(act, value);

  async upload(selector, file) {
    const field = await this.page.$(selector);
    await field.uploadFile(file);
  }

  async download(selector) {
    const before = new Set(readdirSync(this.downloads));
    await this.click(selector);
    const end = Date.now() + PATIENCE;
    for (;;) {
      // Firefox fills a file of another name, and moves it to the one that the page gave it.
      const files = readdirSync(this.downloads).filter((file) => !before.has(file));
      const file = path.join(this.downloads, files[0] ?? "");
      if (files.length === 1 && files[0].startsWith("daysheet-") && statSync(file).size > 0) return file;
      if (Date.now() > end) throw new Error("nothing was downloaded");
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
}

/** Why a browser cannot be used here, which is told; false if it can. */
export function whyMissing(name) {
  const why = name === "firefox" && !existsSync(FIREFOX) && `there is no ${FIREFOX}`;
  if (why) console.log(`skipped: ${why}`);
  return why;
}

/** Tests in each browser: `suite` gets its name and what gives the one that was started, once tests run. */
export function inEachBrowser(suite) {
  for (const [name, start] of Object.entries(BROWSERS)) {
    describe(name, { skip: whyMissing(name) }, () => {
      let browser;
      before(async () => (browser = await start()));
      after(() => browser?.stop());
      suite(name, () => browser);
    });
  }
}

/** The browsers: each starts, gives readers with nothing kept yet, and stops. */
export const BROWSERS = {
  chromium: async () => {
    const browser = await launch();
    return {
      async reader(base, options = {}) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", acceptDownloads: true, ...options });
        const open = async () => {
          const page = await context.newPage();
          page.setDefaultTimeout(PATIENCE);
          const reader = new ChromiumReader(page);
          reader.complaints = await watch(page, base);
          reader.sibling = open;
          return reader;
        };
        return Object.assign(await open(), { leave: () => context.close() });
      },
      stop: () => browser.close(),
    };
  },
  firefox: async () => {
    const downloads = mkdtempSync(path.join(tmpdir(), "daysheet-downloads-"));
    const extraPrefsFirefox = { "browser.download.folderList": 2, "browser.download.dir": downloads, "browser.download.alwaysOpenPanel": false };
    const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true, extraPrefsFirefox });
    return {
      async reader(base) {
        const context = await browser.createBrowserContext();
        const reader = new FirefoxReader(await context.newPage(), downloads, base);
        await reader.page.setViewport({ width: 1280, height: 900 });
        return Object.assign(reader, { leave: () => context.close() });
      },
      async stop() {
        await browser.close();
        rmSync(downloads, { recursive: true, force: true });
      },
    };
  },
};

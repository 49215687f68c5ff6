// Citations of an entry or of a list, in BibTeX, RIS and CSL-JSON, the same byte for byte as the builder writes them. It is loaded with
// the first click on a button that cites; what it cites comes from a script per day, so that it is complete on every page.
(() => {
  const words = daysheet.cite_words;
  const KEY = "daysheet.cite";
  const SHOWN = 40_000;
  const ADDRESS = /(\d{4})\/(\d\d)\/(\d\d)(?:\.[a-z-]+)?(?:\/[a-z0-9-]+\/\d+)?(?:\.html)?(?:[?#]|$)/;

  // The days: each script calls `cites`.
  const loading = new Map();
  const waiting = new Map();

  daysheet.cites = (day, text) => waiting.get(day)?.(text);

  async function inflated(text) {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const rows = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
    return rows.map(citationOf);
  }

  /** The citations of a day, in the order of its page. */
  function citationsOn(day) {
    if (!loading.has(day)) {
      loading.set(day, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(day, resolve);
        script.src = `${daysheet.root}cite/${day}.js`;
        script.onload = () => script.remove();
        script.onerror = () => {
          loading.delete(day);
          reject(new Error(words.missing.replace("{date}", day)));
        };
        document.head.append(script);
      }).then(inflated));
    }
    return loading.get(day);
  }

  // What a row says, in the order of the builder.
  function citationOf([key, title, authors, date, id, type, container, tex, language, url, doi, anchor]) {
    const [, archive, name] = /^(arxiv|doi):(.*)$/s.exec(id || "") ?? [];
    const isArxiv = archive === "arxiv";
    const verbatim = (text) => text.replace(/[{}\\"<>^`|\s]/gu, encodeURIComponent);
    const usual = name && (isArxiv ? `https://arxiv.org/abs/${name}` : `https://doi.org/${verbatim(name)}`);
    const [year, month, day] = date.split("-").map(Number);
    return {
      key, title, tex, authors, year, month, day, type, container, language, anchor: anchor || key,
      kind: isArxiv ? "preprint" : name ? "article" : "page",
      eprint: isArxiv && name, doi: isArxiv ? doi : name, url: url || usual,
      server: isArxiv ? "arXiv" : container,
    };
  }

  // BibTeX
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const LANGUAGES = { zh: "chinese", ja: "japanese", ko: "korean" };
  const SIGNS = {
    "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "$": "\\$", "&": "\\&", "%": "\\%", "#": "\\#", _: "\\_",
    "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "@": "{@}",
  };
  const escaped = (text) => text.replace(/[\\{}$&%#_^~@]/g, (sign) => SIGNS[sign]);
  const hasInnerCapital = (word) => /[\p{Alphabetic}\p{N}]\p{Uppercase}/u.test(word);
  // What stands between blanks and Han: its capitals are kept, the punctuation around it stays outside.
  const titleInTex = (title) => title.replace(/[^ \u2E80-\u{10FFFF}]+/gu, (run) => {
    const [, before, core, after] = /^([^\p{Alphabetic}\p{N}]*)(.*?)([^\p{Alphabetic}\p{N}]*)$/su.exec(run);
    return hasInnerCapital(core) ? `${escaped(before)}{${escaped(core)}}${escaped(after)}` : escaped(run);
  });

  function bibtexName(name) {
    if (typeof name === "string") return `{${escaped(name)}}`;
    const [family, given, suffix] = name.map(escaped);
    return [family, suffix, given].filter(Boolean).join(", ");
  }

  function bibtexEntry(one) {
    const braced = (value) => value && `{${value}}`;
    const fields = {
      title: braced(one.tex || titleInTex(one.title)),
      author: braced(one.authors.map(bibtexName).join(" and ")),
      year: braced(one.year),
      month: MONTHS[one.month - 1],
      day: braced(one.day),
      journal: one.kind === "article" && braced(one.container),
      eprint: braced(one.eprint),
      archivePrefix: braced(one.eprint && "arXiv"),
      primaryClass: braced(one.type),
      doi: braced(one.doi),
      url: braced(one.url),
      langid: braced(LANGUAGES[one.language]),
    };
    const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = ${value}`);
    return `@${one.kind === "article" ? "article" : "misc"}{${one.key},\n${lines.join(",\n")}\n}\n`;
  }

  // RIS
  function risRecord(one) {
    const two = (part) => (part ? String(part).padStart(2, "0") : "");
    const lines = [
      ["TY", one.server ? "UNPB" : one.kind === "article" ? "JOUR" : "ELEC"],
      ["ID", one.key],
      ["TI", one.title],
      ...one.authors.map((name) => ["AU", typeof name === "string" ? name : name.join(", ")]),
      ["PY", one.year],
      ["DA", `${one.year}/${two(one.month)}/${two(one.day)}/`],
      ["PB", one.server],
      ["AN", one.eprint && `arXiv:${one.eprint}`],
      ["KW", one.type],
      ["DO", one.doi],
      ["UR", one.url],
      ["LA", one.language],
    ];
    return `${lines.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${value}\r\n`).join("")}ER  - \r\n\r\n`;
  }

  // CSL-JSON
  function cslItem(one) {
    const nameOf = (name) => (typeof name === "string" ? { literal: name } : { family: name[0], given: name[1], suffix: name[2] });
    return {
      id: one.key,
      type: one.server ? "article" : one.kind === "article" ? "article-journal" : "webpage",
      title: one.title,
      author: one.authors.length > 0 ? one.authors.map(nameOf) : undefined,
      issued: { "date-parts": [[one.year, one.month, one.day].filter(Boolean)] },
      publisher: one.server || undefined,
      number: one.eprint ? `arXiv:${one.eprint}` : undefined,
      DOI: one.doi || undefined,
      URL: one.url || undefined,
      language: one.language || undefined,
    };
  }

  // For each format: its name, the ending and type of its files, and how it is written.
  const FORMATS = {
    bibtex: ["BibTeX", "bib", "application/x-bibtex", (all) => all.map(bibtexEntry).join("\n")],
    ris: ["RIS", "ris", "application/x-research-info-systems", (all) => all.map(risRecord).join("")],
    csl: ["CSL-JSON", "json", "application/vnd.citationstyles.csl+json", (all) => `${JSON.stringify(all.map(cslItem), null, 2)}\n`],
  };

  /** Where an entry is listed: the day and its anchor there. */
  function placeOf(entry) {
    const link = entry.querySelector(".permalink") ?? entry.querySelector(":scope > :is(h2, h3, h4) a");
    const [, ...day] = ADDRESS.exec(link?.href) ?? [];
    return day.length > 0 && link.hash ? { day: day.join("-"), anchor: decodeURIComponent(link.hash.slice(1)) } : undefined;
  }

  async function citationAt({ day, anchor }) {
    const all = await citationsOn(day);
    // What stands before the `~` names the work.
    return all.find((one) => one.anchor === anchor) ?? all.find((one) => one.key === anchor.replace(/~\d+$/, ""));
  }

  /** What a button cites: its entry, the days it names, or the entries in sight. Each work once. */
  async function citationsFor(button) {
    const { days } = button.dataset;
    const entry = button.closest(".entry");
    const entries = entry ? [entry] : [...document.querySelectorAll(".entry")].filter((one) => one.offsetParent);
    const all = days ? (await Promise.all(days.split(" ").map(citationsOn))).flat() : await Promise.all(entries.map(placeOf).filter(Boolean).map(citationAt));
    const known = new Set();
    return all.filter((one) => one && !known.has(one.key) && known.add(one.key));
  }

  // The dialog.
  const make = (name, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  let dialog;
  let cited = [];

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  let format = Object.hasOwn(FORMATS, remembered() ?? "") ? remembered() : "bibtex";
  const written = () => FORMATS[format][3](cited);

  function choose(next) {
    format = next;
    try {
      localStorage.setItem(KEY, format);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    show();
  }

  function show() {
    const text = written();
    dialog.querySelector("h2").textContent = words.heading.replace("{n}", cited.length);
    dialog.querySelector("textarea").value = text.slice(0, SHOWN);
    say(text.length > SHOWN ? words.shortened : cited.length === 0 ? words.none : "");
    for (const button of dialog.querySelectorAll("[data-format]")) button.setAttribute("aria-pressed", String(button.dataset.format === format));
  }

  const say = (text) => {
    dialog.querySelector("output").textContent = text;
  };

  async function copy() {
    const text = written();
    try {
      await navigator.clipboard.writeText(text);
      say(words.copied);
    } catch {
      const field = dialog.querySelector("textarea");
      field.value = text;
      field.select();
      say(document.execCommand("copy") ? words.copied : words.by_hand);
    }
  }

  function download() {
    const [, ending, type] = FORMATS[format];
    const page = decodeURI(location.pathname.slice(new URL(daysheet.root).pathname.length)).replace(/(\/?index)?(\.html)?$/, "");
    const name = (cited.length === 1 ? cited[0].key : page || "cite").replace(/[^\p{L}\p{N}.-]+/gu, "-");
    const link = make("a", { href: URL.createObjectURL(new Blob([written()], { type })), download: `${name}.${ending}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  function build() {
    const button = (text, act, data) => {
      const node = make("button", { type: "button", onclick: act }, text);
      Object.assign(node.dataset, data);
      return node;
    };
    const formats = make("p", { className: "formats", role: "group", ariaLabel: words.format });
    formats.append(...Object.entries(FORMATS).map(([key, [name]]) => button(name, () => choose(key), { format: key })));
    const field = make("textarea", { readOnly: true, rows: 12, ariaLabel: words.text, spellcheck: false, className: "digest-text" });
    const actions = make("p", { className: "actions" }, button(words.copy, copy), button(words.download, download), button(words.close, () => dialog.close()));
    dialog = make("dialog", { className: "cite-box" }, make("h2", { id: "cite-title" }), formats, field, actions, make("output"));
    dialog.setAttribute("aria-labelledby", "cite-title");
    document.querySelector("main").append(dialog);
  }

  /** Cites what a button is for. */
  daysheet.cite = async (button) => {
    button.setAttribute("aria-busy", "true");
    try {
      cited = await citationsFor(button);
      if (!dialog) build();
      show();
      dialog.showModal();
    } catch (error) {
      daysheet.say(error.message);
    } finally {
      button.removeAttribute("aria-busy");
    }
  };

  daysheet.citing = { citationsFor, write: (name, all) => FORMATS[name][3](all) };
})();

// Stars, read marks, and the words that a reader watches or mutes, on every entry of every page. It works while the page is being
// parsed, so that nothing that is hidden is painted first and nothing moves later.
(() => {
  const { store, words, make } = daysheet;
  const html = document.documentElement;
  const entries = document.getElementsByClassName("entry");
  const HEADING = ":scope > :is(h2, h3, h4)";
  const TEXTS = ":scope > :is(h2, h3, h4, .original, div.summary, .extra), :scope > details.summary > div, .note > div, .tag";
  // Nothing is hidden where the reader asked for just these entries.
  const NEVER_HIDDEN = ["author", "stars", "search"];

  let muted;
  let watched;
  let hasRules;
  let isHiding;

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const textOf = (node) => {
    const copy = node.cloneNode(true);
    for (const math of copy.querySelectorAll("math")) math.replaceWith(`$${math.getAttribute("alttext") ?? math.textContent}$`);
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  /** Rules from lines: `author:wang y`, `tag:cs.CV`, anything else is looked for in the text; Latin words from their beginning. */
  function rulesOf(lines) {
    const rules = { authors: [], tags: [], texts: null };
    const patterns = [];
    for (const line of lines) {
      const [, field, text] = /^\s*(?:(author|tag)\s*[:：]\s*)?(.*?)\s*$/iu.exec(line);
      if (!text) continue;
      if (field?.toLowerCase() === "author") rules.authors.push(folded(text).split(/[\s,.]+/).filter(Boolean));
      else if (field) rules.tags.push(folded(text));
      else patterns.push(`${/^[\p{Script=Latin}\p{N}]/u.test(text) ? "(?<![\\p{Script=Latin}\\p{N}])" : ""}${text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+")}`);
    }
    if (patterns.length > 0) rules.texts = new RegExp(patterns.join("|"), "giu");
    return rules;
  }

  const isEmpty = (rules) => !rules.texts && rules.authors.length + rules.tags.length === 0;

  function isOfAuthors(name, rules) {
    const parts = folded(name).split(/[\s,.]+/);
    return rules.authors.some((words) => words.every((word) => parts.some((part) => part.startsWith(word))));
  }

  // For each kind of rule: where it looks, and what of a text there it means.
  const LOOKS = [
    [(rules) => rules.texts, TEXTS, (text, rules) => text.matchAll(rules.texts)],
    [(rules) => rules.authors.length, ".authors", (text, rules) => [...text.matchAll(/[^;]+/g)].filter(([name]) => isOfAuthors(name, rules))],
    [(rules) => rules.tags.length, ".tag", (text, rules) => [...text.matchAll(/.+/g)].filter(([tag]) => rules.tags.includes(folded(tag)))],
  ];

  /** The places in an entry that a reader's rules speak of, one by one. */
  function* found(entry, rules) {
    for (const [isAsked, selector, matches] of LOOKS) {
      if (!isAsked(rules)) continue;
      for (const part of entry.querySelectorAll(selector)) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.parentElement.closest("math")) continue;
          for (const match of matches(node.data, rules)) yield [node, match.index, match.index + match[0].length];
        }
      }
    }
  }

  /** The name of an entry's work, the same on every page; on a page of a day it stands as the id. */
  function keyOf(entry) {
    const anchor = entry.id || entry.querySelector(`${HEADING} a`)?.hash.slice(1);
    return anchor?.replace(/~\d+$/, "");
  }

  /** What is kept of a starred entry: enough to list it without its page. */
  function recordOf(entry) {
    const { href } = entry.querySelector(".permalink") ?? entry.querySelector(`${HEADING} a`);
    // Some servers leave out the ending of files.
    const address = href.replace(/(?:\.html)?(?:\?[^#]*)?#/, ".html#");
    const text = (selector) => {
      const node = entry.querySelector(selector);
      return node ? textOf(node) : undefined;
    };
    const title = text(HEADING);
    const original = text(":scope > .original");
    return store.star({
      ...(entry.classList.contains("swapped") ? { title: original, original: title } : { title, original }), authors: text(".authors")?.slice(0, 200), id: text(".id")?.replace(/\s*#$/, ""),
      url: address.slice(daysheet.root.length), link: entry.querySelector("a[rel~=noopener]")?.href, at: Date.now(),
    });
  }

  const buttonOf = (kind) => make("button", { type: "button", className: `mark ${kind}`, title: words[kind] });
  const MARKS = make("div", { className: "marks" });
  const KINDS = ["star", "read"];
  // Where nothing is cited, there is no word for it.
  MARKS.append(...[...KINDS, "cite"].filter((kind) => words[kind]).map(buttonOf));

  // A large day has hundreds of entries; their buttons are made when the reader comes near. They lie above the text, so that
  // nothing moves.
  const near = new IntersectionObserver((changes) => changes.forEach(({ target, isIntersecting }) => isIntersecting && equip(target)), { rootMargin: "1200px" });

  function equip(entry) {
    near.unobserve(entry);
    if (entry.querySelector(":scope > .marks")) return;
    const marks = MARKS.cloneNode(true);
    const title = entry.querySelector(HEADING).textContent.slice(0, 80);
    for (const button of marks.children) button.setAttribute("aria-label", `${button.title}: ${title}`);
    entry.append(marks);
    for (const kind of KINDS) press(entry, kind);
  }

  function press(entry, kind) {
    entry.querySelector(`.mark.${kind}`)?.setAttribute("aria-pressed", String(entry.classList.contains(`is-${kind}`)));
  }

  function furnish(entry, key) {
    near.observe(entry);
    const { hideRead, hideRepeats } = store.get("settings");
    swapTitles(entry);
    const isGone = (hideRead && store.get("read").has(key)) || (hideRepeats && entry.classList.contains("repeat"));
    if (isHiding && isGone) entry.classList.add("gone");
    if (hasRules) judge(entry);
    entry.classList.add("known");
  }

  /** The original title as the title and the translated one below it, or the other way round, as the reader prefers. */
  function swapTitles(entry) {
    const heading = entry.querySelector(HEADING);
    const original = entry.querySelector(":scope > .original");
    if (!original || store.get("settings").originalFirst === entry.classList.contains("swapped")) return;
    entry.classList.toggle("swapped");
    const title = heading.querySelector("a") ?? heading;
    const below = [...original.childNodes];
    original.replaceChildren(...title.childNodes);
    title.replaceChildren(...below);
    const languages = [heading.getAttribute("lang"), original.getAttribute("lang")];
    for (const [node, language] of [[heading, languages[1]], [original, languages[0]]]) {
      // Without a language of its own a title is in the page's.
      node.setAttribute("lang", language ?? html.lang);
    }
  }

  function judge(entry) {
    entry.classList.toggle("muted", isHiding && !found(entry, muted).next().done);
    for (const mark of entry.querySelectorAll("mark.watch")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    const places = [...found(entry, watched)];
    entry.classList.toggle("watched", places.length > 0);
    // From the last to the first, so that what is cut off does not move those before it.
    for (const [node, from, to] of places.reverse()) {
      const mark = make("mark", { className: "watch" });
      const part = node.splitText(from);
      part.splitText(to - from);
      part.replaceWith(mark);
      mark.append(part);
    }
  }

  /** Shows on an entry what the reader keeps of it. */
  function apply(entry) {
    const key = keyOf(entry);
    if (!key) return entry.classList.add("known");
    if (!entry.classList.contains("known")) furnish(entry, key);
    for (const [kind, isOn] of [["star", store.get("stars").has(key)], ["read", store.get("read").has(key)]]) {
      if (isOn === entry.classList.contains(`is-${kind}`)) continue;
      entry.classList.toggle(`is-${kind}`, isOn);
      press(entry, kind);
    }
  }

  function toggle(entry, kind, isOn) {
    const key = keyOf(entry);
    if (!key) return;
    const [part, add] = kind === "star" ? ["stars", (stars) => stars.set(key, recordOf(entry))] : ["read", (keys) => keys.add(key)];
    if (!store.update(part, (all) => (isOn ?? !all.has(key) ? add(all) : all.delete(key)))) complain();
  }

  function complain() {
    daysheet.say(words[`storage_${store.problem()}`]);
  }

  let leaving;

  /** Says something in a corner of the page for a while, with a button if there is something to do: that stays at the end of the page. */
  daysheet.say = (text, label, act) => {
    let box = document.querySelector(".say");
    if (!box) {
      box = make("p");
      box.setAttribute("role", "status");
      document.querySelector("main").append(box);
    }
    box.className = "say";
    box.replaceChildren(text);
    clearTimeout(leaving);
    leaving = setTimeout(() => (label ? box.classList.add("still") : box.remove()), 9000);
    if (!label) return undefined;
    const onclick = () => {
      box.remove();
      act();
    };
    box.append(" ", make("button", { type: "button", textContent: label, onclick }));
    return box;
  };

  function sayHidden() {
    const n = document.querySelectorAll(".entry:is(.muted, .gone)").length;
    if (n < 1) return;
    const box = daysheet.say(words.hidden.replace("{n}", n), words.show, () => html.classList.add("show-hidden"));
    // In the corner it is said once a visit.
    const visits = store.get("visits");
    const visit = visits.list.at(-1)?.at ?? 0;
    if (visits.told === visit) box.classList.add("still");
    else store.update("visits", (mine) => (mine.told = visit));
  }

  function prepare() {
    const { muted: mutedLines, watched: watchedLines, hideRead, hideRepeats } = store.get("settings");
    muted = rulesOf(mutedLines);
    watched = rulesOf(watchedLines);
    hasRules ||= !isEmpty(muted) || !isEmpty(watched);
    // While something may have to be hidden, an entry is shown only once it is known.
    html.classList.toggle("hiding", mutedLines.length > 0 || hideRead || hideRepeats);
    html.classList.toggle("watching", !isEmpty(watched));
  }

  let n_known = 0;
  function sweep(isWhole) {
    if (!document.body) return;
    isHiding ??= !NEVER_HIDDEN.includes(document.body.dataset.page);
    // The last entry may still be growing.
    // A class that is set lets the live list be counted anew.
    const all = [...entries];
    for (; n_known < all.length && (isWhole || all[n_known + 1] || all[n_known].nextElementSibling); n_known += 1) apply(all[n_known]);
  }

  /** Calls a function again and again while the page is parsed, and once when it is whole. */
  const parsing = [sweep];
  daysheet.whileParsing = (act) => parsing.push(act);
  const observer = new MutationObserver(() => parsing.forEach((act) => act(false)));
  observer.observe(html, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    observer.disconnect();
    parsing.forEach((act) => act(true));
    sayHidden();
  });

  prepare();
  store.onChange((part) => {
    if (part === "settings") prepare();
    for (const entry of entries) {
      if (!entry.classList.contains("known")) continue;
      if (part === "settings") {
        swapTitles(entry);
        judge(entry);
      }
      apply(entry);
    }
  });

  /** Hands a button that cites to the script for it, which is loaded with the first. */
  function cite(button) {
    if (daysheet.cite) return daysheet.cite(button);
    const src = `${daysheet.root}assets/cite.js`;
    const onerror = () => daysheet.say(words.index_missing.replace("{key}", src));
    document.head.append(make("script", { src, onload: () => daysheet.cite(button), onerror }));
  }

  function onClick(event) {
    const button = event.target.closest?.("button.cite");
    if (button) return cite(button);
    const mark = event.target.closest?.(".mark");
    if (mark) return toggle(mark.closest(".entry"), mark.classList.contains("star") ? "star" : "read");
    // Who opens a paper or its abstract has read the entry.
    const link = event.target.closest?.("a");
    const entry = link?.closest(".entry");
    if (entry && (link.closest("h2, h3, h4") || link.matches(".facts a[rel~=noopener]:not(.source-line)"))) toggle(entry, "read", true);
    if (event.target.closest?.(".read-all")) {
      const keys = [...entries].filter((one) => one.offsetParent).map(keyOf).filter(Boolean);
      if (!store.update("read", (read) => keys.forEach((key) => read.add(key)))) complain();
    }
  }
  document.addEventListener("click", onClick);
  document.addEventListener("auxclick", (event) => event.button === 1 && onClick(event));

  daysheet.state = { apply, toggle, complain, fold: folded };
})();

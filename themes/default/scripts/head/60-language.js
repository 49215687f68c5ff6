// The interface in another language, where the owner offers one. The pages are in the site's language; a reader's choice is applied
// text by text with the words of both, before the page is shown. What digests say is left as it is.
(() => {
  const { store } = daysheet;
  const html = document.documentElement;
  const DIGEST = ".entry > :is(h2, h3, h4, .original, div.summary, p.summary, .extra), .brief .authors, .authors a, details.summary > div, .note > div, .tag, .preface, .source-note, .own, " +
    "[data-names] a, .bars a, header .name, footer .owner, :is([name=source], [name=tag], [name=visit]) > [value]:not([value='']), .digest-text, textarea, script";
  const NAMED = ["aria-label", "title", "placeholder", "alt", "data-open", "data-close", "data-shown", "data-text"];
  const BETWEEN = /(\s*[·→←()\/–]\s*|\s*[:：,，、]\s+|：)/;
  const NUMBERS = "[\\d.,]+";

  /** The function from a text of one language to that of the other: whole texts, patterns with values, and parts between signs. */
  function translator(pairs) {
    // Where two words are the same in one language, that of the pages comes before those of fields and scripts.
    const isSpecial = ([key]) => /^(field|script)_/.test(key);
    const entries = Object.entries(pairs).sort((a, b) => isSpecial(a) - isSpecial(b));
    const numbered = (name, count, at) => Array.from({ length: count }, (_, i) => pairs[`${name}_${i + 1}`]?.[at] ?? "");
    const [fromMonths, toMonths] = [0, 1].map((at) => numbered("month", 12, at));
    const [fromWeekdays, toWeekdays] = [0, 1].map((at) => numbered("weekday", 7, at));
    const short = (names) => names.map((name) => [...name].slice(0, 3).join(""));
    const oneOf = (names) => names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).sort((a, b) => b.length - a.length).join("|");
    const forms = { weekday: oneOf(fromWeekdays), month_name: oneOf(fromMonths), month_abbr: oneOf(short(fromMonths)), date: ".+", key: ".+" };

    const whole = new Map();
    const patterns = [];
    for (const [, [from, to]] of entries) {
      const literal = from.replace(/\{\w+\}/g, "");
      // A pattern of nothing but values would fit anything.
      if (literal === from) {
        if (!whole.has(from)) whole.set(from, to);
      } else if (/[\p{L}]/u.test(literal) || /\{month_(name|abbr)\}|\{weekday\}/.test(from)) {
        const source = from.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, (_, name) => `(?<${name}>${forms[name] ?? NUMBERS})`);
        patterns.push([new RegExp(`^${source}$`), to]);
      }
    }

    function filled(to, values) {
      const month = values.month_name ? fromMonths.indexOf(values.month_name) : values.month_abbr ? short(fromMonths).indexOf(values.month_abbr) : Number(values.month) - 1;
      const all = {
        ...values, month: month + 1, month_name: toMonths[month], month_abbr: short(toMonths)[month],
        weekday: toWeekdays[fromWeekdays.indexOf(values.weekday)],
      };
      return to.replace(/\{(\w+)\}/g, (hole, name) => all[name] ?? hole);
    }

    function exactly(text) {
      if (whole.has(text)) return whole.get(text);
      for (const [pattern, to] of patterns) {
        const match = pattern.exec(text);
        if (match) return filled(to, match.groups);
      }
      return undefined;
    }

    return (text) => {
      const trimmed = text.trim();
      if (!trimmed || /^[\d\s.,–-]*$/.test(trimmed)) return text;
      const put = (result) => text.replace(trimmed, () => result);
      const direct = exactly(trimmed);
      if (direct !== undefined) return put(direct);
      const parts = trimmed.split(BETWEEN);
      return parts.length > 1 ? put(parts.map((part) => exactly(part) ?? part).join("")) : text;
    };
  }

  let translate;

  function translateAll(node) {
    const isDigest = (one) => one.closest?.(DIGEST);
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement && !isDigest(node.parentElement)) put(node);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (one) =>
      one.nodeType === Node.ELEMENT_NODE && one.matches(DIGEST) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    if (isDigest(node)) return;
    for (let one = walker.currentNode; one; one = walker.nextNode()) {
      if (one.nodeType === Node.TEXT_NODE) put(one);
      else for (const name of NAMED) if (one.hasAttribute(name)) one.setAttribute(name, translate(one.getAttribute(name)));
    }
  }

  function put(text) {
    const translated = translate(text.data);
    if (translated === text.data) return;
    text.data = translated;
    if (text.parentElement.childElementCount === 0) text.parentElement.lang = daysheet.spoken;
  }

  function show() {
    for (const button of document.querySelectorAll("button.language")) button.hidden = button.dataset.language === daysheet.spoken;
    document.title = document.title.split(" · ").map((part) => translate(part)).join(" · ");
    translateAll(document.body);
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(translateAll))).observe(document.body, { childList: true, subtree: true });
    html.classList.remove("waiting");
  }

  /** Called by a file of words. */
  daysheet.speak = (language, pairs) => {
    translate = translator(pairs);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
    else show();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.language");
    if (!button) return;
    const language = button.dataset.language;
    const isStored = store.update("settings", (settings) => (settings.language = language === daysheet.language ? undefined : language));
    if (isStored) location.reload();
    else daysheet.state.complain();
  });

  const { language } = store.get("settings");
  const file = daysheet.languages[language];
  if (!file) return;
  daysheet.spoken = language;
  html.dataset.spoken = language;
  html.classList.add("waiting");
  document.head.append(daysheet.make("script", { src: `${daysheet.root}assets/${file}`, onerror: () => html.classList.remove("waiting") }));
})();

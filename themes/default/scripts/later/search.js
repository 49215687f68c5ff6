// Search over the whole archive, by an index that is loaded piece by piece as scripts: it works in a folder as on a server. An entry
// is shown only after its texts were compared with the query, so the index may promise too much but never too little.
(() => {
  const words = { ...daysheet.words, ...daysheet.search_words };
  const box = document.querySelector(".search-page input[type=search]");
  if (!box) return;
  const status = document.querySelector(".search-status");
  const problems = document.querySelector(".search-problems");
  const list = document.querySelector(".search-list");
  const facets = document.querySelector(".search-facets");
  const more = document.querySelector(".search-more");
  const sort = document.querySelector("select[name=sort]");
  const template = document.querySelector("template.result");
  // Hits of a page; beyond so many bytes, older parts are searched only when asked for. Less of both where entries are very many:
  // there nearly every hit is in a block of its own.
  const USUAL = { page: 20, budget: 1_500_000 };
  const OF_MANY = { page: 10, budget: 180_000 };
  const MANY = 200_000;
  const LONGEST = 500;
  // Entries looked into at a time.
  const ENOUGH = 1000;

  // Folding and terms, as in the builder.
  const RUN_ON = /[\u2E80-\u2FDF\u3005-\u3007\u3031-\u3035\u3041-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\u{20000}-\u{3FFFF}]/u;
  const WORD = /[\p{L}\p{N}]/u;
  const isRunOn = (c) => c !== undefined && RUN_ON.test(c);
  const isWord = (c) => c !== undefined && !RUN_ON.test(c) && WORD.test(c);
  const fold = (text) => text.normalize("NFKD").replace(/(?![\u3099\u309A])\p{M}/gu, "").normalize("NFC").toLowerCase().replace(/\s+/gu, " ").trim();

  /** Runs of one class in a folded text: words, and runs of Han, Kana and Hangul. */
  function runsOf(text) {
    const runs = [];
    let kind = 0;
    for (const c of text) {
      const next = isRunOn(c) ? 2 : isWord(c) ? 1 : 0;
      if (next && next === kind) runs.at(-1).text.push(c);
      else if (next) runs.push({ isWord: next === 1, text: [c] });
      kind = next;
    }
    return runs;
  }

  // The query language, as in the builder.
  const FIELDS = { author: "author", 作者: "author", source: "source", 来源: "source", tag: "tag", 标签: "tag", id: "id", date: "date", 日期: "date" };
  const ARXIV = /(?:^|arxiv\.org\/\w+\/|arxiv:\s*)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?$/i;
  const DOI = /(?:^|doi\.org\/|doi:\s*)(10\.\d{4,9}\/\S+)$/i;

  function idOf(text) {
    const plain = text.replace(/[#?].*$/, "");
    const registered = (ARXIV.exec(plain) ?? DOI.exec(plain))?.[1];
    return (registered ?? text.replace(/^https?:\/\/(www\.)?|#.*$/gi, "").replace(/\/$/, "")).toLowerCase();
  }

  function daysOf(text) {
    const bound = (part, isLast) => {
      const match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(part);
      if (!match) return undefined;
      const [, year, month = isLast ? "12" : "1"] = match;
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
      const day = match[3] ?? (isLast ? String(length) : "1");
      if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || Number(day) > length) return undefined;
      return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    };
    const [from, to = from, ...rest] = text.split("..");
    if (rest.length > 0 || (!from && !to)) return undefined;
    const days = [from ? bound(from, false) : "1900-01-01", to ? bound(to, true) : "2199-12-31"];
    return days[0] && days[1] ? days : undefined;
  }

  /** A query taken apart: clauses, and what was not understood. */
  function parse(typed) {
    const query = { clauses: [], problems: [] };
    let rest = typed.trimStart();
    while (rest) {
      const isNot = /^-\S/.test(rest);
      if (isNot) rest = rest.slice(1);
      let field;
      const [, name, after] = /^([^\s"“”:：]+)[:：](.*)$/su.exec(rest) ?? [];
      if (name && Object.hasOwn(FIELDS, name.toLowerCase())) {
        field = FIELDS[name.toLowerCase()];
        rest = after.replace(/^[ \u3000]+/, "");
      } else if (name && /^[a-z]{3,}$/i.test(name) && !after.startsWith("//")) {
        const near = ["author", "source", "tag", "id", "date"].find((one) => isNear(one, name.toLowerCase()));
        if (near) query.problems.push(words.unknown_field.replace("{key}", name).replace("{date}", near));
      }
      let text;
      const isQuoted = /^["“”]/.test(rest);
      if (isQuoted) {
        const end = rest.slice(1).search(/["“”]/);
        if (end < 0) query.problems.push(words.open_quote);
        text = end < 0 ? rest.slice(1) : rest.slice(1, end + 1);
        rest = end < 0 ? "" : rest.slice(end + 2);
      } else {
        [text] = /^\S*/.exec(rest);
        rest = rest.slice(text.length);
      }
      const clause = clauseOf(field, text, isQuoted);
      if (typeof clause === "string") query.problems.push(clause);
      else query.clauses.push({ isNot, ...clause });
      rest = rest.trimStart();
    }
    // The last word may go on as long as no blank was typed behind it.
    const texts = query.clauses.filter(({ test }) => test === "text");
    for (const clause of texts) clause.isPrefix &&= clause === texts.at(-1) && !/\s$/.test(typed);
    query.asks = query.clauses.some((clause) => !clause.isNot);
    if (query.clauses.length > 0 && !query.asks) query.problems.push(words.only_not);
    return query;
  }

  /** True if two words differ by one letter that was left out, added, changed, or by two that changed places. */
  function isNear(a, b) {
    const drop = (text) => [...text].map((_, i) => text.slice(0, i) + text.slice(i + 1));
    return a !== b && (drop(a).includes(b) || drop(b).includes(a) || drop(a).some((part) => drop(b).includes(part)));
  }

  function clauseOf(field, text, isQuoted) {
    const folded = fold(text);
    if (runsOf(folded).length === 0) return words.nothing_to_find.replace("{key}", field ? `${field}:${text}` : text);
    if (field === "date") {
      const days = daysOf(text);
      return days ? { test: "date", days } : words.not_a_day.replace("{key}", text);
    }
    if (field === "author") return { test: "author", text: folded, names: runsJoined(folded) };
    if (field === "tag" || field === "source") return { test: field, text: folded };
    const isId = !isQuoted && (/^https?:\/\//.test(text) || ARXIV.test(text) || DOI.test(text));
    if (field === "id" || (!field && isId)) return { test: "id", text: idOf(text) };
    return { test: "text", text: folded, isPrefix: !isQuoted && isWord([...folded].at(-1)) };
  }

  /** The words of a name: what stands between other signs. */
  const runsJoined = (folded) => folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  // What an entry says, by the order of the builder.
  const [TITLE, ORIGINAL, AUTHORS, SUMMARY, SHOWN, LINK, TAGS, NOTE, ANCHOR, HTML, KEY] = Array(11).keys();
  const TEXTS = [TITLE, ORIGINAL, SUMMARY, NOTE];

  function* placesOf(whole, text, isPrefix) {
    const first = text.codePointAt(0);
    const startsWord = isWord(String.fromCodePoint(first));
    const endsWord = !isPrefix && isWord([...text.slice(-2)].at(-1));
    for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
      const before = at > 0 ? [...whole.slice(Math.max(0, at - 2), at)].at(-1) : undefined;
      const after = endsWord ? [...whole.slice(at + text.length, at + text.length + 2)][0] : undefined;
      if ((!startsWord || !isWord(before)) && (!endsWord || !isWord(after))) yield at;
    }
  }

  const contains = (whole, text, isPrefix) => !placesOf(whole, text, isPrefix).next().done;

  const TESTS = {
    text: ({ text, isPrefix }, entry) => entry.texts.some((whole) => contains(whole, text, isPrefix)),
    author: ({ names }, entry) => entry.authors.some((name) => names.every((word) => runsJoined(name).some((part) => part.startsWith(word)))),
    tag: ({ text }, entry) => entry.tags.includes(text),
    id: ({ text }, entry) => entry.id === text,
    source: ({ text }, { place }) => fold(place.source[0]) === text || fold(place.source[1]) === text,
    date: ({ days }, { place }) => days[0] <= place.day && place.day <= days[1],
  };

  function fits(query, record, place) {
    const split = (text, sign) => (text ? text.split(sign).map(fold) : []);
    const authors = split(record[AUTHORS], "; ");
    const tags = split(record[TAGS], "\t");
    const id = record[KEY] || (record[SHOWN] ? idOf(record[SHOWN].replace(/^(arXiv|doi):/i, "")) : undefined);
    const entry = { authors, tags, id, place, texts: [...TEXTS.map((n) => record[n]).filter(Boolean).map(fold), ...authors, ...tags] };
    const isFit = (clause) => TESTS[clause.test](clause, entry);
    return query.clauses.every((clause) => (clause.test === "source" && !clause.isNot) || isFit(clause) !== clause.isNot);
  }

  // The files of the index: each is a script that calls `put`.
  const waiting = new Map();
  const loaded = new Map();
  let bytes = 0;

  function load(key) {
    if (!loaded.has(key)) {
      loaded.set(key, new Promise((resolve, reject) => {
        waiting.set(key, resolve);
        const script = document.createElement("script");
        script.src = `${daysheet.root}search/${key}.js`;
        script.onload = () => script.remove();
        script.onerror = () => {
          loaded.delete(key);
          reject(new Error(key));
        };
        document.head.append(script);
      }));
    }
    return loaded.get(key);
  }

  daysheet.search = {
    put(key, value) {
      bytes += typeof value === "string" ? value.length : JSON.stringify(value).length;
      waiting.get(key)?.(value);
      waiting.delete(key);
    },
    manifest: (value) => waiting.get("index")?.(value),
  };

  function bytesOf(text) {
    const letters = atob(text);
    const data = new Uint8Array(letters.length);
    for (let i = 0; i < data.length; i += 1) data[i] = letters.charCodeAt(i);
    return data;
  }

  const blocks = new Map();

  /** The entries of a block: deflated JSON. */
  function block(segment, n) {
    const key = `${segment.name}/e${n}`;
    const inflate = (text) => new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json();
    if (!blocks.has(key)) {
      blocks.set(key, load(key).then(inflate));
      blocks.get(key).catch(() => blocks.delete(key));
    }
    return blocks.get(key);
  }

  /** Which parts of an index have the terms from one to another: from the last part that begins before the first of them. */
  function partsOf(firsts, from, to) {
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= from) low = middle + 1;
      else high = middle;
    }
    const numbers = [Math.max(0, low - 1)];
    for (let n = numbers[0] + 1; to !== undefined && n < firsts.length && firsts[n] < to; n += 1) numbers.push(n);
    return firsts.length > 0 ? numbers : [];
  }

  /** The shards that have the terms from one to another; a large directory has them on pages of its own. */
  async function shardsOf({ name, directory: { shards, per } }, from, to) {
    const numbers = partsOf(shards, from, to);
    if (!per) return numbers;
    const pages = await Promise.all(numbers.map((n) => load(`${name}/d${n}`)));
    return partsOf(pages.flat(), from, to).map((n) => n + numbers[0] * per);
  }

  /** The lists of a term of a shard, or of all that begin so: number of the entry → weight, 1 or 3. */
  function readShard(text, term, isPrefix) {
    const data = bytesOf(text);
    const wanted = new TextEncoder().encode(term);
    const found = [];
    let at = 0;
    const number = () => {
      let n = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = data[at++];
        n |= (byte & 127) << shift;
        if (byte < 128) return n;
      }
    };
    // A term is written as what it shares with the one before it, and the rest: bytes are compared as they come.
    let same = 0;
    while (at < data.length) {
      const head = data[at++];
      const shared = head >> 4;
      const size = (head & 15) < 15 ? head & 15 : 15 + number();
      if (shared <= same) for (same = shared; same < shared + size && same < wanted.length && data[at + same - shared] === wanted[same]; ) same += 1;
      at += size;
      const n = number();
      let end = n > 1 ? number() + at : at + 1;
      // A single number has no length.
      if (n === 1) while (data[end - 1] > 127) end += 1;
      if (same === wanted.length && (isPrefix || shared + size === same)) {
        const list = new Map();
        let entry = 0;
        for (let i = 0; i < n; i += 1) {
          const gap = number();
          entry += gap >> 1;
          list.set(entry, gap & 1 ? 3 : 1);
        }
        found.push(list);
      }
      at = end;
    }
    return found;
  }

  /** The entries that have a term, or one that begins so. */
  async function listOf(segment, term, isPrefix) {
    const numbers = await shardsOf(segment, term, isPrefix ? `${term}\uFFFF` : undefined);
    const shards = await Promise.all(numbers.map((n) => load(`${segment.name}/t${n}`)));
    const lists = shards.flatMap((shard) => readShard(shard, term, isPrefix));
    if (lists.length === 1) return lists[0];
    const union = new Map();
    for (const list of lists) for (const [entry, weight] of list) union.set(entry, Math.max(weight, union.get(entry) ?? 0));
    return union;
  }

  /** The terms that a clause needs: those to be looked up at once, and those that narrow further. */
  function termsOf(clause) {
    if (clause.test === "id") return { first: [[`=${clause.text}`]], further: [] };
    const runs = runsOf(clause.text);
    const texts = [];
    const pairs = [];
    runs.forEach((run, n) => {
      if (run.isWord) {
        const isLast = n === runs.length - 1;
        const text = run.text.join("");
        const isOpen = clause.test === "author" || (isLast && clause.isPrefix);
        // A single letter begins half of all words.
        if (!isOpen) texts.push([text]);
        else if (run.text.length > 1) texts.push([text, true]);
        else if (runs.length === 1 && clause.test === "text") texts.push([text, true]);
      } else if (run.text.length === 1) {
        if (runs.length === 1) texts.push([run.text[0], true]);
      } else {
        const all = run.text.slice(1).map((c, i) => [run.text[i] + c]);
        // Every second pair covers the run; the others come if these find too much.
        pairs.push(...all.filter((_, i) => i % 2 === 0), ...all.filter((_, i) => i % 2 === 1));
      }
    });
    return texts.length > 0 ? { first: texts, further: pairs } : { first: pairs.slice(0, 2), further: pairs.slice(2) };
  }

  /** The numbers of entries of a segment that may fit, newest first, with their weights. */
  async function candidatesIn(segment, query) {
    const { directory } = segment;
    const isFrequent = (term) => directory.frequent.has(term);
    const plans = query.clauses.filter(({ isNot, test }) => !isNot && !["date", "source"].includes(test)).map(termsOf);
    let first = plans.flatMap((plan) => plan.first);
    let further = plans.flatMap((plan) => plan.further);
    const rare = first.filter(([term, isPrefix]) => isPrefix || !isFrequent(term));
    further = further.filter(([term]) => !isFrequent(term));
    if (rare.length === 0 && further.length > 0) rare.push(further.shift());
    // Only frequent words: one of them has to do.
    first = rare.length > 0 ? rare : first.slice(0, 1);
    let lists = await Promise.all(first.map(([term, isPrefix]) => listOf(segment, term, isPrefix)));
    let found = intersect(lists);
    // Another shard costs what two blocks cost.
    while (found && found.size > 24 && further.length > 0) {
      lists = [found, await listOf(segment, ...further.shift())];
      found = intersect(lists);
    }
    const { runs } = segment;
    const wanted = sourcesAndDays(query);
    const isWanted = runs.map((run) => wanted(run));
    const numbers = found ? [...found.keys()] : runs.flatMap((run, i) => (isWanted[i] ? Array.from({ length: run.n }, (_, k) => run.from + k) : []));
    return numbers.filter((n) => isWanted[runAt(runs, n)]).sort((a, b) => b - a).map((n) => ({ n, segment, weight: found?.get(n) ?? 1 }));
  }

  function intersect(lists) {
    if (lists.length === 0) return undefined;
    const [smallest, ...others] = [...lists].sort((a, b) => a.size - b.size);
    const found = new Map();
    for (const [entry, weight] of smallest) {
      if (others.every((list) => list.has(entry))) found.set(entry, others.reduce((sum, list) => sum + list.get(entry), weight));
    }
    return found;
  }

  function sourcesAndDays(query) {
    const sources = query.clauses.filter(({ test, isNot }) => test === "source" && !isNot);
    const exact = query.clauses.filter(({ test, isNot }) => test === "date" || (test === "source" && isNot));
    return (place) =>
      (sources.length === 0 || sources.some((clause) => TESTS.source(clause, { place }))) && exact.every((clause) => TESTS[clause.test](clause, { place }) !== clause.isNot);
  }

  function runAt(runs, n) {
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (runs[middle].from <= n) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  const opened = new Map();

  async function open(segment) {
    if (!opened.has(segment.name)) {
      const directory = await load(`${segment.name}/index`);
      directory.frequent = new Set(directory.frequent);
      const runs = [];
      let from = 0;
      for (const [day, sources] of directory.days) {
        for (const [source, n] of sources) {
          runs.push({ day, source: directory.sources[source], from, n });
          from += n;
        }
      }
      opened.set(segment.name, { ...segment, directory, runs });
    }
    return opened.get(segment.name);
  }

  /** A search: takes what fits out of segment after segment, a page at a time. */
  class Search {
    constructor(query, byRelevance) {
      this.query = query;
      this.byRelevance = byRelevance;
      this.hits = [];
      this.candidates = [];
      this.coming = new Map();
      this.counts = { year: new Map(), source: new Map() };
      this.labels = {};
      this.start = bytes;
    }

    async begin() {
      const { segments } = await load("index");
      Object.assign(this, segments.reduce((sum, { n }) => sum + n, 0) > MANY ? OF_MANY : USUAL);
      this.limit ??= this.budget;
      const dates = this.query.clauses.filter(({ test, isNot }) => test === "date" && !isNot);
      this.segments = segments.filter(({ first, last }) => dates.every(({ days }) => first <= days[1] && days[0] <= last));
    }

    get isSpent() {
      return bytes - this.start > this.limit;
    }

    get isDone() {
      return this.segments.length === 0 && this.candidates.length === 0;
    }

    /** Looks into the next segment. Those after it come meanwhile: small ones do not take a round each. */
    async advance() {
      let ahead = 0;
      for (const segment of this.segments) {
        if (ahead > ENOUGH) {
          open(segment).catch(() => {});
          break;
        }
        ahead += segment.n;
        if (this.coming.has(segment.name)) continue;
        const found = open(segment).then((opened) => candidatesIn(opened, this.query));
        // Whoever waits is told, and may ask again.
        found.catch(() => this.coming.delete(segment.name));
        this.coming.set(segment.name, found);
      }
      const found = await this.coming.get(this.segments[0].name);
      this.segments.shift();
      for (const { n, segment } of found) {
        const { day, source } = segment.runs[runAt(segment.runs, n)];
        this.labels[source[0]] = source[1];
        for (const [kind, value] of [["year", day.slice(0, 4)], ["source", source[0]]]) this.counts[kind].set(value, (this.counts[kind].get(value) ?? 0) + 1);
      }
      // Rare words weigh more where few entries have them all.
      this.candidates.push(...found);
      if (this.byRelevance) this.candidates.sort((a, b) => b.weight - a.weight);
    }

    /** The next hits, at most a page of them; each is told as soon as it is sure. */
    async next(tell) {
      const page = [];
      let some = [];
      try {
        while (page.length < this.page && !this.isDone) {
          while (this.segments.length > 0 && (this.byRelevance || this.candidates.length === 0) && !this.isSpent) await this.advance();
          if (this.candidates.length === 0) break;
          // As many as are missing; more if most did not fit so far.
          some = this.candidates.splice(0, Math.max(this.page - page.length, 4));
          const texts = some.map(({ segment, n }) => block(segment, Math.floor(n / segment.directory.block)));
          for (const text of texts) {
            const [{ segment, n }] = some;
            const hit = { record: (await text)[n % segment.directory.block], place: segment.runs[runAt(segment.runs, n)] };
            some.shift();
            if (!fits(this.query, hit.record, hit.place)) continue;
            page.push(hit);
            tell?.(hit);
          }
        }
      } finally {
        // What could not be loaded comes first the next time.
        this.candidates.unshift(...some);
        this.hits.push(...page);
      }
      return page;
    }
  }

  let running = 0;
  let current;

  /** The sources of a query that none of the days looked through has, told with those that there are. */
  function unknownSources(query) {
    const places = [...opened.values()].flatMap(({ directory }) => directory.sources.map((source) => ({ source })));
    const names = [...new Set(places.map(({ source }) => source[1]))].join(", ");
    const unknown = query.clauses.filter((clause) => clause.test === "source" && !clause.isNot && !places.some((place) => TESTS.source(clause, { place })));
    return names ? unknown.map(({ text }) => words.no_source.replace("{key}", text).replace("{names}", names)) : [];
  }

  function tellProblems(texts) {
    problems.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    problems.hidden = texts.length === 0;
  }

  function say(search) {
    const n = search.hits.length;
    const text = n === 0 ? (search.isDone ? words.no_hits : words.no_hits_so_far) : search.isDone ? words.hits : words.hits_so_far;
    status.textContent = text.replace("{n}", n);
    if (n === 0 && search.isDone) tellProblems([...search.query.problems, ...unknownSources(search.query)]);
    more.hidden = search.isDone;
    more.textContent = search.candidates.length > 0 || !search.isSpent ? words.more_hits : words.older;
  }

  function marked(text, query) {
    const fragment = document.createDocumentFragment();
    const needles = query.clauses.filter(({ isNot, test }) => !isNot && (test === "text" || test === "author"));
    // Folding may change the length of a text: marks are set where it does not.
    const folded = text.normalize("NFC").toLowerCase();
    const spans = folded.length === text.length
      ? needles.flatMap(({ text: needle, names, isPrefix }) => (names ?? [needle]).flatMap((one) => [...placesOf(folded, one, isPrefix || names !== undefined)].map((at) => [at, at + one.length])))
      : [];
    spans.sort((a, b) => a[0] - b[0]);
    let end = 0;
    for (const [from, to] of spans) {
      if (from < end) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      fragment.append(text.slice(end, from), mark);
      end = to;
    }
    fragment.append(text.slice(end));
    return { fragment, first: spans[0]?.[0] };
  }

  /** The anchor of an entry and where its id leads; both follow from the id as a rule. */
  function whereabouts(record) {
    const [, kind, name, version = ""] = /^(arXiv|doi):(.*?)(v\d+)?$/.exec(record[SHOWN] || "") ?? [];
    const isArxiv = kind === "arXiv";
    return {
      anchor: record[ANCHOR] || (isArxiv ? `arxiv-${name}` : `doi-${name}${version}`).replaceAll("/", "-"),
      target: record[LINK] || (kind && (isArxiv ? "https://arxiv.org/pdf/" : "https://doi.org/") + name + version),
    };
  }

  // A further page stands before its anchor.
  const addressOf = (record, place) => place.day.replaceAll("-", "/") + whereabouts(record).anchor.replace(/^(?!\/)/, ".html#");

  function article({ record, place }, query) {
    const entry = template.content.querySelector(".entry").cloneNode(true);
    const put = (selector, content) => {
      const node = entry.querySelector(selector);
      if (content) node.append(content);
      else node.remove();
      return node;
    };
    const { target } = whereabouts(record);
    const link = put("h2 a", marked(record[TITLE], query).fragment);
    link.href = daysheet.root + addressOf(record, place);
    if (record[HTML] && !link.querySelector("mark")) {
      const title = document.createElement("template");
      title.innerHTML = record[HTML];
      link.replaceChildren(title.content);
    }
    link.parentElement.lang = daysheet.languageOf(record[TITLE]);
    put(".original", record[ORIGINAL] && marked(record[ORIGINAL], query).fragment).lang = daysheet.languageOf(record[ORIGINAL] || "");
    put(".day", place.day);
    put(".from", place.source[1]);
    put(".authors", record[AUTHORS] && marked(shortened(record[AUTHORS], query), query).fragment);
    const id = put("a.id", record[SHOWN]);
    if (target) Object.assign(id, { href: target, rel: "noopener noreferrer" });
    put(".summary", snippet(record[SUMMARY] || record[NOTE] || "", query));
    return entry;
  }

  /** The first authors, or all of them if what is looked for is further back. */
  function shortened(authors, query) {
    const first = authors.split("; ").slice(0, 3).join("; ");
    if (first.length === authors.length) return authors;
    const isAbout = (text) => query.clauses.some(({ test, isNot, names, text: needle }) => !isNot && ["author", "text"].includes(test) && (names ?? [needle]).some((one) => fold(text).includes(one)));
    return isAbout(authors) && !isAbout(first) ? authors : `${first} …`;
  }

  /** A text around the first hit. */
  function snippet(text, query) {
    if (!text) return undefined;
    const LENGTH = /\p{Script=Han}/u.test(text) ? 110 : 220;
    const { first = 0 } = marked(text, query);
    const from = first < LENGTH / 2 ? 0 : text.lastIndexOf(" ", first - LENGTH / 3) + 1 || Math.floor(first - LENGTH / 3);
    const part = text.slice(from, from + LENGTH).replace(/\s+/g, " ");
    const { fragment } = marked(`${from > 0 ? "… " : ""}${part}${from + LENGTH < text.length ? " …" : ""}`, query);
    return fragment;
  }

  function showFacets(search) {
    const isExact = search.isDone && search.hits.length === [...search.counts.year.values()].reduce((sum, n) => sum + n, 0);
    facets.hidden = search.isDone && search.hits.length === 0;
    const groups = Object.entries(search.counts).filter(([, counts]) => counts.size > 1);
    facets.replaceChildren(...groups.map(([kind, counts]) => {
      const row = document.createElement("p");
      for (const [value, n] of [...counts].sort(([a], [b]) => b.localeCompare(a))) {
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.add = `${kind === "year" ? "date" : kind}:${value}`;
        button.append(search.labels[value] ?? value, ` ${isExact ? "" : "≤ "}${n}`);
        row.append(button, " ");
      }
      return row;
    }));
  }

  async function show(search, run, isFirst) {
    list.setAttribute("aria-busy", "true");
    let isNew = isFirst;
    const tell = (hit) => {
      if (run !== running) return;
      if (isNew) {
        list.replaceChildren();
        showFacets(search);
        isNew = false;
      }
      const entry = article(hit, search.query);
      list.append(entry);
      daysheet.state.apply(entry);
    };
    try {
      if (isFirst) await search.begin();
      await search.next(tell);
      if (run !== running) return;
      if (isNew) list.replaceChildren();
      say(search);
      showFacets(search);
    } catch (error) {
      if (run !== running) return;
      status.textContent = words.index_missing.replace("{key}", error.message);
      throw error;
    } finally {
      if (run === running) list.removeAttribute("aria-busy");
    }
  }

  function start() {
    running += 1;
    const typed = box.value.slice(0, LONGEST);
    const query = parse(typed);
    tellProblems(query.problems);
    current = undefined;
    if (!query.asks) {
      for (const part of [list, facets]) part.replaceChildren();
      list.removeAttribute("aria-busy");
      status.textContent = "";
      more.hidden = true;
      return undefined;
    }
    current = new Search(query, sort.value === "relevance");
    return show(current, running, true);
  }

  const address = () => `#${new URLSearchParams({ q: box.value, ...(sort.value === "relevance" && { sort: "relevance" }) })}`;

  /** Keeps the query in the address; what was finished becomes a step that the back button knows. */
  function keep(isStep) {
    const next = box.value ? address() : "#";
    if (next === (location.hash || "#")) return;
    history[isStep ? "pushState" : "replaceState"](null, "", next);
  }

  function restore() {
    const given = new URLSearchParams(location.hash.slice(1) || location.search);
    box.value = given.get("q") ?? "";
    sort.value = given.get("sort") === "relevance" ? "relevance" : "newest";
    goBack(start(), running);
  }

  /** As many hits as there were when the reader followed one, and the place among them. */
  async function goBack(begun, run) {
    const { n, y } = history.state ?? {};
    await begun;
    if (!n) return;
    while (run === running && current.hits.length < n && !current.isDone) await goOn();
    if (run === running) scrollTo(0, y);
  }

  function goOn() {
    current.limit += 4 * current.budget;
    return show(current, running, false);
  }

  /** What was pressed is gone: the keyboard goes on from there. */
  function focus(node) {
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
  }

  let pause;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      keep(false);
      start();
    }, 150);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    clearTimeout(pause);
    keep(true);
    start();
  });
  box.addEventListener("change", () => keep(true));
  sort.addEventListener("change", () => {
    keep(true);
    start();
  });
  facets.addEventListener("click", ({ target }) => {
    const { add } = target.closest("button")?.dataset ?? {};
    if (!add) return;
    box.value = `${box.value.trim()} ${add}`;
    keep(true);
    start();
    focus(status);
  });
  more.addEventListener("click", () => {
    if (!current || list.hasAttribute("aria-busy")) return;
    const n = list.children.length;
    goOn().then(() => more.hidden && focus(list.children[n] ?? status));
  });
  list.addEventListener("click", ({ target }) => target.closest("a") && history.replaceState({ n: current.hits.length, y: scrollY }, ""));
  addEventListener("popstate", restore);
  addEventListener("hashchange", restore);

  daysheet.searching = { parse, Search, addressOf };
  restore();
  if (!box.value) box.focus();
})();

// What the reader keeps: stars, read marks, preferences, visits. It lies in the browser's storage, each site apart, and leaves the
// browser only as a file that the reader exports. What is damaged there is set aside, and what cannot be stored lasts as long as
// the page.
(() => {
  const root = new URL("../", document.currentScript.src);
  // Sites of one owner share a host, and all folders opened as files share one storage.
  const PREFIX = `daysheet:${root.pathname}:`;
  const ASIDE = "damaged:";
  const DAY_ADDRESS = /^\d{4}\/\d\d\/\d\d(\.[a-z-]+)?(\/[\w-]+\/\d+)?\.html#[\w.~-]+$/;
  const ENTRY_KEY = /^[\w.-]{1,120}$/;

  const isText = (value) => typeof value === "string";
  const isRecord = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const optional = (value, most) => (isText(value) && value ? value.slice(0, most) : undefined);

  function star(value) {
    if (!isRecord(value) || !isText(value.title) || !DAY_ADDRESS.test(value.url)) return undefined;
    const link = isText(value.link) && /^https?:/.test(value.link) ? value.link : undefined;
    return {
      title: value.title.slice(0, 1000), url: value.url, at: Number(value.at) || 0, link,
      original: optional(value.original, 1000), authors: optional(value.authors, 300), id: optional(value.id, 200),
    };
  }

  const lines = (value) => (Array.isArray(value) ? value.filter(isText) : []);
  const visit = (value) => (isRecord(value) && Number.isFinite(value.at) && isRecord(value.counts) ? value : undefined);

  // For each part: how it is made of what was stored, and how it is stored. What does not fit is left out.
  const PARTS = {
    stars: {
      read: (value) => new Map(Object.entries(value).map(([key, one]) => [key, ENTRY_KEY.test(key) && star(one)]).filter(([, one]) => one)),
      write: Object.fromEntries,
      isForm: isRecord,
    },
    read: {
      read: (value) => new Set(value.filter((key) => isText(key) && ENTRY_KEY.test(key))),
      write: (keys) => [...keys],
      isForm: Array.isArray,
    },
    settings: {
      read: (value) => ({
        watched: lines(value.watched), muted: lines(value.muted), hideRead: value.hideRead === true, hideRepeats: value.hideRepeats === true,
        originalFirst: value.originalFirst === true, noKeys: value.noKeys === true, language: optional(value.language, 35),
      }),
      write: (value) => value,
      isForm: isRecord,
    },
    visits: {
      read: (value) => ({ at: Number(value.at) || 0, list: (Array.isArray(value.list) ? value.list : []).map(visit).filter(Boolean), told: value.told }),
      write: (value) => value,
      isForm: isRecord,
    },
  };
  const EMPTY = { stars: {}, read: [], settings: {}, visits: {} };

  const memory = new Map();
  const listeners = [];
  // `off`: the browser stores nothing. `full`: what was changed last could not be stored.
  let problem = null;

  function stored(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      problem = "off";
      return null;
    }
  }

  /** The value of a part from its text, and whether all of the text was understood. */
  function parse(part, text) {
    const { read, write, isForm } = PARTS[part];
    if (text === null) return { value: read(EMPTY[part]), whole: true };
    try {
      const raw = JSON.parse(text);
      if (!isForm(raw)) throw new TypeError("another form");
      const value = read(raw);
      const kept = write(value);
      const size = (any) => (Array.isArray(any) ? any.length : Object.keys(any).length);
      return { value, whole: part === "settings" || size(kept) >= size(raw) };
    } catch {
      return { value: read(EMPTY[part]), whole: false };
    }
  }

  /** Moves a damaged text to a name of its own. Its place is freed first: storage may be full. */
  function setAside(part, text) {
    const name = `${PREFIX}${ASIDE}${part}:${Date.now()}`;
    try {
      localStorage.removeItem(PREFIX + part);
      localStorage.setItem(name, text);
    } catch {
      problem = "full";
    }
  }

  function load(part) {
    const text = stored(PREFIX + part);
    const { value, whole } = parse(part, text);
    if (!whole) {
      setAside(part, text);
      if (text !== null) save(part, value);
    }
    memory.set(part, value);
    return value;
  }

  function save(part, value) {
    try {
      localStorage.setItem(PREFIX + part, JSON.stringify(PARTS[part].write(value)));
      return true;
    } catch {
      problem = problem === "off" ? "off" : "full";
      return false;
    }
  }

  const get = (part) => memory.get(part) ?? load(part);

  /** Changes a part and stores it. What another tab stored meanwhile is kept, unless this page has something that it could not store. */
  function update(part, change) {
    const value = problem ? get(part) : load(part);
    change(value);
    memory.set(part, value);
    const isStored = save(part, value);
    if (isStored && problem === "full") problem = null;
    tell(part);
    return isStored;
  }

  function tell(part) {
    for (const listener of listeners) listener(part);
  }

  function names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    } catch {
      return [];
    }
  }

  /** Forgets everything of this site, damaged copies too. */
  function clear() {
    for (const name of names()) localStorage.removeItem(name);
    problem = stored(PREFIX) === null && problem === "off" ? "off" : null;
    for (const part of Object.keys(PARTS)) {
      memory.set(part, PARTS[part].read(EMPTY[part]));
      tell(part);
    }
  }

  function follow(isMeant) {
    for (const part of Object.keys(PARTS).filter(isMeant)) {
      load(part);
      tell(part);
    }
  }

  // Without a name all was cleared.
  addEventListener("storage", ({ key }) => follow((part) => key === null || key === PREFIX + part));
  // A page that the browser kept while the reader was elsewhere has missed what happened there.
  addEventListener("pageshow", ({ persisted }) => persisted && !problem && follow(() => true));

  Object.assign(daysheet, {
    root: root.href,
    make: (name, values) => Object.assign(document.createElement(name), values),
    store: {
      get, update, clear, star,
      read: (part, value) => PARTS[part].read(PARTS[part].isForm(value) ? value : EMPTY[part]),
      write: (part) => PARTS[part].write(get(part)),
      problem: () => problem,
      /** The damaged texts that were set aside: name → text. */
      damaged: () => Object.fromEntries(names().filter((name) => name.startsWith(PREFIX + ASIDE)).map((name) => [name.slice(PREFIX.length), stored(name)])),
      onChange: (listener) => listeners.push(listener),
    },
  });
})();

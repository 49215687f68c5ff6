// The page of preferences: watched and muted words, what is hidden, and everything as a file.
(() => {
  const { store, words } = daysheet;
  const FORMAT = "daysheet-reader";
  const page = document.querySelector(".reader");
  if (!page) return;
  const damaged = page.querySelector(".damaged");

  const { say, state: { complain } } = daysheet;
  const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

  function show() {
    const settings = store.get("settings");
    for (const field of page.querySelectorAll("[name]")) {
      if (field.type === "checkbox") field.checked = settings[field.name];
      else if (document.activeElement !== field) field.value = settings[field.name].join("\n");
    }
    page.querySelector(".kept").textContent = words.kept.replace("{stars}", store.get("stars").size).replace("{n}", store.get("read").size);
    damaged.hidden = Object.keys(store.damaged()).length === 0;
    if (store.problem()) complain();
  }

  page.addEventListener("input", ({ target }) => {
    if (!target.name) return;
    const value = target.type === "checkbox" ? target.checked : linesOf(target.value);
    const isStored = store.update("settings", (settings) => (settings[target.name] = value));
    const unknown = target.type === "checkbox" ? undefined : value.find((line) => /^[a-z]+:(?!\/\/)/i.test(line) && !/^(author|tag):/i.test(line));
    if (!isStored) complain();
    else say(unknown ? words.unknown_field.replace("{key}", unknown) : words.saved);
  });

  function download(name, value) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const today = () => new Date().toISOString().slice(0, 10);

  function exportAll() {
    const parts = Object.fromEntries(["stars", "read", "settings"].map((part) => [part, store.write(part)]));
    download(`daysheet-${today()}.json`, { format: FORMAT, version: 1, site: page.dataset.site, exported: new Date().toISOString(), ...parts });
  }

  /** Adds what a file holds to what is there: stars and read marks of both, words of both, the file's choices. */
  function importAll(text) {
    const file = JSON.parse(text);
    if (file?.format !== FORMAT || !(file.version <= 1)) throw new TypeError("another format");
    const stars = store.read("stars", file.stars);
    const read = store.read("read", file.read);
    const { watched, muted, ...choices } = store.read("settings", file.settings);
    const union = (a, b) => [...new Set([...a, ...b])];
    const stored = [
      store.update("stars", (mine) => stars.forEach((star, key) => mine.set(key, mine.get(key) ?? star))),
      store.update("read", (mine) => read.forEach((key) => mine.add(key))),
      store.update("settings", (mine) => Object.assign(mine, file.settings && choices, { watched: union(mine.watched, watched), muted: union(mine.muted, muted) })),
    ];
    if (stored.every(Boolean)) say(words.imported.replace("{stars}", stars.size).replace("{n}", read.size));
    else complain();
  }

  page.querySelector("[type=file]").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      importAll(await file.text());
    } catch {
      say(words.not_imported.replace("{key}", file.name));
    }
    target.value = "";
  });

  const ACTIONS = {
    export: exportAll,
    damaged: () => download(`daysheet-damaged-${today()}.json`, store.damaged()),
    clear: (button) => {
      if (button.dataset.sure !== "yes") {
        button.dataset.sure = "yes";
        button.dataset.label = button.textContent;
        button.textContent = words.clear_sure;
        return;
      }
      store.clear();
      reset(button);
      say(words.cleared);
    },
  };

  function reset(button) {
    if (button.dataset.sure !== "yes") return;
    delete button.dataset.sure;
    button.textContent = button.dataset.label;
  }

  page.addEventListener("click", ({ target }) => ACTIONS[target.dataset?.act]?.(target));
  page.querySelector("[data-act=clear]").addEventListener("blur", ({ target }) => reset(target));
  store.onChange(show);
  show();
})();

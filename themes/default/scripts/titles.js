// Titles that scripts put on a page: in which language they are.
(() => {
  /** The language of a title by its letters, where they tell it. */
  daysheet.languageOf = (text) => {
    const n = (script) => text.match(new RegExp(`\\p{Script=${script}}`, "gu"))?.length ?? 0;
    const [hangul, kana, han] = [n("Hangul"), n("Hiragana") + n("Katakana"), n("Han")];
    if (hangul > han) return "ko";
    if (kana * 8 > han) return "ja";
    return han > 0 ? "zh" : /[a-z]/i.test(text) ? "en" : "";
  };
})();

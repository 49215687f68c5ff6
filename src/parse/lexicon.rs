//! Which field a column's name means: the names are data, in `lexicon.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a column holds. The name in `lexicon.tsv` is the variant's in snake case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The title, and what models wrote below it.
    Title,
    /// The title in the work's own language.
    OriginalTitle,
    /// People.
    Authors,
    /// When the work was published.
    Published,
    /// A link to a PDF.
    Pdf,
    /// A link to the work.
    Link,
    /// A link to the abstract's page.
    AbstractLink,
    /// A link to the full text as a web page.
    Html,
    /// A link to code.
    Code,
    /// A link to a discussion.
    Discussion,
    /// An arXiv id, a DOI, or a number.
    Id,
    /// Abstract or summary.
    Summary,
    /// Categories, keywords.
    Tags,
    /// Journal, venue, site.
    Source,
    /// Points, stars.
    Score,
    /// A remark.
    Comment,
    /// A programming or natural language.
    Language,
    /// Where the authors work.
    Affiliation,
    /// A running number.
    Number,
    /// A column whose name is not known.
    Unknown,
}

/// The form of the cells in a column, by which torn rows are put together again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A link or nothing.
    Link,
    /// A date or nothing.
    Date,
    /// An identifier without spaces.
    Id,
    /// Names of people.
    Names,
    /// A number.
    Number,
    /// A few words on one line.
    Words,
    /// A title.
    Title,
    /// Text of any length.
    Text,
}

/// Field names of the lexicon, the fields and the form of their cells.
const FIELDS: &[(&str, Field, Form)] = &[
    ("title", Field::Title, Form::Title),
    ("original_title", Field::OriginalTitle, Form::Title),
    ("authors", Field::Authors, Form::Names),
    ("published", Field::Published, Form::Date),
    ("pdf", Field::Pdf, Form::Link),
    ("link", Field::Link, Form::Link),
    ("abstract_link", Field::AbstractLink, Form::Link),
    ("html", Field::Html, Form::Link),
    ("code", Field::Code, Form::Link),
    ("discussion", Field::Discussion, Form::Link),
    ("id", Field::Id, Form::Id),
    ("summary", Field::Summary, Form::Text),
    ("tags", Field::Tags, Form::Words),
    ("source", Field::Source, Form::Words),
    ("score", Field::Score, Form::Number),
    ("comment", Field::Comment, Form::Text),
    ("language", Field::Language, Form::Words),
    ("affiliation", Field::Affiliation, Form::Words),
    ("number", Field::Number, Form::Number),
];

/// The names of all fields.
pub fn field_names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|row| row.0)
}

impl Field {
    /// The form of this field's cells.
    pub fn form(self) -> Form {
        FIELDS.iter().find(|row| row.1 == self).map_or(Form::Text, |row| row.2)
    }

    /// The field's name in `lexicon.tsv` and in settings.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|row| row.1 == self).map_or("unknown", |row| row.0)
    }

    /// The field of that name, as settings give it.
    pub fn by_name(name: &str) -> Option<Field> {
        FIELDS.iter().find(|row| row.0 == name).map(|row| row.1)
    }
}

/// What the lexicon says about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The field.
    pub field: Field,
    /// The language of the name, as a tag of two letters.
    pub language: &'static str,
}

static LEXICON: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("lexicon.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        if let (Some(field), Some(language), Some(list)) = (columns.next(), columns.next(), columns.next()) {
            let field = Field::by_name(field).expect("every field of lexicon.tsv is in FIELDS, which a test checks");
            for name in list.split(" ; ").map(fold).filter(|name| !name.is_empty()) {
                names.entry(name).or_insert(Meaning { field, language });
            }
        }
    }
    names
});

/// Traditional characters of names, and below them, in the same order, the simplified ones that stand for both. Words that differ by
/// more than the script, such as 專案 and 项目, are names of their own.
const SCRIPTS: [&str; 2] = [
    "註訪說約標題論譯項庫稱聞內詞條產發佈開創編輯時間鏈連結網詳來頁問閱讀關轉碼實現討評區號識總簡紹説價導點鍵觀單覽語類別簽籤領學會議處體臺數熱讚贊薦備釋為麼啟個見機構屬錄報載長團隊與訊計執話專",
    "注访说约标题论译项库称闻内词条产发布开创编辑时间链连结网详来页问阅读关转码实现讨评区号识总简绍说价导点键观单览语类别签签领学会议处体台数热赞赞荐备释为么启个见机构属录报载长团队与讯计执话专",
];

/// Pairs of [`SCRIPTS`], in the order of the first.
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut pairs: Vec<(char, char)> = SCRIPTS[0].chars().zip(SCRIPTS[1].chars()).collect();
    pairs.sort_unstable();
    pairs
});

fn simplified(c: char) -> char {
    SIMPLIFIED.binary_search_by_key(&c, |pair| pair.0).map_or(c, |at| SIMPLIFIED[at].1)
}

/// The longest name of the lexicon, folded, in bytes.
const MAX_NAME: usize = 64;

/// What a name means, looked up without a copy on the heap.
fn known(name: &str) -> Option<Meaning> {
    let mut folded = [0_u8; MAX_NAME];
    let mut n = 0;
    let mut push = |c: char| {
        let end = n + c.len_utf8();
        c.encode_utf8(folded.get_mut(n..end)?);
        n = end;
        Some(())
    };
    for c in name.chars() {
        match c {
            'a'..='z' | '0'..='9' => push(c)?,
            'A'..='Z' => push(c.to_ascii_lowercase())?,
            c if c.is_ascii() || !c.is_alphanumeric() => {}
            c => c.to_lowercase().map(simplified).try_for_each(&mut push)?,
        }
    }
    LEXICON.get(std::str::from_utf8(&folded[..n]).ok()?).copied()
}

/// Looks a column's name up: as [`look_up_whole`] does, then one side of `Title / 标题`, or a name for a summary in brackets.
pub fn look_up(name: &str) -> Option<Meaning> {
    let sides =
        || if name.contains(['/', '／', '·', '|']) { name.split(['/', '／', '·', '|']).find_map(known) } else { None };
    let bracketed = || {
        let inner = name.split_once(['(', '（'])?.1.trim_end_matches([')', '）']);
        IN_BRACKETS.iter().any(|word| word.eq_ignore_ascii_case(inner)).then(|| known(inner)).flatten()
    };
    look_up_whole(name).or_else(sides).or_else(bracketed)
}

/// Looks a whole name up, the name without what stands in parentheses, or without the language at the end of a key.
pub fn look_up_whole(name: &str) -> Option<Meaning> {
    let outside = name.split(['(', '（', '[']).next()?;
    let whole = known(name).or_else(|| if outside.len() < name.len() { known(outside) } else { None });
    whole.or_else(|| without_language(name))
}

/// Names of a summary that stand in brackets behind one in another language.
const IN_BRACKETS: &[&str] = &["abstract", "summary", "tl;dr", "tldr", "摘要", "要約", "요약"];

/// What a key means that ends with a language, `summary_ko`, where texts in several languages can stand side by side.
fn without_language(key: &str) -> Option<Meaning> {
    let (stem, _) = key.rsplit_once(['_', ' ']).filter(|(_, end)| ["zh", "cn", "en", "ja", "ko", "kr"].contains(end))?;
    let beside = |field| matches!(field, Field::Summary | Field::Comment | Field::Tags | Field::Affiliation);
    known(stem).filter(|meaning| beside(meaning.field))
}

/// A name of the lexicon with what tells quickly that another one is not near it.
struct Known {
    name: &'static str,
    field: Field,
    /// In characters.
    length: usize,
    letters: u64,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |(name, meaning): (&'static String, &Meaning)| Known {
        name,
        field: meaning.field,
        length: name.chars().count(),
        letters: letters(name),
    };
    LEXICON.iter().map(known).collect()
});

/// A bit for each letter that occurs in a name; letters of large alphabets share bits.
fn letters(name: &str) -> u64 {
    name.chars().fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
}

/// The known name nearest to an unknown one, if it differs in at most two letters and in less than half of them.
pub fn nearest(name: &str) -> Option<&'static str> {
    let folded = fold(name);
    let length = folded.chars().count();
    let letters = letters(&folded);
    // An edit changes the length by one letter and the letters that occur by two.
    let alike = KNOWN.iter().filter(|known| known.length.abs_diff(length) <= 2 && (known.letters ^ letters).count_ones() <= 4);
    let near = alike.map(|known| (strsim::damerau_levenshtein(known.name, &folded), known.name, known.field));
    let best = near
        .filter(|(distance, ..)| *distance <= 2 && distance * 2 < length)
        .min_by_key(|(distance, known, _)| (*distance, *known));
    best.map(|(_, _, field)| field.name())
}

/// Drops case, the traditional script, spaces, punctuation, emoji and Markdown marks.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(simplified).collect()
}

/// Texts that stand where there is nothing, folded like names.
const ABSENT: &[&str] = &[
    "",
    "na",
    "none",
    "null",
    "nan",
    "nil",
    "undefined",
    "无",
    "暂无",
    "没有",
    "缺失",
    "未知",
    "无链接",
    "链接缺失",
    "pdf缺失",
    "暂无链接",
    "暂无代码",
    "无代码",
    "未提供",
    "不适用",
    "なし",
    "없음",
    "notavailable",
    "nolink",
    "nocode",
    "nopdf",
    "tba",
    "nodescription",
    "nodescriptionprovided",
    "nodescriptionavailable",
    "暂无描述",
    "暂无简介",
    "暂无摘要",
    "暂无项目描述",
    "无描述",
];

/// The longest text of [`ABSENT`], in bytes.
const MAX_ABSENT: usize = 22;

/// True for a cell that says that there is nothing: empty, dashes, `N/A`, `None`, `暂无`, `PDF缺失`.
#[inline]
pub fn is_absent(cell: &str) -> bool {
    // A long cell is something, whatever it says; this also keeps the folding of huge cells out. And what begins with a letter or a
    // digit that nothing of `ABSENT` begins with is something too.
    match cell.as_bytes() {
        [] | b"N/A" | b"None" | b"-" => true,
        [first, ..] if cell.len() > 32 || first.is_ascii_alphanumeric() && !matches!(first | 0x20, b'n' | b'u' | b't' | b'p') => {
            false
        }
        _ => says_absent(cell),
    }
}

fn says_absent(cell: &str) -> bool {
    // Dates and nearly all names show by their first letter that they are something.
    let first = cell.bytes().find(u8::is_ascii_alphanumeric).map_or(0, |b| b.to_ascii_lowercase());
    if cell.is_ascii() && !matches!(first, 0 | b'n' | b'u' | b't') {
        return false;
    }
    let mut folded = [0_u8; MAX_ABSENT];
    let mut n = 0;
    for c in cell.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        if n + c.len_utf8() > MAX_ABSENT {
            return false;
        }
        n += c.encode_utf8(&mut folded[n..]).len();
    }
    // Three dashes are the line under a header, which shows where a table begins inside of a cell.
    ABSENT.iter().any(|absent| absent.as_bytes() == &folded[..n])
        && !cell.contains(['$', '\\'])
        && !cell.contains("---")
        && has_no_symbol(cell)
}

/// Emoji and mathematical signs are content although they fold to nothing; punctuation alone is not.
fn has_no_symbol(cell: &str) -> bool {
    cell.chars().all(|c| {
        c.is_alphanumeric()
            || c.is_whitespace()
            || c.is_ascii_punctuation() && !matches!(c, '+' | '<' | '>' | '=' | '%' | '#' | '!' | '?')
            || matches!(c, '—' | '–' | '－' | '／' | '（' | '）' | '【' | '】' | '。')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_lexicon_names_a_field() {
        for line in include_str!("lexicon.tsv").lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 3, "{line}");
            assert!(Field::by_name(columns[0]).is_some(), "{line}");
            assert!(["zh", "en", "ja", "ko", "es", "fr", "de", "pt", "ru", "tr"].contains(&columns[1]), "{line}");
        }
    }

    #[test]
    fn each_name_stands_in_the_lexicon_once() {
        let mut seen = std::collections::HashSet::new();
        for line in include_str!("lexicon.tsv").lines().filter(|line| !line.starts_with('#')) {
            for name in line.rsplit('\t').next().unwrap_or_default().split(" ; ") {
                assert!(seen.insert(fold(name)), "{name}");
            }
        }
    }

    #[test]
    fn every_traditional_character_has_a_simplified_one() {
        assert_eq!(SCRIPTS[0].chars().count(), SCRIPTS[1].chars().count());
        assert!(SIMPLIFIED.windows(2).all(|pairs| pairs[0].0 < pairs[1].0), "each stands once");
        assert_eq!(simplified('題'), '题');
    }

    #[test]
    fn names_fit_the_buffer() {
        assert!(LEXICON.keys().all(|name| name.len() <= MAX_NAME));
    }

    #[test]
    fn names_are_found_in_many_spellings() {
        let table = [
            (" 标题 ", Field::Title),
            ("**Title**", Field::Title),
            ("PDF链接", Field::Pdf),
            ("📅 Date", Field::Published),
            ("Title (标题)", Field::Title),
            ("Authors/作者", Field::Authors),
            ("摘要（中文）", Field::Summary),
            ("Author(s)", Field::Authors),
            ("タイトル", Field::Title),
            ("저자", Field::Authors),
            ("發佈時間", Field::Published),
            ("原文連結", Field::Link),
        ];
        for (name, field) in table {
            assert_eq!(look_up(name).map(|m| m.field), Some(field), "{name}");
        }
        assert_eq!(look_up("Framework"), None);
        assert_eq!(nearest("Autors"), Some("authors"));
        assert_eq!(nearest("Framework"), None);
    }

    #[test]
    fn absence_begins_with_few_letters() {
        let initials = ABSENT.iter().filter_map(|absent| absent.bytes().next());
        assert!(initials.into_iter().all(|byte| !byte.is_ascii() || b"nutp".contains(&byte)));
    }

    #[test]
    fn absence_has_many_names() {
        for cell in ["", " ", "-", "--", "—", "N/A", "none", "None", "(null)", "暂无", "PDF缺失", "无"] {
            assert!(is_absent(cell), "{cell}");
        }
        for cell in ["0", "无人机", "Nano", "👍", "$", "C++", "?"] {
            assert!(!is_absent(cell), "{cell}");
        }
    }
}

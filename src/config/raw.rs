//! The settings as written: a mirror of `site.toml`, with the places of what is checked later.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The settings as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Raw {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) language: Option<String>,
    pub(super) languages: Vec<Spanned<String>>,
    pub(super) base_url: Option<Spanned<String>>,
    pub(super) id: Option<String>,
    pub(super) content: Option<String>,
    pub(super) output: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) logo: Option<Spanned<String>>,
    pub(super) accent: Option<Spanned<String>>,
    pub(super) footer: Option<String>,
    pub(super) repository: Option<Spanned<String>>,
    pub(super) branch: Option<String>,
    pub(super) max_file_mib: Option<u32>,
    pub(super) feeds: RawFeeds,
    pub(super) data: RawData,
    pub(super) search: RawSearch,
    pub(super) citations: RawCitations,
    pub(super) works: RawWorks,
    pub(super) navigation: Vec<RawLink>,
    pub(super) source: Vec<RawSource>,
    pub(super) watch: Vec<RawWatch>,
    pub(super) hide: Vec<RawHide>,
    pub(super) redirect: Vec<RawRedirect>,
    pub(super) author: Vec<RawAuthor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawFeeds {
    pub(super) days: Option<u32>,
    pub(super) formats: Option<Vec<Spanned<String>>>,
    pub(super) authors: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawData {
    pub(super) api: Option<bool>,
    pub(super) csv: Option<bool>,
    pub(super) jsonl: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawSearch {
    pub(super) index: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawWatch {
    pub(super) key: Option<Spanned<String>>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) query: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawHide {
    pub(super) work: Option<Spanned<String>>,
    pub(super) author: Option<Spanned<String>>,
    pub(super) link: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawRedirect {
    pub(super) from: Option<Spanned<String>>,
    pub(super) to: Option<Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawCitations {
    pub(super) buttons: Option<bool>,
    pub(super) files: Option<bool>,
    pub(super) coins: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawWorks {
    pub(super) pages: Option<bool>,
    pub(super) noindex: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawLink {
    pub(super) label: Option<String>,
    pub(super) url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawSource {
    pub(super) key: Option<Spanned<String>>,
    pub(super) label: Option<String>,
    pub(super) files: Vec<String>,
    pub(super) dialect: Option<Spanned<String>>,
    pub(super) day: Option<Spanned<String>>,
    pub(super) date: Option<Spanned<String>>,
    pub(super) language: Option<Spanned<String>>,
    pub(super) note: Option<String>,
    pub(super) columns: BTreeMap<String, Spanned<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawAuthor {
    pub(super) name: Option<String>,
    pub(super) aliases: Vec<String>,
}

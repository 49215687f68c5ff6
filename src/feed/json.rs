//! JSON Feed 1.1 (jsonfeed.org).

use super::Document;
use super::item::Item;
use serde::Serialize;

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<FeedItem<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct FeedItem<'a> {
    id: &'a str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    content_html: &'a str,
    date_published: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
}

/// The document of a feed.
pub(super) fn document(document: &Document, items: &[Item]) -> Vec<u8> {
    let info = &document.scope.site.info;
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &document.title,
        home_page_url: &document.page,
        feed_url: document.scope.links.absolute(&document.route),
        description: &info.description,
        language: &info.language,
        authors: [Author { name: &info.title }],
        items: items.iter().map(feed_item).collect(),
    };
    serde_json::to_vec(&feed).expect("texts are JSON")
}

fn feed_item<'a>(item: &'a Item) -> FeedItem<'a> {
    FeedItem {
        id: &item.id,
        url: &item.url,
        external_url: item.external_url.as_deref(),
        title: &item.title,
        content_html: &item.html,
        date_published: item.moment.rfc3339(),
        authors: item.authors.iter().map(|name| Author { name }).collect(),
        tags: &item.tags,
    }
}

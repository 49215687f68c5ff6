//! The list of all feeds for feed readers, OPML 2.0.

use super::title;
use super::xml::{USUAL_HEAD, Xml};
use crate::site::route::{Links, Route};
use crate::site::{Channel, FeedFormat, Site};
use crate::theme::Theme;

/// The list: the site's feeds, and the others in groups. None without feeds of which a list can tell.
pub fn opml(site: &Site, theme: &Theme) -> Option<Vec<u8>> {
    let mut known = [FeedFormat::Atom, FeedFormat::Rss].into_iter();
    let format = known.find(|format| site.info.publish.feed_formats.contains(format))?;
    let links = Links::from(&Route::Opml, site.info.base_url.as_deref());
    let channels = site.channels();
    let outline = |xml: &mut Xml, channel: &Channel| {
        let feed = links.best(&Route::Feed(channel.clone(), format));
        let page = links.best(&Route::of_channel(channel));
        let title = title(site, theme, channel);
        xml.element(
            "outline",
            &[("type", "rss"), ("text", &title), ("title", &title), ("xmlUrl", &feed), ("htmlUrl", &page)],
            "",
        );
    };
    let mut xml = Xml::document(USUAL_HEAD);
    xml.open("opml", &[("version", "2.0")]);
    xml.open("head", &[]);
    xml.element("title", &[], &site.info.title);
    xml.close("head");
    xml.open("body", &[]);
    let [of_site, groups @ ..] = Channel::KINDS;
    for channel in channels.iter().filter(|channel| channel.kind() == of_site) {
        outline(&mut xml, channel);
    }
    for kind in groups {
        let of_group: Vec<&Channel> = channels.iter().filter(|channel| channel.kind() == kind).collect();
        if of_group.is_empty() {
            continue;
        }
        xml.open("outline", &[("text", &theme.text(kind, &[]))]);
        for channel in of_group {
            outline(&mut xml, channel);
        }
        xml.close("outline");
    }
    xml.close("body");
    xml.close("opml");
    Some(xml.into_bytes())
}

//! The list of all feeds for feed readers, OPML 2.0.

use super::title;
use super::xml::{Xml, document, element};
use crate::site::route::{Links, Route};
use crate::site::{Channel, FeedFormat, Site};
use crate::theme::Theme;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::io;

/// The list: the site's feeds, and the others in groups. None without feeds of which a list can tell.
pub fn opml(site: &Site, theme: &Theme) -> io::Result<Option<Vec<u8>>> {
    let Some(format) =
        [FeedFormat::Atom, FeedFormat::Rss].into_iter().find(|format| site.info.publish.feed_formats.contains(format))
    else {
        return Ok(None);
    };
    let links = Links::from(&Route::Opml, site.info.base_url.as_deref());
    let channels = site.channels();
    let outline = |xml: &mut Xml, channel: &Channel| {
        let feed = links.best(&Route::Feed(channel.clone(), format));
        let page = links.best(&Route::of_channel(channel));
        let title = title(site, theme, channel);
        element(
            xml,
            "outline",
            &[("type", "rss"), ("text", &title), ("title", &title), ("xmlUrl", &feed), ("htmlUrl", &page)],
            "",
        )
    };
    let mut xml = document()?;
    xml.create_element("opml").with_attribute(("version", "2.0")).write_inner_content(|xml| {
        xml.create_element("head").write_inner_content(|xml| element(xml, "title", &[], &site.info.title))?;
        xml.create_element("body").write_inner_content(|xml| {
            let [of_site, groups @ ..] = Channel::KINDS;
            for channel in channels.iter().filter(|channel| channel.kind() == of_site) {
                outline(xml, channel)?;
            }
            for kind in groups {
                let of_group: Vec<&Channel> = channels.iter().filter(|channel| channel.kind() == kind).collect();
                if of_group.is_empty() {
                    continue;
                }
                let name = theme.text(kind, &[]);
                xml.write_event(Event::Start(BytesStart::new("outline").with_attributes([("text", name.as_str())])))?;
                for channel in of_group {
                    outline(xml, channel)?;
                }
                xml.write_event(Event::End(BytesEnd::new("outline")))?;
            }
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(Some(xml.into_inner()))
}

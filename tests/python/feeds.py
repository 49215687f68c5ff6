"""Reads what a site has for other programs, as they would: feeds by feedparser, the data by its JSON Schema, the tables by csv and gzip.

    python tests/python/feeds.py SITE [--large]

SITE is a built site with a base URL; --large also checks how much of it these files are. Prints what was read; any deviation ends it with an error.
"""

import csv
import gzip
import io
import json
import re
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import jsonschema
import mf2py


def check_feeds(site):
    n_feeds = n_items = 0
    for path in sorted(site.glob("feeds/**/*.xml")):
        if path.name == "opml.xml":
            continue
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, f"{path}: {read.bozo_exception}"
        root = ElementTree.parse(path).getroot()
        items = root.findall("{http://www.w3.org/2005/Atom}entry") or root.findall("channel/item")
        assert len(read.entries) == len(items), f"{path}: {len(read.entries)} of {len(items)} items"
        for entry in read.entries:
            assert entry.id.startswith("urn:uuid:") and entry.title and entry.link.startswith("http"), f"{path}: {entry}"
            assert entry.published_parsed, f"{path}: {entry.id} has no date"
        n_feeds += 1
        n_items += len(items)
    for path in sorted(site.glob("feeds/**/*feed.json")):
        check_json_feed(path, json.loads(path.read_bytes()))
        n_feeds += 1
    outlines = ElementTree.parse(site / "feeds/opml.xml").getroot().findall(".//outline[@xmlUrl]")
    n_listed = len(list(site.glob("feeds/**/*atom.xml")))
    assert len(outlines) == n_listed, f"{len(outlines)} feeds in the list of {n_listed}"
    print(f"feeds: {n_feeds} documents with {n_items} items in XML; {n_listed} in the list")


def check_json_feed(path, feed):
    """The rules of jsonfeed.org/version/1.1: what must be there, and the types of what may be."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1", path
    known = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
    assert feed.keys() <= known, f"{path}: {feed.keys() - known}"
    assert all(isinstance(feed[key], str) for key in known - {"authors", "items", "description"} if key in feed), path
    known = {"id", "url", "external_url", "title", "content_html", "date_published", "authors", "tags"}
    ids = set()
    for item in feed["items"]:
        assert item.keys() <= known, f"{path}: {item.keys() - known}"
        assert isinstance(item["id"], str) and isinstance(item["content_html"], str), path
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item["date_published"]), path
        assert all(isinstance(author["name"], str) and author["name"] for author in item.get("authors", [])), path
        assert all(isinstance(tag, str) for tag in item.get("tags", [])), path
        ids.add(item["id"])
    assert len(ids) == len(feed["items"]), f"{path}: an id twice"


# Which form of the schema a file has, by its path; the first that fits counts.
FORMS = [
    (r"index\.json", "index"),
    (r"statistics\.json", "statistics"),
    (r"days/\d{4}\.json", "year"),
    (r"days/.*", "digest_day"),
    (r"(sources|tags|watch|authors)/index(/\d+)?\.json", {"sources": "sources", "tags": "tags", "watch": "watchlists", "authors": "authors"}),
    (r"authors/\w+/by/.*", "author"),
    (r"(sources|tags|watch|authors)/.*", {"sources": "source", "tags": "tag", "watch": "watchlist", "authors": "author_group"}),
]
MAX_FILE = 4 << 20


def check_data(site):
    api = site / "api/v1"
    schema = json.loads((api / "schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    forms = {}
    n_files, entries, keys = 0, 0, set()
    for path in sorted(api.glob("**/*.json")):
        name = path.relative_to(api).as_posix()
        if name == "schema.json":
            continue
        found = next((match, form) for match, form in ((re.fullmatch(rule, name), form) for rule, form in FORMS) if match)
        form = found[1] if isinstance(found[1], str) else found[1][found[0].group(1)]
        if form not in forms:
            forms[form] = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{form}", "$defs": schema["$defs"]})
        document = json.loads(path.read_bytes())
        problem = jsonschema.exceptions.best_match(forms[form].iter_errors(document))
        assert problem is None, f"{name}: {problem.json_path}: {problem.message}"
        assert path.stat().st_size <= MAX_FILE, f"{name}: {path.stat().st_size} bytes"
        if form == "digest_day":
            entries += len(document["items"])
            keys |= {f"{entry['day']}#{entry['key']}" for entry in document["items"]}
        n_files += 1
    index = json.loads((api / "index.json").read_bytes())
    assert entries == len(keys) == index["n_entries"], f"{entries} entries, {len(keys)} keys, {index['n_entries']} counted"
    referenced = 0
    for path in list(api.glob("authors/??.json")) + list(api.glob("authors/*/**/*.json")) + list(api.glob("tags/*.json")):
        for item in json.loads(path.read_bytes())["items"]:
            of_item = item.get("entries", []) if isinstance(item, dict) else [item]
            assert keys.issuperset(of_item), f"{path}: an entry that is not there"
            referenced += len(of_item)
    rows = lines = 0
    for path in site.glob("data/*.csv.gz"):
        # Cells may be longer than the module allows unless told so.
        csv.field_size_limit(1 << 30)
        table = list(csv.reader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8-sig"), newline="")))
        assert all(len(row) == len(table[0]) for row in table), path
        rows += len(table) - 1
    for path in site.glob("data/*.jsonl.gz"):
        whole = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
        for entry in whole[:200]:
            jsonschema.Draft202012Validator({"$ref": "#/$defs/entry", "$defs": schema["$defs"]}).validate(entry)
        assert keys.issuperset(f"{entry['day']}#{entry['key']}" for entry in whole), path
        lines += len(whole)
    assert rows == lines == entries, f"{rows} rows, {lines} lines, {entries} entries"
    print(f"data: {n_files} files by schema, {entries} entries, {referenced} references, {rows} rows, {lines} lines")


def check_microformats(site):
    """Days are h-feeds of h-entries: names, addresses, authors and contents as the data has them."""
    # Longer days carry none.
    days = sorted((site / "api/v1/days").glob("????-??-??.json"))[-12:]
    n_entries = 0
    for path in days:
        day = json.loads(path.read_bytes())
        if day["n"] > 300:
            continue
        page = (site / path.stem.replace("-", "/")).with_suffix(".html")
        feeds = mf2py.parse(doc=page.read_text("utf-8"), url="https://example.org/" + page.name)["items"]
        assert [feed["type"] for feed in feeds] == [["h-feed"]], f"{page}: {[feed['type'] for feed in feeds]}"
        entries = [child for child in feeds[0].get("children", []) if child["type"] == ["h-entry"]]
        items = day["items"]
        assert len(entries) == day["n"] and not day.get("previous"), f"{page}: {len(entries)} of {day['n']}"
        for entry, item in zip(entries, items):
            properties = entry["properties"]
            assert properties["url"][0].endswith("#" + item["key"]), f"{page}: {properties['url']}"
            assert properties["name"][0], f"{page}: {item['key']} has no name"
            assert properties.get("author", []) == item["authors"], f"{page}: {properties.get('author')} and {item['authors']}"
            assert ("content" in properties) == bool(item.get("summary")), f"{page}: {item['key']}"
        n_entries += len(entries)
    print(f"microformats: {n_entries} entries on {len(days)} days")


def check_share(site):
    """Feeds, data and citations are at most 35 % of the site and 3,000 files."""
    extra = [path for folder in ("feeds", "api", "data", "cite") for path in (site / folder).glob("**/*") if path.is_file()]
    size = sum(path.stat().st_size for path in extra)
    total = sum(path.stat().st_size for path in site.glob("**/*") if path.is_file())
    share = size / total
    print(f"share: {len(extra)} files, {size / 1e6:.1f} of {total / 1e6:.1f} MB, {share:.1%}")
    return len(extra), share


def main():
    warnings.simplefilter("ignore", DeprecationWarning)
    site = Path(sys.argv[1])
    check_feeds(site)
    check_data(site)
    check_microformats(site)
    n_files, share = check_share(site)
    if "--large" in sys.argv:
        assert n_files <= 3000, f"{n_files} files"
        assert share <= 0.35, f"{share:.1%}"


main()

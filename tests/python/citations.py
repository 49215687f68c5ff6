"""Reads citations back with the programs that people use: bibtexparser, rispy, and a JSON Schema for CSL-JSON.

    citations.py DAYSHEET ROOT

exports the site at ROOT in every format and compares each work's title, authors, id and date: in the three formats with each other, and
with the entries as they were read.
"""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import bibtexparser
import jsonschema
import rispy
from bibtexparser.middlewares import SplitNameParts, SeparateCoAuthors

HERE = Path(__file__).parent
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SIGNS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "\x01", r"\textbraceright{}": "\x02", r"\textasciicircum{}": "^", r"\textasciitilde{}": "~",
    r"\$": "$", r"\&": "&", r"\%": "%", r"\#": "#", r"\_": "_",
}


def export(daysheet, root, form):
    command = [daysheet, "export", "--quiet", "--root", root, "--format", form]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def plain(tex):
    """The text that was escaped: signs as they are, braces that keep capitals dropped. None for one with formulas."""
    pattern = "|".join(re.escape(sign) for sign in SIGNS)
    # One pass, so that what a sign stands for is not taken for another.
    parts = re.split(f"({pattern})", tex)
    if any("$" in part for part in parts[::2]):
        return None
    text = "".join(SIGNS[part] if n % 2 else part.replace("{", "").replace("}", "") for n, part in enumerate(parts))
    return text.replace("\x01", "{").replace("\x02", "}")


def from_bibtex(text):
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks, library.failed_blocks[0]
    return {entry.key: of_entry(entry) for entry in library.entries}


def of_entry(entry):
    fields = {field.key: field.value for field in entry.fields}
    date = (int(fields["year"]), MONTHS.index(fields["month"]) + 1 if "month" in fields else None, int(fields["day"]) if "day" in fields else None)
    return {
        "title": plain(fields["title"]),
        "authors": [of_parts(name) for name in fields.get("author", [])],
        "id": fields.get("eprint") or fields.get("doi"),
        "date": date,
        "type": (entry.entry_type, fields.get("archivePrefix")),
    }


def of_parts(name):
    family = plain(" ".join(name.von + name.last))
    parts = [family, plain(" ".join(name.first)), plain(" ".join(name.jr))]
    return ", ".join(part for part in parts if part)


def from_ris(text):
    return {record["id"]: of_record(record) for record in rispy.load(io.StringIO(text.replace("\r\n", "\n")))}


def of_record(record):
    year, month, day, _ = record["date"].split("/")
    number = record.get("accession_number", "").removeprefix("arXiv:")
    return {
        "title": record["title"],
        "authors": record.get("authors", []),
        "id": number or record.get("doi"),
        "date": (int(year), int(month) if month else None, int(day) if day else None),
    }


def from_csl(text):
    items = json.loads(text)
    jsonschema.Draft202012Validator(json.loads((HERE / "csl-item.json").read_text())).validate(items)
    return {item["id"]: of_item(item) for item in items}


def of_item(item):
    date = item["issued"]["date-parts"][0]
    return {
        "title": item["title"],
        "authors": [name.get("literal") or ", ".join(filter(None, map(name.get, ("family", "given", "suffix")))) for name in item.get("author", [])],
        "id": item.get("number", "").removeprefix("arXiv:") or item.get("DOI"),
        "date": (*date, None, None)[:3],
    }


def letters(text):
    return re.sub(r"[\W_]", "", text)


def is_resolved(title, cited):
    """True if a title has markup, and all letters outside of formulas and commands are in what is cited, in their order."""
    outside = iter(letters(cited))
    has_markup = bool(set("$*_\\`<&[~^") & set(title)) or "--" in title
    return has_markup and all(letter in outside for letter in letters(re.sub(r"\$[^$]*\$|\\[a-zA-Z]+|</?\w+>", "", title)))


def compare(daysheet, root):
    """What differs, and how many works and entries were compared."""
    bibtex, ris, csl = (reads(export(daysheet, root, form)) for form, reads in [("bibtex", from_bibtex), ("ris", from_ris), ("csl-json", from_csl)])
    wrong = []
    if not list(bibtex) == list(ris) == list(csl):
        wrong.append("the formats hold different works, or in another order")
    for key, work in csl.items():
        if ris.get(key) != work:
            wrong.append(f"{key}: RIS {ris.get(key)}, CSL-JSON {work}")
        found = dict(bibtex.get(key, {}))
        kind = found.pop("type", None)
        if found.get("title") is None:
            found["title"] = work["title"]
        if found != work:
            wrong.append(f"{key}: BibTeX {found}, CSL-JSON {work}")
        expected = ("misc", "arXiv") if key.startswith("arxiv-") else ("article", None) if work["id"] else ("misc", None)
        if kind != expected:
            wrong.append(f"{key}: {kind}")
    by_id = {work["id"]: work for work in csl.values() if work["id"]}
    seen, n_entries = set(), 0
    for line in export(daysheet, root, "jsonl").splitlines():
        entry = json.loads(line)
        name = (entry["id"] or "").partition(":")[2]
        if entry.get("merged_into") or not name:
            continue
        n_entries += 1
        work = by_id.get(name)
        if work is None:
            wrong.append(f"{entry['file']}:{entry['line']}: {name} is not cited")
            continue
        if name in seen:
            continue
        seen.add(name)
        title = entry["original_title"] or entry["title"]
        if title is not None and work["title"] != title and not is_resolved(title, work["title"]):
            wrong.append(f"{name}: {work['title']!r}, as read {title!r}")
        for as_read, cited in zip(entry["authors"], work["authors"], strict=True):
            if sorted(letters(as_read)) != sorted(letters(cited)):
                wrong.append(f"{name}: {cited!r}, as read {as_read!r}")
        if entry["published"] and "-".join(f"{part:02}" for part in work["date"] if part) != entry["published"]:
            wrong.append(f"{name}: {work['date']}, as read {entry['published']}")
    return wrong, len(csl), n_entries


def main():
    daysheet, root = sys.argv[1:]
    wrong, n_works, n_entries = compare(daysheet, root)
    print(f"{root}: {n_works} works of {n_entries} entries, {len(wrong)} differences")
    for difference in wrong[:20]:
        print(f"  {difference}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

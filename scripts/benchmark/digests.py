"""Digests to build: the entries of a folder of digests, resampled to any number, and written as tables by day and source.

A record is an entry as `daysheet export` prints it, with these keys: day, source, title, note, authors, url, summary.
"""

import datetime
import itertools
import json
import os
import random
import subprocess

KEYS = ("day", "source", "title", "note", "authors", "url", "summary")

# The days of resampled digests begin here and have so many entries each.
FIRST_DAY = datetime.date(2010, 1, 1)
PER_DAY = 150

# So many of a hundred entries list a work again that is one of the last thousand.
REPEATS = 10

# How many authors an entry has, on average three.
N_AUTHORS = (1, 2, 2, 3, 3, 3, 4, 4, 5)

# One of six authors of a new work is new, so that there are 0.45 x as many authors as entries: 0.9 new works x 3 authors / 6. The others
# are drawn from those that are there by Zipf's law as Mandelbrot has it, the author of rank r in proportion to 1 / (r + FLATTER), so that
# the first is not on every page.
NEW_AUTHOR = 1 / 6
FLATTER = 100


def export(daysheet, root, path):
    """Writes the records of a folder of digests, as daysheet reads them."""
    command = [daysheet, "export", "--quiet", "--root", root, "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        entries = (json.loads(line) for line in process.stdout)
        # An entry that the site shows as a part of another would be there twice.
        kept = [entry for entry in entries if entry["day"] and entry["title"] and not entry.get("merged_into")]
    if process.returncode != 0:
        raise SystemExit(f"`{' '.join(command)}` failed")
    kept.sort(key=lambda entry: (entry["day"], entry["source"]))
    write_records(path, ({key: entry[key] for key in KEYS} for entry in kept))


def write_records(path, records):
    """Writes records, one JSON object a line."""
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def read_records(path):
    """Reads records one by one."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def resample(seed, n, path):
    """Writes n records with the texts of others, new authors, works and days. The same input gives the same output."""
    drawn = random.Random(n)
    texts = list(read_records(seed))
    names = Names(drawn)
    recent = []

    def new(number):
        text = drawn.choice(texts)
        authors = names.draw(drawn.choice(N_AUTHORS))
        return {**text, "authors": authors, "url": f"https://example.org/{text['source']}/{number:07}"}

    def records():
        for number in range(n):
            # Of an earlier day: within one a repeat would be folded into the first.
            n_earlier = len(recent) - PER_DAY
            is_repeat = n_earlier > 0 and drawn.randrange(100) < REPEATS
            record = recent[drawn.randrange(n_earlier)] if is_repeat else new(number)
            recent.append(record)
            del recent[:-1000]
            yield {**record, "day": str(FIRST_DAY + datetime.timedelta(days=number // PER_DAY))}

    by_day = itertools.groupby(records(), key=lambda record: record["day"])
    write_records(path, (record for _, day in by_day for record in sorted(day, key=lambda record: record["source"])))


class Names:
    """A growing population of made up names."""

    SYLLABLES = [first + second for first in "bdfghklmnprstvz" for second in ("a", "e", "i", "o", "u", "an", "el", "or")]
    SPREAD = 1_000_003

    def __init__(self, drawn):
        self.drawn = drawn
        self.n_names = 0

    def draw(self, n):
        """The names of the authors of a work."""
        return [self.name(number) for number in dict.fromkeys(self._draw_one() for _ in range(n))]

    def _draw_one(self):
        if self.n_names == 0 or self.drawn.random() < NEW_AUTHOR:
            self.n_names += 1
            return self.n_names - 1
        return int(FLATTER * ((1 + self.n_names / FLATTER) ** self.drawn.random() - 1))

    def name(self, number):
        """The name with a number: two names of two syllables each, different for each number below two hundred millions."""
        base = len(self.SYLLABLES)
        # A prime spreads them, so that neighbors do not begin alike.
        rest = number * self.SPREAD % base**4
        parts = []
        for _ in range(4):
            rest, digit = divmod(rest, base)
            parts.append(self.SYLLABLES[digit])
        return f"{parts[0]}{parts[1]} {parts[2]}{parts[3]}".title()


def write_digests(records, folder):
    """Writes a file with a table per day and source, as scripts do."""
    os.makedirs(folder)
    by_file = itertools.groupby(read_records(records), key=lambda record: (record["day"], record["source"]))
    for (day, source), entries in by_file:
        with open(os.path.join(folder, f"{day}-{source}.md"), "w", encoding="utf-8") as file:
            file.write(f"# {source} {day}\n\n| 标题 | 作者 | PDF链接 | 摘要 |\n|---|---|---|---|\n")
            file.writelines(row(entry) for entry in entries)


def row(entry):
    """A row of a table."""
    title = cell(entry["title"]) + (f"\n\n{cell(entry['note'])}" if entry["note"] else "")
    link = f"[PDF]({entry['url']})" if entry["url"] else "N/A"
    return f"| {title} | {'; '.join(map(cell, entry['authors']))} | {link} | {cell(entry['summary'] or '')} |\n"


def cell(text):
    """A text as a cell of a table: on one line, its bars escaped."""
    return " ".join(text.split()).replace("\\|", "|").replace("|", "\\|")


def last_day(folder):
    """The names of the files of the last day in a folder whose files begin with their day."""
    names = sorted(name for name in os.listdir(folder) if name[:1].isdigit())
    return [name for name in names if name[:10] == names[-1][:10]]

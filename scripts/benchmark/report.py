"""Results as tables, for the terminal and for docs/performance.md."""

import glob
import json
import os
import statistics

from .measure import spread

BEGIN = "<!-- Written by `scripts/bench report`: -->"
END = "<!-- To here. -->"


def table(head, rows):
    """The rows of a part by name: times, memory, output, and what each took against the one named `base`, round by round."""
    base = {row["round"]: row for row in rows if row["name"] == head["base"]}
    lines = [
        "| what | wall, s | user + sys, s | peak memory | files | output | wall ÷ | user + sys ÷ |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(row["name"] for row in rows):
        of = [row for row in rows if row["name"] == name]
        against = [(row, base[row["round"]]) for row in of]
        cells = [
            name,
            times([row["wall"] for row in of]),
            times([row["cpu"] for row in of]),
            mega(max(row.get("peak", 0) for row in of)),
            f"{of[-1]['files']:,}" if of[-1].get("files") else "",
            mega(of[-1].get("bytes", 0)),
            *(times([row[kind] / max(by[kind], 0.01) for row, by in against]) for kind in ("wall", "cpu")),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def phases(rows):
    """The phases of the builds that told of them, in seconds: medians."""
    of_name = {}
    for row in rows:
        if "phases" in row:
            of_name.setdefault(row["name"], []).append(row["phases"])
    names = list(dict.fromkeys(phase for laps in of_name.values() for lap in laps for phase in lap))
    if not names:
        return ""
    lines = [f"| phases, s | {' | '.join(names)} |", "|---" * (1 + len(names)) + "|"]
    for name, laps in of_name.items():
        cells = [f"{statistics.median(lap.get(phase, 0) for lap in laps):.2f}" for phase in names]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n\n"


def growth(sections):
    """What an entry costs at each size that was measured."""
    lines = ["| entries | wall, s | µs each | peak memory | bytes each | output, bytes each | wall ÷ floor |", "|---|---|---|---|---|---|---|"]
    for head, rows in sections:
        n, own = head["n_entries"], [row for row in rows if row["name"] == "daysheet"]
        floor = statistics.median(row["wall"] for row in rows if row["name"] == head["base"])
        wall, peak = statistics.median(row["wall"] for row in own), max(row["peak"] for row in own)
        each = f"{wall / n * 1e6:.0f} | {mega(peak)} | {peak / n:,.0f} | {own[-1]['bytes'] / n:,.0f}"
        lines.append(f"| {n:,} | {wall:.2f} | {each} | {wall / floor:.2f} |")
    return "### Growth\n\nOf the archives below, everything on.\n\n" + "\n".join(lines) + "\n"


def times(values):
    """The median, and in parentheses the least and the greatest if there is more than one."""
    least, middle, greatest = spread(values)
    return f"{middle:.2f}" if len(values) == 1 else f"{middle:.2f} ({least:.2f}–{greatest:.2f})"


def mega(size):
    """A size in MB."""
    return f"{size / 1e6:,.0f} MB" if size else ""


def section(head, rows):
    """A part as a section of the document."""
    facts = [head["about"], f"{head['date']}, {head['commit']}", *head["machine"].values(), *head.get("versions", [])]
    body = counts(rows) if "instructions" in rows[0] else table(head, rows)
    return f"### {head['title']}\n\n{head['explained']}\n\n{body}\n\n{phases(rows)}{'; '.join(fact for fact in facts if fact)}.\n"


def counts(rows):
    """Counts of instructions, each with its share of the first."""
    lines = ["| what | instructions, millions | share |", "|---|---|---|"]
    for row in rows:
        share = row["instructions"] / rows[0]["instructions"] * 100
        lines.append(f"| {row['name']} | {row['instructions'] / 1e6:,.0f} | {share:.1f} % |")
    return "\n".join(lines)


def write(results, document):
    """Puts all saved results between the marks of a document."""
    parts = []
    for path in glob.glob(os.path.join(results, "*.jsonl")):
        with open(path, encoding="utf-8") as file:
            head, *rows = map(json.loads, file)
        parts.append((head, rows))
    parts.sort(key=lambda part: (part[0]["order"], part[0]["n_entries"] or 0))
    grown = [part for part in parts if part[0]["part"] == "grow"]
    sections = [section(*part) for part in parts]
    if grown:
        sections.insert(parts.index(grown[0]), growth(grown))
    with open(document, encoding="utf-8") as file:
        before, rest = file.read().split(BEGIN)
    after = rest.split(END)[1]
    inner = "\n".join(sections)
    with open(document, "w", encoding="utf-8") as file:
        file.write(f"{before}{BEGIN}\n\n{inner}\n{END}{after}")

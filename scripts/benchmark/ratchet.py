"""How many instructions a build of the demo takes, counted by valgrind: unlike time it does not depend on how busy the machine is.

The count still differs by some thousandths from run to run, since hash tables are seeded at random, and by more with another compiler or
another processor, whose widest instructions are used.
"""

import os
import platform
import re
import shutil
import subprocess
import tempfile
import tomllib

from . import measure

STORED = os.path.join("benches", "instructions.toml")

# A count may differ so much from the one that is stored, up or down.
TOLERANCE = 0.05

# What is counted apart: a name, and the functions whose instructions it is, with those of all that they call.
PHASES = {
    "the theme": ["theme::Theme::load"],
    "reading digests": ["parse::read"],
    "join": ["site::join::join"],
    "pages, and scripts with entries": ["page::Pages::render"],
    "– of that, templates": ["theme::Theme::render"],
    "feeds": ["feed::documents"],
    "data": ["api::render"],
    "search index": ["search::index::files"],
    "prose, in all of these": ["prose::html", "prose::html_without_mathml", "prose::inline_html", "prose::plain", "prose::pieces"],
    "writing files": ["disk::publish::Staging::write"],
}


def check(daysheet, root, bench, is_accepted):
    """Counts, and compares with the stored figure. The exit code: 1 if the count rose or fell by too much."""
    if not shutil.which("valgrind"):
        print("skipped: there is no valgrind to count instructions with")
        return 0
    count = total(counted(daysheet, root, bench))
    path = os.path.join(root, STORED)
    if is_accepted:
        store(path, count)
        return 0
    with open(path, "rb") as file:
        stored = tomllib.load(file)
    if stored["compiler"] != compiler():
        print(f"skipped: {stored['instructions']:,} instructions are stored for {stored['compiler']}, and this is {compiler()}:")
        print(f"{count:,} instructions; store them by `scripts/bench ratchet --accept`, on the commit before what you compare")
        return 0
    change = count / stored["instructions"] - 1
    print(f"{count:,} instructions, {change:+.2%} against {stored['instructions']:,} in {STORED}")
    if abs(change) <= TOLERANCE:
        return 0
    if change > 0:
        print(f"a build of the demo costs more than {TOLERANCE:.0%} more: make it cheaper, or say in the commit what it is worth, and")
    else:
        print("a build of the demo costs less: keep that by a lower figure, and")
    print("run `scripts/bench ratchet --accept`")
    return 1


def store(path, count):
    """Stores a count as the one to be kept."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("# Instructions of a build of the demo on one thread. Written by `scripts/bench ratchet --accept`, and on purpose only.\n")
        file.write(f'compiler = "{compiler()}"\ninstructions = {count}\n')
    print(f"{count:,} instructions are stored")


def compiler():
    """What a count depends on besides the program."""
    return f"{measure.said(['rustc', '--version'])} {platform.machine()}"


def counted(daysheet, root, bench):
    """Builds the demo under valgrind, into a new folder. The path of the file with the counts."""
    os.makedirs(bench, exist_ok=True)
    counts = os.path.join(bench, "callgrind.out")
    with tempfile.TemporaryDirectory() as folder:
        build = [daysheet, "build", "--quiet", "--jobs", "1", "--root", root, "--output", os.path.join(folder, "site")]
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", "--quiet"]
        subprocess.run([*valgrind, *build], check=True, env={"PATH": os.environ["PATH"]})
    return counts


def total(counts):
    """The instructions of the whole program."""
    with open(counts, encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(("totals:", "summary:")))


def by_phase(root, bench):
    """Rows with the instructions of the whole and of each phase. Counted in a build of its own, in which functions are not dissolved in
    those that call them; it takes some more instructions than a release."""
    target = os.path.join(bench, "symbols")
    profile = {"STRIP": "none", "LTO": "off", "CODEGEN_UNITS": "16"}
    environment = {f"CARGO_PROFILE_RELEASE_{key}": value for key, value in profile.items()} | {"CARGO_TARGET_DIR": target}
    build = ["cargo", "build", "--release", "--locked", "--quiet"]
    subprocess.run(build, cwd=root, check=True, env={**os.environ, **environment})
    counts = counted(os.path.join(target, "release", "daysheet"), root, bench)
    annotate = ["callgrind_annotate", "--inclusive=yes", "--threshold=100", counts]
    listing = subprocess.run(annotate, check=True, capture_output=True, text=True).stdout
    of_function = {}
    for number, function in re.findall(r"^ *([\d,]+) \([ \d.]+%\) +\S*?:daysheet::(\S+) ", listing, re.MULTILINE):
        of_function[function] = int(number.replace(",", ""))
    missing = [function for functions in PHASES.values() for function in functions if function not in of_function]
    if missing:
        print(f"not counted, since they are part of others now: {', '.join(missing)}")
    rows = [{"name": "the whole build", "instructions": total(counts)}]
    for name, functions in PHASES.items():
        rows.append({"name": name, "instructions": sum(of_function.get(function, 0) for function in functions)})
    return rows

"""The workflows and the action: linted by zizmor, also those that `daysheet init` writes, and the action's build step run as it stands.

    python workflows.py DAYSHEET ROOT

DAYSHEET is the program, ROOT the project. The demo is built for an address with a path; every link of its pages has to lead to a file.
"""

import html.parser
import os
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

import yaml

BASE_URL = "https://example.org/repo/"


class Links(html.parser.HTMLParser):
    """The addresses that a page names."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        # An address that names the page itself as search engines know it is no link.
        if ("rel", "canonical") not in attributes:
            self.found += [value for name, value in attributes if name in ("href", "src") and value]


def lint(daysheet, root, place):
    """Runs zizmor over the project's workflows and action, and over those of a new site."""
    subprocess.run([daysheet, "init", "--yes", place / "site"], check=True, stdout=subprocess.DEVNULL)
    inputs = [root / ".github/workflows", root / "action.yml", place / "site/.github/workflows"]
    zizmor = Path(sys.executable).with_name("zizmor")
    subprocess.run([zizmor, "--offline", "--no-progress", "--config", root / ".github/zizmor.yml", *inputs], check=True)


def build_step(root):
    """The script of the action's step that builds."""
    action = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "build")
    assert set(step["env"]) == {"DAYSHEET", "ROOT", "OUTPUT", "BASE_URL"}, step["env"]
    return step["run"]


def build(daysheet, root, place):
    """Runs the build step as it stands; says where the site is."""
    output, told = place / "public", place / "outputs"
    environment = {
        "PATH": os.environ["PATH"],
        "DAYSHEET": str(daysheet),
        "ROOT": str(root),
        "OUTPUT": str(output),
        "BASE_URL": BASE_URL.rstrip("/"),
        "GITHUB_OUTPUT": str(told),
    }
    subprocess.run(["bash", "-c", build_step(root)], check=True, env=environment)
    assert told.read_text() == f"base-url={BASE_URL.rstrip('/')}\noutput={output}\n", told.read_text()
    assert (output / ".nojekyll").is_file()
    return output


def broken(site):
    """Links of the pages below BASE_URL that lead to no file."""
    wrong, n_links = [], 0
    for page in sorted(site.rglob("*.html")):
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        at = urllib.parse.urljoin(BASE_URL, page.relative_to(site).as_posix())
        for link in links.found:
            target = urllib.parse.urljoin(at, link).split("#")[0].split("?")[0]
            if not target.startswith("https://example.org/"):
                continue
            n_links += 1
            below = target.removeprefix(BASE_URL)
            file = site / urllib.parse.unquote(below)
            if below == target or not (file / "index.html" if below == "" or below.endswith("/") else file).is_file():
                wrong.append(f"{page.relative_to(site)}: {link}")
    print(f"{n_links} links under {BASE_URL}, {len(wrong)} broken")
    assert n_links > 1000 and not wrong, wrong[:20]


def main():
    daysheet, root = (Path(argument).resolve() for argument in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as place:
        lint(daysheet, root, Path(place))
        broken(build(daysheet, root, Path(place)))


main()

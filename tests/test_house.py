"""Rules of the house that a reader can rely on, and that no linter knows."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "chat", "tasks", "workspace")
LONGEST_FILE = 200

# The only places that say "this string is safe HTML"; each escapes, or has sanitised, what it marks.
MAY_MARK_SAFE = {
    "workspace/fulltext.py",
    "workspace/templatetags/assets.py",
    "workspace/templatetags/icons.py",
}

# The only templates that show HTML as it is: what `workspace/markup` has sanitised.
MAY_SHOW_HTML = {
    "templates/chat/_said.html",
    "templates/tasks/_notes.html",
}

# What a broadcast reaches is the same for everybody: these words know a viewer.
VIEWER = re.compile(r"\b(request\.|user\.is_authenticated|perms\b|member\|may\b|csrf_token\b)")


def files(folder: str, pattern: str) -> Iterator[Path]:
    return (path for path in (ROOT / folder).rglob(pattern) if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def found(paths: Iterator[Path], pattern: str) -> dict[str, str]:
    """The first line of each file that matches, by the file's name."""
    hits = {}
    for path in paths:
        for line in path.read_text().splitlines():
            if re.search(pattern, line):
                hits.setdefault(name_of(path), line.strip())
    return hits


@pytest.mark.parametrize("app", APPS)
def test_a_module_fits_on_four_screens(app: str) -> None:
    long = {
        name_of(path): n for path in files(app, "*.py") if (n := path.read_text().count("\n")) > LONGEST_FILE
    }
    assert long == {}


@pytest.mark.parametrize("folder", ["static/js", "static/css", "templates"])
def test_so_does_what_the_browser_gets(folder: str) -> None:
    paths = [path for path in files(folder, "*.*") if path.suffix in {".js", ".css", ".html"}]
    assert paths, "the folder has moved"
    assert {name_of(path): n for path in paths if (n := path.read_text().count("\n")) > LONGEST_FILE} == {}


def test_what_is_broadcast_knows_no_viewer() -> None:
    seen, waiting = set(), list(files("templates/live", "*.html"))
    assert waiting, "there are live templates to look at"
    while waiting:
        path = waiting.pop()
        seen.add(path)
        included = re.findall(r"""{%\s*include\s+["']([^"']+)["']""", path.read_text())
        waiting.extend({ROOT / "templates" / name for name in included} - seen)
    assert {name_of(path): hit[0] for path in seen if (hit := VIEWER.search(path.read_text()))} == {}


def test_html_is_called_safe_in_few_places() -> None:
    in_python = {
        hit for app in APPS for hit in found(files(app, "*.py"), r"\bmark_safe\(|\bSafeString\([^)]")
    }
    assert in_python - MAY_MARK_SAFE == set()
    assert set(found(files("templates", "*.html"), r"\|\s*safe\b|autoescape off")) - MAY_SHOW_HTML == set()


def test_inline_style_sets_variables_only() -> None:
    assert found(files("templates", "*.html"), r"""\sstyle=["'](?!\s*--)""") == {}
    assert found(files("templates", "*.html"), r"""\son[a-z]+=["']""") == {}


def test_a_colour_is_written_where_the_tokens_are() -> None:
    sheets = (path for path in files("static/css", "*.css") if path.name != "tokens.css")
    assert found(sheets, r":[^;{]*(#[0-9a-f]{3,8}\b|\brgb\(|\bhsl\()") == {}


def test_only_one_module_cleans_markdown() -> None:
    importers = {
        hit for app in APPS for hit in found(files(app, "*.py"), r"^\s*(import|from) (bleach|nh3|markdown)\b")
    }
    assert importers, "something cleans what people write"
    assert all(name.startswith("workspace/markup") for name in importers), importers


def test_no_group_is_repeated_possessively() -> None:
    """Before Python 3.11.5, and so on Debian 12, `(ab?c)*+` matches text that it should have given back."""
    assert {hit for app in APPS for hit in found(files(app, "*.py"), r"\)(\*|\+|\?|\{[0-9,]+\})\+")} == set()


def test_only_actions_change_the_log() -> None:
    writers = {hit for app in APPS for hit in found(files(app, "*.py"), r"\bwith changes\(")}
    leaves = {name for name in writers if re.search(r"/(views|api|consumers|forms|queries|models)\b", name)}
    assert writers, "something writes to the log"
    assert leaves == set()


def test_the_repository_speaks_of_the_product_only() -> None:
    """No word of the machine it was built on, and nothing left for later."""
    words = ["TODO", "FIXME", "XXX", "breakpoint()", "pdb.set_trace"]
    asked = [word for each in words for word in ("-e", each)]
    unread = [":!package-lock.json", ":!tests/test_house.py", ":!tests/cases"]
    done = subprocess.run(
        ["git", "grep", "-nIF", *asked, "--", ".", *unread],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == ""


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/deploy.md",
        "docs/operations.md",
        "docs/performance.md",
        "docs/proof.md",
        "docs/protocol.md",
        "docs/scale.md",
        "docs/security.md",
    ],
)
def test_the_files_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / page).read_text()
    linked = re.findall(r"\]\((?!https?://)([^)#]+)", text)
    named = re.findall(
        r"`((?:accounts|bench|chat|docs|static|tasks|templates|tests|workspace)/[\w./-]*)`", text
    )
    places = [(ROOT / page).parent / link for link in linked] + [ROOT / name for name in named]
    assert [str(place) for place in places if not place.exists()] == []

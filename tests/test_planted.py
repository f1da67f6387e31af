"""The tests are tested: each planted bug still fits the code, and a few of them are caught here; `make planted` has all."""

import re
import subprocess
import sys

import pytest

from tests.content.once import ONCE
from tests.mutation.planted import BUGS, ROOT, Bug, caught_by, plant

pytestmark = ONCE

QUICK = ["an address of any scheme is a link", "S-17: a NUL reaches the database"]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_the_bug_still_fits(bug: Bug):
    assert (ROOT / bug.file).read_text().count(bug.was) == 1, (
        "the code has moved: plant the bug where it went"
    )
    assert bug.was != bug.now


def test_there_are_enough_of_them():
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 15


def test_each_number_of_what_is_proven_has_a_mechanism_taken_out():
    page = (ROOT / "docs" / "proof.md").read_text()
    assert f"{len(BUGS)} planted bugs" in page
    rows = set(re.findall(r"^\| ([A-Z][\w-]+) \|", page, re.MULTILINE))
    rows -= {"Row", "S-20"}  # the heading; and this itself
    assert len(rows) > 30
    assert rows <= {bug.name.partition(":")[0] for bug in BUGS}


@pytest.mark.parametrize("name", QUICK)
def test_the_bug_is_caught(name):
    (bug,) = (bug for bug in BUGS if bug.name == name)
    assert caught_by(bug)


def test_one_that_no_longer_fits_is_told_of(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\nx = 1\n")
    bug = Bug("twice", "a.py", "x = 1", "x = 2", "tests")
    with pytest.raises(LookupError, match="no longer fits"):
        plant(bug, tmp_path)


def test_a_bug_that_no_test_would_catch_is_told_of():
    """The runner is not green by itself: a comment is no bug."""
    harmless = Bug(
        "none", "workspace/text.py", '"""Makes text', '"""Make text', "tests/workspace/test_icons.py"
    )
    assert caught_by(harmless) == []


def test_nothing_but_a_known_bug_is_run():
    words = [sys.executable, "-m", "tests.mutation.planted", "no such bug"]
    assert subprocess.run(words, cwd=ROOT, capture_output=True, text=True).returncode == 1

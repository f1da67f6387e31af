"""Bugs that somebody might write one day, planted one by one into a copy of the product: each is caught by a test.

Those that begin with a row of `docs/proof.md` take out what that row stands on.

    python -m tests.mutation.planted            all of them (`make planted`)
    python -m tests.mutation.planted nh3 lock   those with a word in their name

A bug is a text of the source and what stands there instead. One whose text is no longer there once, and once only, fails:
then the code has moved, and the bug has to be planted where it went.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutation import bugs
from tests.mutation.bugs import Bug
from tests.mutation.mechanisms import MECHANISMS

BUGS = [*bugs.BUGS, *MECHANISMS]
ROOT = Path(__file__).resolve().parent.parent.parent
LEFT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".*_cache", "images")
FOLDERS = {"data", "demo"}  # of who runs it here
PATIENCE = 300  # seconds for the tests of one bug


def plant(bug: Bug, root: Path) -> None:
    """Write the bug into a copy. Raises `LookupError` where it no longer fits."""
    path = root / bug.file
    source = path.read_text()
    if source.count(bug.was) != 1:
        raise LookupError(
            f"“{bug.name}” no longer fits: {bug.file} has {source.count(bug.was)} × {bug.was!r}"
        )
    path.write_text(source.replace(bug.was, bug.now))


def caught_by(bug: Bug) -> list[str]:
    """The tests that fail with the bug in: the first two of them."""
    with tempfile.TemporaryDirectory(prefix="loggia-planted-") as folder:
        copy = Path(folder) / "loggia"
        shutil.copytree(ROOT, copy, ignore=_left_out, symlinks=True)
        plant(bug, copy)
        wrap = [sys.executable, "-m", "tests.services", "--"] if bug.services else []
        words = [
            *wrap,
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--no-header",
            "--maxfail=2",
            "-p",
            "no:cacheprovider",
        ]
        words += ["-p", "no:randomly", "-rf", *bug.tests.split()]
        unset = {"DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER", "DATA_DIR", "PYTEST_CURRENT_TEST"}
        env = {name: value for name, value in os.environ.items() if name not in unset} | {
            "DATA_DIR": f"{folder}/data"
        }
        done = subprocess.run(words, cwd=copy, env=env, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"The tests of “{bug.name}” did not run:\n{(done.stdout + done.stderr)[-2000:]}")
    return re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)


def _left_out(folder: str, names: list[str]) -> set[str]:
    return LEFT(folder, names) | (FOLDERS if Path(folder) == ROOT else set())


def main(words: list[str]) -> int:
    chosen = [bug for bug in BUGS if not words or any(word in bug.name for word in words)]
    missed = 0
    for bug in chosen:
        began = time.monotonic()
        try:
            caught = caught_by(bug)
            said = f"caught by {caught[0]}" if caught else "NOT CAUGHT"
        except (LookupError, RuntimeError, subprocess.TimeoutExpired) as fault:
            caught, said = [], f"FAILED: {fault}"
        missed += not caught
        print(f"{bug.name:<58} {time.monotonic() - began:5.1f} s  {said}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} planted bugs were caught")
    return 1 if missed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

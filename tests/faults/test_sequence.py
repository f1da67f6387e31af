"""Eight writers and two readers at one database, in processes of their own, with changes that are rolled back."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.seeder import Seeder
from tests.faults.extent import extent, tell
from tests.faults.history import Row
from tests.server import ROOT, Server

PROCESSES, THREADS = extent((1, 8), (2, 4))
EACH = extent(30, 500)
READERS = extent(1, 2)
PATIENCE = 400  # seconds


@pytest.fixture
def server(environment: dict[str, Any]) -> Iterator[Server]:
    """The settings of a server that is not started, but for its database."""
    place = {"DATABASE_URL": environment["DATABASE_URL"]} if "DATABASE_URL" in environment else {}
    with tempfile.TemporaryDirectory() as folder:
        server = Server(data_dir=Path(folder), **place)
        server.manage("migrate", "--verbosity", "0")
        yield server


@pytest.fixture
def projects(seed: Seeder) -> list[int]:
    """Two, with the same four people in each."""
    people = ["alf", "bea", "cid", "dora"]
    for handle in people:
        seed("person", name=handle.title(), handle=handle)
    members = dict.fromkeys(people[1:], "member")
    return [
        seed("project", name=key, key=key, slug=key.lower(), owner="alf", members=members)["id"]
        for key in ("UP", "DOWN")
    ]


class Pen:
    """A process that writes or reads; see `writing.py`."""

    def __init__(self, server: Server, what: str, **words: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.writing", what, json.dumps(words)],
            cwd=ROOT,
            env=server.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self) -> dict[str, Any]:
        """What it did. Tells a reader that nothing more will come."""
        told, errors = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, f"it broke:\n{errors[-3_000:]}"
        return json.loads(told)


def test_writers_at_once_leave_no_gap_and_readers_miss_nothing(server, seed, projects, where):
    readers = [Pen(server, "read", projects=projects) for _ in range(READERS)]
    began = time.monotonic()
    pens = [
        Pen(server, "write", projects=projects, threads=THREADS, count=EACH, seed=number)
        for number in range(PROCESSES)
    ]
    written = [pen.end() for pen in pens]
    took = time.monotonic() - began
    read = [reader.end() for reader in readers]
    assert [error for each in (*written, *read) for error in each["errors"]] == []
    logs = {project: [Row(*row) for row in seed("log", project=project)] for project in projects}
    for project, log in logs.items():
        assert [row.seq for row in log] == list(range(1, len(log) + 1)), "the log has no gap"
        for each in read:
            assert each["seen"][str(project)] == len(log), "a reader has seen every event, in order"
    undone = {nonce for each in written for nonce in each["undone"]}
    done = sum(sum(each["done"].values()) for each in written)
    assert done + len(undone) == PROCESSES * THREADS * EACH
    assert 0.08 < len(undone) / (done + len(undone)) < 0.25, "some were rolled back"
    assert undone.isdisjoint(row.nonce for log in logs.values() for row in log), "what failed left nothing"
    server.manage("rebuild_board", "--check")
    tell(
        "R-03",
        f"{where}: {PROCESSES * THREADS} writers, {done:,} changes in {took:.0f} s and {len(undone)} "
        f"rolled back, in two projects: {sum(map(len, logs.values())):,} events without a gap, no error, no deadlock; "
        f"{sum(each['reads'] for each in read):,} reads missed nothing",
    )

"""SQLite has one writer at a time. Eight who write all the time wait for each other, not long, and none is turned away."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.faults.extent import extent, tell
from tests.faults.houses import House, live_in
from tests.server import ROOT

EACH = extent(60, 1_000)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "busy")
    live_in(house)
    house.seed("say", project=1, who="ana", texts=["/task First"])
    yield house
    house.seed.end()


@pytest.mark.parametrize("processes", [1, 2])
def test_eight_writers_wait_for_each_other_and_none_is_told_that_it_is_locked(house: House, processes: int):
    words = [sys.executable, "-m", "tests.faults.writers", str(8 // processes), str(EACH)]
    running = [
        subprocess.Popen(words, cwd=ROOT, env=house.server.env, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    outputs = [json.loads(process.communicate()[0]) for process in running]
    took = sorted(chain(*(took for took, _ in outputs)))
    errors = list(chain(*(errors for _, errors in outputs)))
    assert errors == [], "no database is locked, for nobody"
    assert len(took) == 8 * EACH
    p50, p99 = (took[int(len(took) * part)] * 1000 for part in (0.50, 0.99))
    tell(
        "R-14",
        f"8 writers in {processes} processes, {len(took):,} actions: p50 {p50:.0f} ms, p99 {p99:.0f} ms",
    )
    for project in (1, 2):
        numbers = [seq for seq, *_ in house.seed("log", project=project)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert house.seed("rows", project=project)["differences"] == []
    if processes == 1:  # as the server is; a command beside it waits as SQLite itself does it
        assert p99 < 250

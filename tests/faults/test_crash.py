"""A server killed with SIGKILL, again and again, under people who go on talking."""

import asyncio
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.faults.crowd import Crowd
from tests.faults.extent import extent, tell
from tests.server import Server

KILLS = extent(2, 20)
PEOPLE = extent(8, 20)
EACH = extent(60, 520)  # acknowledged between two kills
BACK = 5.0  # seconds after a restart until everybody has heard everything


def intact(server: Server) -> bool:
    """What SQLite says of its file, where it is SQLite. It looks at a copy: the server shall mend its own by itself."""
    path = next(server.data_dir.glob("*.sqlite3"), None)
    if path is None:
        return True
    with tempfile.TemporaryDirectory() as folder:
        for each in (path, path.with_name(f"{path.name}-wal")):
            if each.exists():
                shutil.copy(each, folder)
        with closing(sqlite3.connect(Path(folder) / path.name)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_what_was_acknowledged_is_there_once_and_everybody_sees_the_same(server, seed, where):
    crowd = Crowd(server, seed, PEOPLE)
    back: list[float] = []

    async def killed_again_and_again() -> None:
        for number in range(KILLS):
            await crowd.hears(EACH)
            await asyncio.to_thread(server.kill)
            assert intact(server), f"SQLite's file is broken after kill {number + 1}"
            await asyncio.to_thread(server.start)
            back.append(time.time())
        await crowd.hears(EACH)

    took = await crowd.during(killed_again_and_again)
    acked, log = crowd.prove(), crowd.log()
    slowest = max(crowd.history.convergence(log, at) for at in back)
    tell(
        "R-01",
        f"{where}: {KILLS} kills under {PEOPLE} sockets, {acked:,} says acknowledged, none lost, "
        f"doubled or out of order; after a restart everybody has everything in {slowest:.2f} s at the latest, "
        f"after the last word in {took:.2f} s",
    )
    assert acked >= KILLS * EACH
    crowd.keeps(BACK, slowest, "to hear everything after a restart")
    crowd.keeps(BACK, took, "to hear everything after the last word")

"""People of one project who talk while something breaks, and the proof that nobody missed, lost or doubled anything."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

from tests.browser.seeder import Seeder
from tests.faults.checker import broken
from tests.faults.history import History, Row
from tests.faults.talkers import PAUSE, Talker, until
from tests.server import Server

PATIENCE = (
    20  # seconds for everybody to hear everything after the last word; a promise is asserted where it is made
)
HANDLES = ("ana", "ben")
_numbers = count(1)


class Crowd:
    """`size` talkers of two people in a project of their own; every third has a page, the others are programs."""

    def __init__(self, server: Server, seed: Seeder, size: int = 8, port: int | None = None) -> None:
        self.server, self.seed, self.history = server, seed, History()
        self.project, self.tokens = _settle(seed)
        self.talkers = [
            Talker(
                port or server.port,
                self.project,
                self.tokens[n % 2],
                f"talker {n}",
                self.history,
                as_data=n % 3 > 0,
            )
            for n in range(size)
        ]

    async def during(
        self, events: Callable[[], Awaitable[None]], *, pause: float | None = PAUSE, ready: float = PATIENCE
    ) -> float:
        """Talk while `events` happen, then be silent. Seconds from the last word until everybody had heard everything.

        With `pause=None` nobody speaks by himself.
        """
        async with asyncio.TaskGroup() as group:
            staying = [group.create_task(each.stay()) for each in self.talkers]
            assert await until(self.all_are_ready, ready), self._evidence()
            talking = [group.create_task(each.talk(pause)) for each in self.talkers if pause is not None]
            await events()
            for task in talking:
                task.cancel()
            began = time.monotonic()
            await until(self._is_quiet, PATIENCE)
            took = time.monotonic() - began
            for task in staying:
                task.cancel()
        return took

    async def hears(self, more: int, seconds: float = 60) -> None:
        """Wait until so many more says have been acknowledged: a fault in silence proves nothing."""
        counts = self.history.counts
        wanted = counts["acked"] + more
        assert await until(lambda: counts["acked"] >= wanted, seconds), (
            f"{wanted - counts['acked']} of {more} says are not acknowledged after {seconds} s{self._evidence()}"
        )

    def all_are_ready(self) -> bool:
        """Whether everybody has a socket that has caught up."""
        return all(each.is_ready for each in self.talkers)

    def log(self) -> list[Row]:
        """The log of the project, as the database has it."""
        return [Row(*row) for row in self.seed("log", project=self.project)]

    def prove(self) -> int:
        """Hold the promises against the log and what everybody wrote down. How many says were acknowledged."""
        found = broken(self.history, self.log())
        assert not found, "\n".join(["", *found, self._evidence()])
        return len({each.nonce for each in self.history.of("acked")})

    def _is_quiet(self) -> bool:
        heads = {each.seq for each in self.talkers}
        news = max((each.last_ack for each in self.talkers), default=0)
        return len(heads) == 1 and heads.pop() >= news and not any(each.waiting for each in self.talkers)

    def _evidence(self) -> str:
        """Where to read on: every moment of every client, and the end of the server's log."""
        path = Path(tempfile.mkdtemp(prefix="loggia-history-")) / "history.jsonl"
        self.history.write(path)
        tail = self.server.log.read_text(errors="replace")[-2_000:] if self.server.log.exists() else ""
        return f"\nEvery moment of every client: {path}\nThe server's last words:\n{tail}"


def _settle(seed: Seeder) -> tuple[int, list[str]]:
    """Two people and a project of theirs; the people are made once for each database."""
    number = next(_numbers)
    handles = [f"{handle}{number}" for handle in HANDLES]
    for handle in handles:
        seed("person", name=handle.title(), handle=handle)
    made: dict[str, Any] = seed(
        "project",
        name=f"Web {number}",
        key=f"W{number}",
        slug=f"web-{number}",
        owner=handles[0],
        members={handles[1]: "member"},
    )
    return made["id"], [seed("token", handle=handle) for handle in handles]

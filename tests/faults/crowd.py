"""People of one project who talk while something breaks, and the proof that nobody missed, lost or doubled anything."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

from tests.browser.seeder import Seeder
from tests.faults.checker import broken
from tests.faults.history import History, Row
from tests.faults.talkers import PAUSE, Caller, Talker, until
from tests.server import Server

PATIENCE = (
    20  # seconds for everybody to hear everything after the last word; a promise is asserted where it is made
)
HANDLES = ("ana", "ben")
_numbers = count(1)


class Person(NamedTuple):
    """Somebody who may speak: as a program by the token, as a page by the cookie."""

    handle: str
    token: str
    cookie: str


class Crowd:
    """`size` talkers of two people in a project of their own; every third has a page, the others are programs."""

    def __init__(self, server: Server, seed: Seeder, size: int = 8, port: int | None = None) -> None:
        self.server, self.seed, self.history = server, seed, History()
        number = next(_numbers)
        self.people = [_person(seed, f"{handle}{number}") for handle in HANDLES]
        self.slug = f"web-{number}"
        self.project = _project(seed, number, self.slug, *(each.handle for each in self.people))
        self.bot = Caller(port or server.port, self.project, self.people[0].token, self.history)
        self.talkers = [
            Talker(
                port or server.port,
                self.project,
                self.people[n % 2].token,
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
        try:
            async with asyncio.TaskGroup() as group:
                return await self._during(group, events, pause, ready)
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None  # the first one says what is wrong

    async def _during(
        self,
        group: asyncio.TaskGroup,
        events: Callable[[], Awaitable[None]],
        pause: float | None,
        ready: float,
    ) -> float:
        staying = [group.create_task(each.stay()) for each in self.talkers]
        assert await until(self.all_are_ready, ready), (
            f"not all were let in after {ready} s{self._evidence()}"
        )
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

    def keeps(self, promise: float, took: float, what: str) -> None:
        """`what` may take so many seconds."""
        assert took <= promise, f"{what} took {took:.2f} s, {promise:g} s are promised{self._evidence()}"

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


def _person(seed: Seeder, handle: str) -> Person:
    made = seed("person", name=handle.title(), handle=handle)
    return Person(handle, seed("token", handle=handle), "=".join(made["cookie"]))


def _project(seed: Seeder, number: int, slug: str, owner: str, member: str) -> int:
    words = {"name": f"Web {number}", "key": f"W{number}", "slug": slug, "owner": owner}
    return seed("project", **words, members={member: "member"})["id"]

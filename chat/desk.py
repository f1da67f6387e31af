"""Where says queue up: those that come while others are being stored are stored together, by one commit.

A commit waits for the disk and SQLite has one writer, so one at a time is what limits a busy project.
"""

import asyncio
import contextlib
import time
import weakref
from typing import Any

from accounts.tongues import tongue_of
from chat import commands, session
from chat.frames import Say
from workspace import metrics
from workspace.models import Membership
from workspace.threads import in_database

AT_ONCE = 16  # says in one transaction: the first of them waits for the last
MOMENT = 0.004  # seconds for those who were answered together to go on together
CROWD = 5  # who talk at once: it is worth a moment to keep them together

Waiting = tuple[Membership, Say, bool, "asyncio.Future[dict[str, Any]]"]


class Desk:
    """One project's queue in one process. Nobody waits longer than it takes to store those who came before, and a moment."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._gathering: tuple[int, asyncio.Future[None]] | None = None
        self._work: asyncio.Task[None] | None = None

    async def say(self, member: Membership, said: Say, as_data: bool) -> dict[str, Any]:
        """As `session.say`, with whatever it raises. A question waits for nothing that is being stored."""
        began = time.perf_counter()
        if commands.is_question(said.text, tongue_of(member.user, said.heard)):
            frame = await in_database(session.say)(member, said, as_data)
            metrics.said(began, frame)
            return frame
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting.append((member, said, as_data, answer))
        if self._gathering and len(self._waiting) >= self._gathering[0]:
            _give(self._gathering[1], None)
        if self._work is None:
            self._work = asyncio.create_task(self._serve())
        frame = await answer
        metrics.said(began, frame)
        return frame

    async def _serve(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            says = [(member, said, as_data) for member, said, as_data, _ in batch]
            try:
                outcomes = await in_database(session.say_all)(says)
            except Exception as error:  # none of them is stored
                outcomes = [error] * len(batch)
            for (*_, answer), outcome in zip(batch, outcomes, strict=True):
                _give(answer, outcome)
            await self._gather(min(len(batch) + len(self._waiting), AT_ONCE))
        self._work = None

    async def _gather(self, many: int) -> None:
        """Wait a moment until so many wait: those who were answered together go on together.

        Else the first of them would be stored alone while the others come, and every second commit would be of one say.
        Where few talk nobody waits. (The idea is PostgreSQL's `commit_delay` with its `commit_siblings`.)
        """
        if many < CROWD or len(self._waiting) >= many:
            return
        enough: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._gathering = many, enough
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(MOMENT):
                await enough
        self._gathering = None


def _give(answer: "asyncio.Future[Any]", outcome: dict[str, Any] | Exception | None) -> None:
    if answer.done():  # whoever asked has gone
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)


_desks: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, dict[int, Desk]]" = weakref.WeakKeyDictionary()


def desk(project_id: int) -> Desk:
    """The queue of a project in the running event loop."""
    desks = _desks.setdefault(asyncio.get_running_loop(), {})
    return desks.setdefault(project_id, Desk())

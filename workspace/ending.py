"""How the sockets of a process are closed when it ends: one after another, each when it has been answered.

Browsers that are closed together come back together, and whoever takes over would be met by all of them at once.
"""

import asyncio
import random
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a worker reads this module before Django is ready
    from workspace.sockets import Socket

RESTARTS = 1012
PACE = 45  # sockets in a second, of all processes together: a handful is closed at once
LONGEST = 11.0  # seconds for all of them
GRACE = 3.0  # seconds that an answer under way may take

_asked: list[float] = []


def ask() -> None:
    """The server has been asked to end."""
    _asked.append(time.monotonic())


def is_asked() -> bool:
    """Whether this process is about to end: it should be sent nobody any more."""
    return bool(_asked)


async def close_in_turn(sockets: "Iterable[Socket]", processes: int, is_hurried: Callable[[], bool]) -> None:
    """Close the sockets with 1012, in no particular order. `processes` are closing theirs at the same time."""
    rest = list(sockets)
    random.shuffle(rest)
    gap = min(processes / PACE, LONGEST / max(1, len(rest)))
    end = time.monotonic() + 1.2 * LONGEST
    async with asyncio.TaskGroup() as closing:
        for socket in rest:
            closing.create_task(_close(socket, is_hurried))
            # What a busy machine delays is not made up for: it would come back as a crowd.
            if not is_hurried() and time.monotonic() < end:
                await asyncio.sleep(gap)


async def _close(socket: "Socket", is_hurried: Callable[[], bool]) -> None:
    end = time.monotonic() + GRACE
    while socket.is_busy and time.monotonic() < end and not is_hurried():  # noqa: ASYNC110 - frames pay for no event
        await asyncio.sleep(0.02)
    socket.end(RESTARTS)

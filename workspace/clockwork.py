"""What happens at a moment by itself: each app says what, and every process of the server looks whether it is time."""

import asyncio
import logging
import weakref
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from workspace.threads import in_database

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds; another process may have been told of a new moment
AT_ONCE = 0.05  # seconds: where more is due already, those who talk have their turn first

# Does what is due, a little at a time, and gives the next moment. Several processes call it at the same time.
Work = Callable[[], datetime | None]
_works: list[Work] = []
_running: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, list[asyncio.Task[None]]]" = (
    weakref.WeakKeyDictionary()
)


def at_its_time(work: Work) -> None:
    """From now on the server does `work` when it is due."""
    _works.append(work)


def start() -> None:
    """Begin to look, in the running event loop. Does nothing where that has begun."""
    loop = asyncio.get_running_loop()
    if loop not in _running:
        _running[loop] = [loop.create_task(_keep(work)) for work in _works]


def stop() -> None:
    """Begin nothing any more. What is being done is done to its end, in its thread."""
    for task in _running.pop(asyncio.get_running_loop(), []):
        task.cancel()


async def _keep(work: Work) -> None:
    wait = LOOK_EVERY / 2  # the start has enough to do
    while True:
        await asyncio.sleep(wait)
        wait = LOOK_EVERY
        try:
            if due := await in_database(work)():
                wait = min(max((due - timezone.now()).total_seconds(), AT_ONCE), LOOK_EVERY)
        except Exception as error:
            log.warning("What is due could not be done: %s", error)

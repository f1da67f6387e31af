"""The bell: what a process hears of the channel layer, and whether it still hears.

A connection can stay open and bring nothing for ever, and the layer would not notice: a process knocks at its own door.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from channels.layers import get_channel_layer

from workspace import ringing

log = logging.getLogger(__name__)

KEEP_EVERY = 1.0  # seconds between two looks at the subscriptions
KNOCK_EVERY = 2.0  # seconds between two messages to oneself
DEAF_AFTER = 6.0  # seconds without hearing anything


class Bell:
    """Listens to groups of the channel layer and hands what comes to `hear`. A layer that fails is tried again."""

    def __init__(self, hear: Callable[[dict[str, Any]], None]) -> None:
        self._hear = hear
        self._layer = get_channel_layer()
        self._own = f"process.{uuid4().hex}"
        self._groups = {ringing.EVERYBODY, self._own}
        self._missing: set[str] = set()  # those that the layer does not have yet
        self._channel = ""
        self._heard_at = self._knocked_at = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Begin to listen, now or as soon as the layer answers."""
        ringing.ring_on(asyncio.get_running_loop())
        await self._connect()
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._keep())]

    async def add(self, group: str) -> None:
        """Listen to `group` as well."""
        self._groups.add(group)
        if self._missing:  # the layer does not answer: nobody else shall wait to hear that
            self._missing.add(group)
        else:
            await self._subscribe([group])

    async def discard(self, groups: Iterable[str]) -> None:
        """Listen to these no more."""
        gone = set(groups)
        self._groups -= gone
        self._missing -= gone
        await asyncio.gather(*(self._call("group_discard", group, self._channel) for group in gone))

    async def renew(self) -> None:
        """Subscribe to everything again: a layer may let subscriptions run out."""
        self._missing |= await self._refused(self._groups)

    async def _connect(self) -> None:
        self._channel = ""
        channel = await self._call("new_channel", "hub")
        if channel:
            self._heard_at = time.monotonic()
            self._channel = channel
            await self._subscribe(self._groups)

    async def _subscribe(self, groups: Iterable[str]) -> None:
        self._missing.update(groups)
        if not self._channel:
            return
        asked = set(self._missing)
        self._missing -= asked - await self._refused(asked)
        if self._missing:
            log.warning(
                "The channel layer does not bring %s of %s groups", len(self._missing), len(self._groups)
            )

    async def _refused(self, groups: Iterable[str]) -> set[str]:
        """Asks the layer for these groups, and gives those that it does not bring."""
        asked = tuple(groups)
        answers = await asyncio.gather(*(self._call("group_add", group, self._channel) for group in asked))
        return {group for group, answer in zip(asked, answers, strict=True) if not answer}

    async def _listen(self) -> None:
        while True:
            if not self._channel:
                await asyncio.sleep(KEEP_EVERY)
                continue
            try:
                message = await self._layer.receive(self._channel)
                self._heard_at = time.monotonic()
                if message["type"] != "knock":
                    self._hear(message)
            except Exception:
                log.exception("The channel layer failed")
                await asyncio.sleep(KEEP_EVERY)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEP_EVERY)
            now = time.monotonic()
            if not self._channel or now - self._heard_at > DEAF_AFTER:
                await self._begin_anew()
            elif self._missing:
                await self._subscribe(())
            if now - self._knocked_at >= KNOCK_EVERY:
                self._knocked_at = now
                ringing.send_soon(self._own, {"type": "knock"})

    async def _begin_anew(self) -> None:
        """Connect again, with nothing of the old connection. What was missed meanwhile is in the log."""
        log.warning("Nothing is heard from the channel layer: connecting anew")
        self._tasks[0].cancel()
        await self._call("flush", patience=3)
        await self._connect()
        self._tasks[0] = asyncio.create_task(self._listen())

    async def _call(self, method: str, *words: str, patience: float = 1) -> Any:
        """What the layer answers, True for nothing; None when it fails or is late, `patience` times what it is given."""
        try:
            async with asyncio.timeout(patience * ringing.LATE):
                answer = await getattr(self._layer, method)(*words)
        except Exception as error:
            log.info("The channel layer failed at %s: %r", method, error)
            return None
        return True if answer is None else answer

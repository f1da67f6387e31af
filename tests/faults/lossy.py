"""Channel layers that lose and reorder what they are given, each for every process by itself; see `lossy_settings.py`.

`layer.log` in `DATA_DIR` has a letter for each message: `.` came, `x` was lost, `~` came after the one behind it.
"""

import os
import random
from collections import deque
from pathlib import Path
from typing import Any

from channels.layers import InMemoryChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer

LOST, LATE = 0.3, 0.1  # of all messages


class Lossy:
    """What comes out of `receive` is not what went in."""

    async def receive(self, channel: str) -> dict[str, Any]:
        held = self.__dict__.setdefault("held", deque())
        due = self.__dict__.setdefault("due", deque())
        while not due:
            message = await self._receive(channel)
            luck = random.random()
            if luck < LOST:
                note("x")
            elif luck < LOST + LATE:
                note("~")
                held.append(message)
            else:
                note(".")
                due.append(message)
                due.extend(held)
                held.clear()
        return due.popleft()


class LossyMemory(Lossy, InMemoryChannelLayer):
    """That of one process."""

    async def _receive(self, channel: str) -> dict[str, Any]:
        return await InMemoryChannelLayer.receive(self, channel)


class LossyRedis(Lossy, RedisPubSubChannelLayer):
    """That of several."""

    async def _receive(self, channel: str) -> dict[str, Any]:
        return await self._get_layer().receive(channel)


def note(letter: str) -> None:
    with (Path(os.environ["DATA_DIR"]) / "layer.log").open("a") as file:
        file.write(letter)

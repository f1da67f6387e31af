"""Sockets that only listen, and come back as a browser does when they are closed."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from tests.server import Server

WAIT = (0.4, 0.6)  # seconds before the first attempt to come back, as in `static/js/live/backoff.js`


@dataclass
class Book:
    """What a crowd of visitors met: when they came, how long the door took, how they were sent away."""

    came: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    closed: list[tuple[float, int | None]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def peak(self, since: float) -> int:
        """The most that came within any one second."""
        came = sorted(at for at in self.came if at >= since)
        return max((sum(1 for each in came if at <= each < at + 1) for at in came), default=0)


class Visitors:
    """`size` sockets in one project."""

    def __init__(self, server: Server, project: int, token: str, size: int) -> None:
        self.url = f"ws://127.0.0.1:{server.port}/ws/project/{project}/?as=data"
        self.headers = {"Authorization": f"Bearer {token}"}
        self.book, self.size, self.here = Book(), size, 0

    async def during(self, events: Callable[[], Awaitable[None]]) -> Book:
        """Be there while `events` happen: they begin when all have arrived. What was met from then on."""
        async with asyncio.TaskGroup() as group:
            staying = []
            for _ in range(self.size):
                staying.append(group.create_task(self._stay()))
                await asyncio.sleep(0.01)
            await self.until(lambda: self.here == self.size)
            self.book = Book()
            await events()
            for task in staying:
                task.cancel()
        return self.book

    async def until(self, happened: Callable[[], bool], patience: float = 30) -> None:
        end = time.monotonic() + patience
        while not happened():
            assert time.monotonic() < end, f"{self.here} of {self.size} are here"
            await asyncio.sleep(0.02)

    async def _stay(self) -> None:
        while True:
            began = time.monotonic()
            try:
                async with connect(self.url, additional_headers=self.headers, open_timeout=20) as socket:
                    self.book.came.append(began)
                    self.book.took.append(time.monotonic() - began)
                    await self._listen(socket)
                    self.book.closed.append((time.monotonic(), socket.close_code))
            except (OSError, TimeoutError, WebSocketException) as error:
                self.book.refused.append(repr(error))
            await asyncio.sleep(random.uniform(*WAIT))

    async def _listen(self, socket: ClientConnection) -> None:
        is_ready = False
        with suppress(ConnectionClosed):
            await socket.send(json.dumps({"type": "hello", "after": None}))
            async for text in socket:
                if json.loads(text)["type"] == "ready":
                    is_ready = True
                    self.here += 1
        self.here -= is_ready

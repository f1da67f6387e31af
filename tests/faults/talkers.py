"""Programs that talk to a server that dies under them, and the proof that nothing was lost, doubled or reordered."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.browser.seeder import Seeder
from tests.server import Server

PAUSE = 0.1  # seconds between two says of one talker
GONE = (OSError, WebSocketException, asyncio.TimeoutError, EOFError)


class Talker:
    """One socket that says something ten times a second, and says it again until it is acknowledged."""

    def __init__(self, server: Server, project: int, token: str, name: str) -> None:
        self.url = f"ws://127.0.0.1:{server.port}/ws/project/{project}/?as=data"
        self.headers = {"Authorization": f"Bearer {token}"}
        self.name = name
        self.said: list[str] = []
        self.waiting: dict[str, str] = {}
        self.acked: dict[str, int] = {}
        self.seen: list[int] = []
        self.odd: list[Any] = []
        self._socket: ClientConnection | None = None

    async def stay(self) -> None:
        """Be connected, again and again."""
        while True:
            with suppress(*GONE):
                async with connect(self.url, additional_headers=self.headers, open_timeout=3) as socket:
                    await self._visit(socket)
            self._socket = None
            await asyncio.sleep(0.05)

    async def talk(self) -> None:
        """Say something, whether or not anybody is there to hear it."""
        while True:
            nonce = str(uuid4())
            self.waiting[nonce] = f"{self.name} {len(self.said)}"
            self.said.append(nonce)
            if self._socket:
                with suppress(*GONE):
                    await self._say(self._socket, nonce)
            await asyncio.sleep(PAUSE)

    async def _visit(self, socket: ClientConnection) -> None:
        await _send(socket, type="hello", after=self.seen[-1] if self.seen else 0)
        for nonce in list(self.waiting):
            await self._say(socket, nonce)
        self._socket = socket
        async for text in socket:
            self._hear(json.loads(text))

    async def _say(self, socket: ClientConnection, nonce: str) -> None:
        if nonce in self.waiting:
            await _send(socket, type="say", nonce=nonce, text=self.waiting[nonce])

    def _hear(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "event":
            self.seen.append(frame["seq"])
        elif frame["type"] == "ack":
            self._note(frame["nonce"], frame["seq"])
        elif frame["type"] not in {"ready", "presence", "typing", "pong"}:
            self.odd.append(frame)

    def _note(self, nonce: str, seq: int) -> None:
        self.waiting.pop(nonce, None)
        if self.acked.setdefault(nonce, seq) != seq:
            self.odd.append({"nonce": nonce, "acked": [self.acked[nonce], seq]})


class Crowd:
    """Eight talkers of two people in one project."""

    def __init__(self, server: Server, seed: Seeder, size: int = 8) -> None:
        self.server, self.seed = server, seed
        for handle in ("ana", "ben"):
            seed("person", name=handle.title(), handle=handle)
        made = seed("project", name="Web", key="WEB", slug="web", owner="ana", members={"ben": "member"})
        self.project = made["id"]
        tokens = [seed("token", handle=handle) for handle in ("ana", "ben")]
        self.talkers = [Talker(server, self.project, tokens[n % 2], f"talker {n}") for n in range(size)]

    async def during(self, events: Callable[["Crowd"], Awaitable[None]]) -> float:
        """Talk while `events` happen, then be silent. How long it took until everybody had heard everything."""
        async with asyncio.TaskGroup() as group:
            staying = [group.create_task(each.stay()) for each in self.talkers]
            talking = [group.create_task(each.talk()) for each in self.talkers]
            await events(self)
            for task in talking:
                task.cancel()
            began = time.monotonic()
            await self._until_quiet(began + 20)
            took = time.monotonic() - began
            for task in staying:
                task.cancel()
        return took

    async def _until_quiet(self, end: float) -> None:
        while time.monotonic() < end and not self._is_quiet():
            await asyncio.sleep(0.02)

    def _is_quiet(self) -> bool:
        heads = {each.seen[-1] if each.seen else 0 for each in self.talkers}
        news = max((max(each.acked.values(), default=0) for each in self.talkers), default=0)
        return len(heads) == 1 and heads.pop() >= news and not any(each.waiting for each in self.talkers)

    def prove(self) -> int:
        """The promises, read off the log and off what each talker has seen. How many says were acknowledged."""
        log = self.seed("log", project=self.project)
        numbers = [seq for seq, _, _ in log]
        seq_of = {nonce: seq for seq, nonce, _ in log if nonce}
        assert numbers == list(range(1, len(log) + 1)), "the log has no holes"
        assert len(seq_of) == sum(1 for _, nonce, _ in log if nonce), "each nonce is there once"
        for each in self.talkers:
            assert each.odd == []
            assert each.waiting == {}, "everything said is acknowledged in the end"
            assert each.acked == {nonce: seq_of[nonce] for nonce in each.said}, "acknowledged is stored"
            assert each.seen == numbers, f"{each.name} has seen every event once, in order"
        return sum(len(each.acked) for each in self.talkers)


async def _send(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(json.dumps(frame))

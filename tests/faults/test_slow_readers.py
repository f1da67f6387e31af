"""Fifty who have stopped reading, among fifty who read: they cost little, are gone soon, and hold nobody up."""

import asyncio
import base64
import json
import os
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect

from tests.browser.seeder import Seeder
from tests.faults.extent import extent, tell
from tests.server import Server

SIZE = extent(6, 50)  # of each kind
SAYS = extent(960, 2_100)  # more than a network keeps for those who do not read
SPEAKERS = 3
PAUSE = 0.011  # seconds between two of a speaker: a connection may send a hundred frames a second
WORDS = "so many words " * 550


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def seed(server: Server) -> Iterator[Seeder]:
    seeder = Seeder(server)
    yield seeder
    seeder.end()


class Stalled:
    """A raw connection that says hello, and never reads."""

    def __init__(self, server: Server, project: int, token: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8_192)
        self.socket.connect(("127.0.0.1", server.port))
        words = [
            f"GET /ws/project/{project}/?as=data HTTP/1.1",
            f"Host: 127.0.0.1:{server.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            f"Authorization: Bearer {token}",
        ]
        self.socket.sendall("\r\n".join([*words, "", ""]).encode())
        assert b" 101 " in self.socket.recv(512).partition(b"\r\n")[0]
        hello = json.dumps({"type": "hello", "after": None}).encode()
        self.socket.sendall(bytes((0x81, 0x80 | len(hello), 0, 0, 0, 0)) + hello)


class Reader:
    """Reads, and notes how long what was said took to arrive."""

    def __init__(self, server: Server, project: int, token: str) -> None:
        self.url = f"ws://127.0.0.1:{server.port}/ws/project/{project}/?as=data"
        self.headers = {"Authorization": f"Bearer {token}"}
        self.read, self.delays, self.is_ready = 0, [], asyncio.Event()

    async def stay(self, said_at: dict[str, float]) -> None:
        async with connect(self.url, additional_headers=self.headers, max_size=None) as socket:
            await socket.send(json.dumps({"type": "hello", "after": None}))
            async for text in socket:
                self.is_ready.set()
                self.read += len(text)
                head, _, rest = text[:400].partition('"nonce":"')
                if rest and '"event"' in head:
                    self.delays.append(time.monotonic() - said_at[rest[:36]])


def connections(server: Server) -> int:
    """How many sockets the server has open."""
    links = Path(f"/proc/{server.process.pid}/fd").iterdir()
    found = 0
    for link in links:
        with suppress(OSError):
            found += str(link.readlink()).startswith("socket:")
    return found


def resident(server: Server) -> float:
    """Megabytes of memory of the server."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def talk(reader: Reader, said_at: dict[str, float]) -> None:
    """Somebody who says a lot, and listens to nothing but the answers."""
    async with connect(reader.url, additional_headers=reader.headers) as socket:
        for _ in range(SAYS // SPEAKERS):
            nonce = str(uuid4())
            said_at[nonce] = time.monotonic()
            await socket.send(json.dumps({"type": "say", "nonce": nonce, "text": WORDS}))
            while (kind := json.loads(await socket.recv())["type"]) != "ack":
                assert kind not in {"refused", "error"}
            await asyncio.sleep(PAUSE)


async def test_they_are_let_go_and_the_others_notice_nothing(server, seed):
    seed("person", name="Ana", handle="ana")
    project = seed("project", name="Web", key="WEB", slug="web", owner="ana", members={})["id"]
    token = seed("token", handle="ana")
    readers = [Reader(server, project, token) for _ in range(SIZE)]
    said_at: dict[str, float] = {}
    with ExitStack() as stack:
        async with asyncio.TaskGroup() as group:
            staying = [group.create_task(each.stay(said_at)) for each in readers]
            await asyncio.gather(*(each.is_ready.wait() for each in readers))
            alone, before, highest = connections(server), resident(server), 0.0
            for _ in range(SIZE):
                stalled = await asyncio.to_thread(Stalled, server, project, token)
                stack.callback(stalled.socket.close)
            began = time.monotonic()
            talking = asyncio.gather(*(talk(readers[0], said_at) for _ in range(SPEAKERS)))
            while not talking.done():
                highest = max(highest, resident(server))
                await asyncio.sleep(0.05)
            await talking
            while connections(server) > alone:
                assert time.monotonic() - began < 90, f"{connections(server) - alone} are still there"
                await asyncio.sleep(0.1)
            gone = time.monotonic() - began
            for task in staying:
                task.cancel()
    late = statistics.quantiles([delay for each in readers for delay in each.delays], n=20)[-1]
    megabytes = sum(each.read for each in readers) / 1_000_000
    tell(
        "R-12",
        f"{megabytes:.0f} MB to {SIZE} readers: {highest - before:.0f} MB more memory at most, "
        f"{SIZE} stalled ones gone after {gone:.0f} s, p95 of the others {late * 1000:.0f} ms",
    )
    assert megabytes > extent(30, 100)
    assert highest - before < 100
    assert gone < 60
    assert late < 0.3
    assert {each.read for each in readers} == {readers[0].read}

"""A server that is replaced under hundreds of open pages: they leave in turn, and nobody stands before a closed door."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.error import HTTPError

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.seeder import Seeder
from tests.faults.crowd import Crowd
from tests.faults.extent import extent, tell
from tests.faults.history import percentile
from tests.faults.visitors import Visitors
from tests.server import Server

MANY = extent(120, 500)
MOST_AT_ONCE = 60  # that come back within one second


class OnOneSocket(Server):
    """A server that shares its listening socket with its successor, as under systemd."""

    listener: socket.socket | None = None

    def _listen(self) -> socket.socket:
        if self.listener is None:
            self.listener = super()._listen()
        return self.listener.dup()

    def succeed(self, try_it: Callable[[], object]) -> subprocess.Popen[bytes]:
        """Start another one with the same data, try whether it serves, and give the old one away."""
        old = self.process
        os.killpg(old.pid, signal.SIGSTOP)  # so that it is the new one that answers
        try:
            self.start()
            try_it()
        finally:
            os.killpg(old.pid, signal.SIGCONT)
        return old


@pytest.fixture(params=extent(["sqlite"], ["sqlite", "services"]))
def server(request: pytest.FixtureRequest) -> Iterator[OnOneSocket]:
    """One process on SQLite, or two on PostgreSQL and Valkey."""
    shared = request.getfixturevalue("shared") if request.param == "services" else {}
    with OnOneSocket(workers=2 if shared else 1, **shared) as server:
        yield server
        server.listener.close()


@pytest.fixture
def crowd(server: Server, seed: Seeder) -> Crowd:
    return Crowd(server, seed)


@pytest.fixture
def visitors(crowd: Crowd) -> Visitors:
    """In a project of their own, where it is quiet: what is measured is how they come and go."""
    owner, number = crowd.people[0], crowd.project
    words = {"name": f"Ops {number}", "key": f"O{number}", "slug": f"ops-{number}", "owner": owner.handle}
    project = crowd.seed("project", **words, members={})["id"]
    return Visitors(crowd.server, project, owner.token, MANY)


async def test_pages_move_to_the_successor_in_turn_and_nothing_that_was_acknowledged_is_lost(
    server, crowd, visitors
):
    began = 0.0

    async def handover() -> None:
        nonlocal began
        old = await asyncio.to_thread(server.succeed, lambda: come_and_go(visitors))
        began = time.monotonic()
        old.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(old.wait, 20) == 0
        await visitors.until(lambda: visitors.here == MANY)

    await crowd.during(lambda: visitors.during(handover))
    assert crowd.prove() > 20
    book = visitors.book
    assert book.refused == []
    assert {code for _, code in book.closed} == {1012}
    assert MANY <= len(book.closed) <= 1.1 * MANY, "whoever comes back does not come to the one that ends"
    took = percentile(book.took, 0.95)
    last = max(at for at, _ in book.closed) - began
    tell(
        "R-08",
        f"{MANY} sockets closed in {last:.1f} s, at most {book.peak(began)} back in a second, p95 {took * 1000:.0f} ms",
    )
    assert last <= 15
    assert book.peak(began) <= MOST_AT_ONCE
    assert took < 0.5


async def test_where_nobody_takes_over_whoever_comes_is_served_to_the_end(server, crowd, visitors):
    async def the_end() -> None:
        server.process.send_signal(signal.SIGTERM)
        await visitors.until(lambda: bool(visitors.book.closed))
        ready, page, code = await asyncio.to_thread(knock, server, visitors)
        assert ready == (503, {"code": "not_ready", "message": "The server is ending."})
        assert page == 200
        assert code == 1012, "it was let in, and stayed to the end"
        status = await asyncio.to_thread(server.process.wait, 20)
        assert status == 0, server.log.read_text()[-3000:]

    book = await visitors.during(the_end)
    codes = [code for _, code in book.closed]
    assert codes.count(1012) >= MANY
    # Who came in the last moment may not have been read: then the network drops what was sent to him, the code too.
    assert len(codes) - codes.count(1012) <= 0.02 * MANY


def knock(server: Server, visitors: Visitors) -> tuple[tuple[int, dict[str, str]], int, int | None]:
    """What a load balancer, a page and a socket are told."""
    with pytest.raises(HTTPError) as refusal:
        urllib.request.urlopen(server.url + "/readyz", timeout=5)
    with refusal.value as answer:
        ready = (answer.code, json.loads(answer.read()))
    with urllib.request.urlopen(server.url + "/login", timeout=5) as response:
        page = response.status
    with hello(visitors) as late, suppress(ConnectionClosed):
        while late.recv(timeout=20):
            pass
    return ready, page, late.close_code


def come_and_go(visitors: Visitors) -> None:
    with hello(visitors):
        pass


@contextmanager
def hello(visitors: Visitors) -> Iterator[ClientConnection]:
    """A socket that is ready."""
    with connect(visitors.url, additional_headers=visitors.headers) as socket:
        socket.send(json.dumps({"type": "hello", "after": None}))
        assert json.loads(socket.recv(timeout=10))["type"] == "ready"
        yield socket

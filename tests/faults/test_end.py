"""How the server ends, and what a killed one leaves behind."""

import contextlib
import json
import os
import signal
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.seeder import Seeder
from tests.server import Server
from tests.services import services


class Member:
    """A member of a project with a token."""

    def __init__(self, server: Server) -> None:
        self.server = server
        seed = Seeder(server)
        seed("person", name="Ana", handle="ana")
        self.token = seed("token", handle="ana")
        self.project = seed("project", name="Web", key="WEB", slug="web", owner="ana", members={})["id"]
        seed.end()

    def connect(self) -> ClientConnection:
        url = f"{self.server.url}/ws/project/{self.project}/?as=data".replace("http", "ws", 1)
        return connect(url, additional_headers={"Authorization": f"Bearer {self.token}"})


def receive(socket: ClientConnection, kind: str) -> dict[str, object]:
    while True:
        frame = json.loads(socket.recv(timeout=20))
        if frame["type"] == kind:
            return frame


def send(socket: ClientConnection, **frame: object) -> None:
    socket.send(json.dumps(frame))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_sockets_with_a_code_and_ends(number: signal.Signals) -> None:
    with Server() as server, Member(server).connect() as socket:
        send(socket, type="hello", after=None)
        receive(socket, "ready")
        assert server.process
        began = time.monotonic()
        os.kill(server.process.pid, number)
        with pytest.raises(ConnectionClosed):
            receive(socket, "nothing of the kind")
        assert socket.close_code == 1012
        assert server.process.wait(20) == 0
        assert time.monotonic() - began < 5, "a handful of sockets is closed at once"
        assert "Traceback" not in server.log.read_text()


def test_what_is_being_done_at_the_end_is_finished_and_acknowledged_first() -> None:
    with Server() as server, Member(server).connect() as socket:
        send(socket, type="hello", after=None)
        receive(socket, "ready")
        with closing(sqlite3.connect(server.data_dir / "loggia.sqlite3", isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")  # nothing can be stored
            nonce = str(uuid4())
            send(socket, type="say", nonce=nonce, text="Before you go")
            send(socket, type="ping", id=1)  # read after the say: the say is under way
            time.sleep(0.3)
            assert server.process
            server.process.terminate()
            time.sleep(0.7)
            assert server.process.poll() is None
            database.execute("ROLLBACK")
        assert receive(socket, "ack")["nonce"] == nonce
        with pytest.raises(ConnectionClosed):
            receive(socket, "nothing of the kind")
        assert socket.close_code == 1012
        assert server.process.wait(20) == 0


def until_one_is_closed(sockets: list[ClientConnection]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for socket in sockets:
            try:
                socket.recv(timeout=0.001)
            except TimeoutError:
                continue
            except ConnectionClosed:
                return


def test_a_second_signal_ends_at_once() -> None:
    with Server() as server, contextlib.ExitStack() as stack:
        member = Member(server)
        sockets = [stack.enter_context(member.connect()) for _ in range(100)]
        for socket in sockets:
            send(socket, type="hello", after=None)
            receive(socket, "ready")
        assert server.process
        server.process.terminate()
        until_one_is_closed(sockets)  # the others wait for their turn
        began = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert time.monotonic() - began < 1.5, "two seconds would be their turn"
        for socket in sockets:
            with pytest.raises(ConnectionClosed):
                receive(socket, "nothing of the kind")
        assert {socket.close_code for socket in sockets} == {1012}


def test_what_was_acknowledged_survives_sigkill() -> None:
    with Server() as server:
        member = Member(server)
        with member.connect() as socket:
            send(socket, type="hello", after=None)
            nonces = [str(uuid4()) for _ in range(20)]
            for number, nonce in enumerate(nonces):
                send(socket, type="say", nonce=nonce, text=f"number {number}")
            last = max(int(str(receive(socket, "ack")["seq"])) for _ in nonces)
            server.kill()
        server.start()
        with member.connect() as socket:
            send(socket, type="hello", after=0)
            events = [receive(socket, "event") for _ in range(last)]
            assert [event["seq"] for event in events] == list(range(1, last + 1))
            assert {event.get("nonce") for event in events} >= set(nonces)


@pytest.fixture(scope="module")
def shared() -> Iterator[dict[str, str]]:
    with services() as env:
        yield env


@pytest.fixture
def pair(shared: dict[str, str]) -> Iterator[Server]:
    """Two workers on PostgreSQL and Valkey."""
    with Server(workers=2, **shared) as server:
        yield server


def test_two_workers_end_with_a_code_and_status_0(pair: Server) -> None:
    member = Member(pair)
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(member.connect()) for _ in range(6)]
        for socket in sockets:
            send(socket, type="hello", after=None)
            receive(socket, "ready")
        assert pair.process
        for process in [pair.process.pid, *workers(pair)]:  # as an init system does, and a terminal
            os.kill(process, signal.SIGTERM)
        for socket in sockets:
            with pytest.raises(ConnectionClosed):
                receive(socket, "nothing of the kind")
        assert {socket.close_code for socket in sockets} == {1012}
        assert pair.process.wait(20) == 0
        assert "Traceback" not in pair.log.read_text()


def test_a_killed_worker_is_replaced_and_the_other_one_serves(pair: Server) -> None:
    assert pair.process
    before = workers(pair)
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    with urllib.request.urlopen(pair.url + "/healthz", timeout=10) as response:
        assert response.status == 200, "the other one serves"
    end = time.monotonic() + 30
    while time.monotonic() < end and len(set(workers(pair)) - {before[0]}) < 2:
        time.sleep(0.1)
    assert len(set(workers(pair)) - {before[0]}) == 2
    for _ in range(10):
        with urllib.request.urlopen(pair.url + "/readyz", timeout=10) as response:
            assert response.status == 200


def workers(server: Server) -> list[int]:
    """The processes that serve: children of the supervisor that were spawned for that."""
    assert server.process
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            is_child = f"PPid:\t{server.process.pid}\n" in status.read_text()
            if is_child and b"spawn_main" in (status.parent / "cmdline").read_bytes():
                found.append(int(status.parent.name))
    return sorted(found)

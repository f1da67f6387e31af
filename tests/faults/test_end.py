"""How the server ends, and what a killed one leaves behind."""

import contextlib
import json
import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.server import Server
from tests.services import services


class Member:
    """A member of a project with a token, on the command line of `server`."""

    def __init__(self, server: Server) -> None:
        self.server = server
        server.manage(
            "adduser", "ana@example.com", "--name", "Ana", "--password", "correct horse battery staple"
        )
        self.token = server.manage("token", "ana@example.com").split()[-1]
        printed = server.manage("addproject", "Web", "--key", "WEB", "--owner", "ana@example.com")
        self.project = int(re.findall(r"\d+", printed)[-1])

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
        server.process.wait(20)
        assert time.monotonic() - began < 10
        assert "Traceback" not in server.log.read_text()


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


@pytest.fixture
def pair() -> Iterator[Server]:
    """Two workers on PostgreSQL and Valkey."""
    with services() as shared, Server(workers=2, **shared) as server:
        yield server


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

"""PostgreSQL is cut, restarted, locked and filled up: everybody is told, and nothing that was acknowledged is lost."""

import asyncio
import json
import signal
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.seeder import Seeder
from tests.faults.crowd import Crowd
from tests.faults.extent import extent, tell
from tests.faults.postgres import Postgres
from tests.faults.visitors import Visitors
from tests.server import Server

POOL = 10  # connections of one process at most
LOCK = "SELECT * FROM workspace_project WHERE id = %s FOR UPDATE"
KILL = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'served' AND wait_event_type = 'Lock'"""
AWAY = "The database does not answer just now. Try again in a moment."


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="loggia-p-", dir="/tmp") as folder:
        postgres = Postgres(Path(folder), disk="100m")
        postgres.make()
        yield postgres
        postgres.end()


@pytest.fixture(scope="module")
def crowd(postgres: Postgres) -> Iterator[Crowd]:
    with Server(DATABASE_URL=postgres.url, PGAPPNAME="served") as server:
        server.env["PGAPPNAME"] = "seeder"
        seeder = Seeder(server)
        yield Crowd(server, seeder)
        seeder.end()


class Door:
    """What one person meets who comes with a token."""

    def __init__(self, crowd: Crowd) -> None:
        self.url, self.token = crowd.server.url, crowd.people[0].token
        self.project = crowd.project

    def ask(self, path: str, **body: object) -> tuple[int, dict[str, object]]:
        """Status and JSON of the API's answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = Request(self.url + path, json.dumps(body).encode() if body else None, headers)
        try:
            with urlopen(request, timeout=20) as response:
                return response.status, json.loads(response.read())
        except HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def say(self, nonce: str, text: str = "Is anybody here?") -> tuple[int, dict[str, object]]:
        return self.ask(f"/api/v1/projects/{self.project}/say", text=text, nonce=nonce)

    def socket(self) -> ClientConnection:
        url = self.url.replace("http", "ws", 1) + f"/ws/project/{self.project}/?as=data"
        return connect(url, additional_headers={"Authorization": f"Bearer {self.token}"}, open_timeout=20)


def send(socket: ClientConnection, **frame: object) -> None:
    socket.send(json.dumps(frame))


def hear(socket: ClientConnection, *kinds: str) -> dict[str, object]:
    while True:
        frame = json.loads(socket.recv(timeout=20))
        if frame["type"] in kinds:
            return frame


async def test_restarts_crashes_and_cut_connections_lose_nothing_and_close_no_socket(postgres, crowd):
    async def faults() -> None:
        for _ in range(extent(1, 4)):
            await crowd.hears(20)
            assert await asyncio.to_thread(postgres.cut_everybody) > 0
            for how in (signal.SIGINT, signal.SIGQUIT):
                await crowd.hears(20)
                await asyncio.to_thread(postgres.stop, how)
                await asyncio.sleep(extent(0.5, 6))
                await asyncio.to_thread(postgres.start)

    took = await crowd.during(faults)
    acked = crowd.prove()
    put_off = crowd.history.counts["stumbled"]
    tell(
        "R-06",
        f"{acked} says acknowledged, {put_off} put off with a sentence, all heard {took:.1f} s after the last",
    )
    assert acked > 50
    assert took <= 5
    assert crowd.history.counts["closed"] == 0, "no socket was closed"


def test_while_it_is_away_everybody_is_told_so_and_soon_after_it_is_back_all_is_well(postgres, crowd):
    door, nonce = Door(crowd), str(uuid4())
    with door.socket() as inside:
        send(inside, type="hello", after=None)
        hear(inside, "ready")
        postgres.stop()
        send(inside, type="say", nonce=nonce, text="Is anybody here?")
        told = hear(inside, "error", "ack")
        assert told == {"type": "error", "code": "unavailable", "message": AWAY, "nonce": nonce}
        assert door.say(nonce) == (503, {"code": "unavailable", "message": AWAY})
        assert door.ask("/readyz")[0] == 503
        assert door.ask("/healthz")[0] == 200
        with pytest.raises(HTTPError) as page:
            urlopen(Request(door.url + "/", headers={"Cookie": "loggia_session=abcdefgh"}), timeout=20)
        with page.value as answer:
            assert (answer.code, answer.headers["Retry-After"]) == (503, "2")
            assert "The database does not answer just now" in answer.read().decode()
        with door.socket() as outside:
            send(outside, type="hello", after=None)
            assert hear(outside, "error")["code"] == "unavailable"
            with pytest.raises(ConnectionClosed):
                outside.recv(timeout=20)
        assert outside.close_code == 1013
        postgres.start()
        began = time.monotonic()
        while door.ask("/readyz")[0] != 200:
            assert time.monotonic() - began < 5
        send(inside, type="say", nonce=nonce, text="Is anybody here?")
        assert hear(inside, "error", "ack")["type"] == "ack"
        assert time.monotonic() - began < 5
        assert door.say(nonce)[0] == 200, "it is there, once"


def test_connections_that_died_while_nobody_asked_are_given_to_nobody(postgres, crowd):
    door = Door(crowd)
    with ThreadPoolExecutor(POOL) as pool:
        list(pool.map(door.ask, ["/api/v1/projects"] * 5 * POOL))
        assert postgres.served() > 2, "there is something to die"
        postgres.stop()
        postgres.start()
        answers = list(pool.map(door.ask, ["/api/v1/projects"] * 5 * POOL))
    assert [status for status, _ in answers] == [200] * 5 * POOL


def test_a_say_whose_transaction_is_killed_is_answered_with_its_nonce_and_stored_when_it_is_sent_again(
    postgres, crowd
):
    door, nonce = Door(crowd), str(uuid4())
    with door.socket() as socket, postgres.connect() as other:
        send(socket, type="hello", after=None)
        hear(socket, "ready")
        other.execute("BEGIN")
        other.execute(LOCK, [crowd.project])
        send(socket, type="say", nonce=nonce, text="Is anybody here?")
        end = time.monotonic() + 5
        while not postgres.ask(KILL):  # it has come to the lock
            assert time.monotonic() < end
        told = hear(socket, "error", "ack")
        assert told == {"type": "error", "code": "unavailable", "message": AWAY, "nonce": nonce}
        other.execute("ROLLBACK")
        send(socket, type="say", nonce=nonce, text="Is anybody here?")
        assert hear(socket, "error", "ack")["type"] == "ack"


def test_a_lock_that_is_held_keeps_nobody_for_ever_nor_do_those_who_wait_for_it(postgres, crowd):
    door, nonce = Door(crowd), str(uuid4())
    with door.socket() as socket, postgres.connect() as other, ThreadPoolExecutor(POOL + 5) as pool:
        send(socket, type="hello", after=None)
        hear(socket, "ready")
        other.execute("BEGIN")
        other.execute(LOCK, [crowd.project])
        began = time.monotonic()
        send(socket, type="say", nonce=nonce, text="Is anybody here?")
        waiting = [pool.submit(door.say, str(uuid4())) for _ in range(POOL + 5)]
        assert hear(socket, "error", "ack")["code"] == "unavailable"
        answers = [each.result() for each in waiting]
        held = time.monotonic() - began
        assert {status for status, _ in answers} == {503}, (
            "those who had a connection, and those who got none"
        )
        if extent(0, 1):
            time.sleep(max(0.0, 10 - held))
        other.execute("ROLLBACK")
        began = time.monotonic()
        send(socket, type="say", nonce=nonce, text="Is anybody here?")
        assert hear(socket, "error", "ack")["type"] == "ack"
        assert door.ask("/readyz")[0] == 200
        tell(
            "R-06",
            f"a lock kept {POOL + 6} says for {held:.1f} s; {time.monotonic() - began:.1f} s after it, all was well",
        )
        assert held < 12
        assert time.monotonic() - began < 5


async def test_sockets_that_come_and_go_leave_no_connection_behind(postgres, crowd):
    rounds, size = extent((2, 100), (10, 100))
    for _ in range(rounds):
        await Visitors(crowd.server, crowd.project, crowd.people[0].token, size).during(nothing)
    tell("R-06", f"{postgres.served()} connections after {rounds * size} sockets")
    assert 0 < postgres.served() <= POOL


async def nothing() -> None:
    """All have come; now they go."""


async def test_a_full_disk_is_said_and_what_was_acknowledged_before_is_there_after(postgres, crowd):
    if not postgres.is_small:
        pytest.skip("this machine lets nobody mount a small disk")
    told = crowd.history.counts
    before = told["stumbled"]

    async def full() -> None:
        await crowd.hears(20)
        assert await asyncio.to_thread(postgres.run, "dd if=/dev/zero of=data/ballast bs=64k") != 0
        end = time.monotonic() + 30
        while time.monotonic() < end and told["stumbled"] < before + 2 * len(crowd.talkers):
            await asyncio.sleep(0.1)
        assert await asyncio.to_thread(postgres.run, "rm data/ballast") == 0
        if not postgres.is_up:  # a database without a disk may give up: then somebody starts it again
            await asyncio.to_thread(postgres.start)

    took = await crowd.during(full)
    assert crowd.prove() > 8
    assert told["stumbled"] >= before + 2 * len(crowd.talkers), "the disk was full, and everybody was told"
    tell("R-06", f"a full disk: all heard {took:.1f} s after the last say")
    assert took <= 5

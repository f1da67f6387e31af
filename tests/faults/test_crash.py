"""A server killed with SIGKILL under eight people who go on talking."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.browser.seeder import Seeder
from tests.faults.talkers import Crowd
from tests.server import Server
from tests.services import services

KILLS = 4


@pytest.fixture(params=["sqlite", "services"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """One process on SQLite, or two on PostgreSQL and Valkey."""
    with ExitStack() as stack:
        shared = stack.enter_context(services()) if request.param == "services" else {}
        yield stack.enter_context(Server(workers=2 if shared else 1, **shared))


@pytest.fixture
def seed(server: Server) -> Iterator[Seeder]:
    seeder = Seeder(server)
    yield seeder
    seeder.end()


async def killed_again_and_again(crowd: Crowd) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(1.5)
        await asyncio.to_thread(crowd.server.kill)
        await asyncio.sleep(0.2)
        await asyncio.to_thread(crowd.server.start)


def intact(server: Server) -> bool:
    """What SQLite says of its file, where it is SQLite."""
    path = next(server.data_dir.glob("*.sqlite3"), None)
    if path is None:
        return True
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_what_was_acknowledged_is_there_once_and_everybody_sees_the_same(server, seed):
    crowd = Crowd(server, seed)
    took = await crowd.during(killed_again_and_again)
    assert crowd.prove() > 100
    assert took <= 5
    assert intact(server)

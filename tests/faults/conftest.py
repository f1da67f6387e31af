"""Where the fault tests happen: one process on SQLite, or two on PostgreSQL and Valkey."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.seeder import Seeder
from tests.server import Server
from tests.services import services


@pytest.fixture(scope="session")
def shared() -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey for all tests that do them no harm; every test makes a project of its own."""
    with services() as env:
        yield env


@pytest.fixture(params=["sqlite", "services"])
def environment(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The words for `Server`."""
    if request.param == "sqlite":
        return {"workers": 1}
    return {"workers": 2, **request.getfixturevalue("shared")}


@pytest.fixture
def server(environment: dict[str, Any]) -> Iterator[Server]:
    with Server(**environment) as server:
        yield server


@pytest.fixture
def seed(server: Server) -> Iterator[Seeder]:
    seeder = Seeder(server)
    yield seeder
    seeder.end()


@pytest.fixture
def where(request: pytest.FixtureRequest) -> str:
    """The name of the environment, for what is told."""
    return request.node.callspec.id

"""A real server, a real Chromium, and people who sit at it.

Each test gets a project and people of its own, so that tests neither see nor wait for each other.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.cast import Person, Project, Seat
from tests.browser.seeder import Seeder
from tests.chromium import install
from tests.server import Server

# A closed network: the browser asks nobody for updates or names.
FLAGS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
DAPHNE = os.environ.get("LOGGIA_SERVER") == "daphne"
# What Chromium itself says about a request that failed, where a test makes requests fail.
NETWORK = ("Failed to load resource", "WebSocket connection to", "net::ERR_")
expect.set_options(timeout=15_000)  # what takes long on a busy machine is not wrong yet


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = install()  # asks Playwright itself, which runs one at a time
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """uvicorn as `make run` starts it, or daphne where LOGGIA_SERVER says so."""
    with Server(daphne=DAPHNE) as server:
        yield server


@pytest.fixture(scope="session")
def seed(server: Server) -> Iterator[Seeder]:
    seeder = Seeder(server)
    yield seeder
    seeder.end()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for tests that kill it, or that need it empty."""
    with Server(daphne=DAPHNE) as server:
        yield server


@pytest.fixture
def project(server: Server, seed: Seeder) -> Project:
    return Project(server, seed)


class Complaints(list[str]):
    """What the browsers of a test complained about. Nothing is the only good answer."""

    network_may_fail = False

    def hear(self, said: ConsoleMessage) -> None:
        excused = self.network_may_fail and any(words in said.text for words in NETWORK)
        if said.type in {"error", "warning"} and not excused:
            self.append(f"{said.text} ({said.location.get('url', '')})")


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    heard = Complaints()
    yield heard
    assert list(heard) == [], "the browser complained"


@pytest.fixture
def new_page(browser: Browser, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """`new_page(url)` is a page in a browser profile of its own; everything it complains about fails the test."""
    contexts: list[BrowserContext] = []

    def open_page(url: str, **options: object) -> Page:
        context = browser.new_context(base_url=url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", complaints.hear)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def seat(new_page: Callable[..., Page]) -> Callable[..., Seat]:
    """`seat(project, "ana")` is Ana, signed in, at the project's page; `path=None` at no page yet."""

    def sit(
        project: Project, who: str | Person, path: str | None = "", *, live: bool = True, **options: object
    ) -> Seat:
        person = getattr(project, who) if isinstance(who, str) else who
        page = new_page(options.pop("base_url", project.server.url), **options)
        name, value = person.cookie
        page.context.add_cookies([{"name": name, "value": value, "url": project.server.url}])
        there = Seat(page, project, person)
        return there if path is None else there.open(path, live=live)

    return sit

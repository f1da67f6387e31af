"""A real server, a real Chromium, and people who sit at it.

Each test gets a project of its own, so that tests neither see nor wait for each other.
"""

import os
import re
import secrets
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import install
from tests.server import Server

PASSWORD = "correct horse battery staple"
# A closed network: the browser asks nobody for updates or names.
FLAGS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install(), args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """uvicorn as `make run` starts it, or daphne where LOGGIA_SERVER says so."""
    with Server(daphne=os.environ.get("LOGGIA_SERVER") == "daphne") as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for tests that kill it."""
    with Server(daphne=os.environ.get("LOGGIA_SERVER") == "daphne") as server:
        yield server


class Project:
    """A project with Ana (owner) and Ben (member), made on the command line."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.tag = secrets.token_hex(3)
        self.ana, self.ben = (self.person(name) for name in ("ana", "ben"))
        self.key = "P" + self.tag.upper().translate(str.maketrans("0123456789", "GHIJKLMNOP"))
        printed = server.manage(
            "addproject", f"Web {self.tag}", "--key", self.key, "--owner", self.ana, "--member", self.ben
        )
        self.id = int(re.findall(r"\d+", printed)[-1])
        self.url = f"{server.url}/{self.path}"

    @property
    def path(self) -> str:
        return f"p/web-{self.tag}"

    def person(self, name: str) -> str:
        """The address of a new person; the handle is the name and the tag of this project."""
        email = f"{name}-{self.tag}@example.com"
        words = ["--name", name.title(), "--handle", f"{name}{self.tag}", "--password", PASSWORD]
        self.server.manage("adduser", email, *words)
        return email


@pytest.fixture
def project(server: Server) -> Project:
    return Project(server)


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`sign_in(project, "ana")` is a page of the project, in a browser profile of that person's own."""
    open_contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(project: Project, who: str, **options: object) -> Page:
        context = browser.new_context(base_url=project.server.url, **options)
        open_contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{who}: {error}"))
        page.on(
            "console", lambda said: complaints.append(f"{who}: {said.text}") if _violates(said.text) else None
        )
        page.goto(f"/login/?next=/{project.path}")
        page.fill("input[name=login]", getattr(project, who))
        page.fill("input[name=password]", PASSWORD)
        page.click("form button[type=submit]")
        page.wait_for_url(f"**/{project.path}**")
        return page

    yield open_page
    for context in open_contexts:
        context.close()
    assert complaints == [], "the browser complained"


def _violates(text: str) -> bool:
    return "Content Security Policy" in text or "Failed to resolve module" in text

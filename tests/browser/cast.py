"""Who sits in front of the browsers, and where: people, their project, and the words for what they do and see."""

import re
import secrets
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.seeder import Seeder
from tests.server import Server

PASSWORD = "correct horse battery staple"
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 780}}
ON_BOTH = pytest.mark.parametrize("ana", SIZES, indirect=True)  # what may differ where there is little room


class Person:
    """Somebody with an account."""

    def __init__(self, seed: Seeder, name: str, *, password: str = "", handle: str = "") -> None:
        self.name = name
        self.handle = handle or f"{name.split(maxsplit=1)[0].lower()}{secrets.token_hex(3)}"
        made = seed("person", name=name, handle=self.handle, password=password)
        self.id, self.email, self.cookie = made["id"], made["email"], made["cookie"]


class Project:
    """A project of its own for each test: Ana owns it, Ben is a member, Gus a guest."""

    def __init__(self, server: Server, seed: Seeder, name: str = "Web relaunch") -> None:
        self.server, self.seed, self.name = server, seed, name
        tag = secrets.token_hex(4)
        self.slug = f"web-{tag}"
        self.key = "P" + tag.upper().translate(str.maketrans("0123456789", "GHIJKLMNOP"))
        self.ana, self.ben, self.gus = (Person(seed, each) for each in ("Ana", "Ben", "Gus"))
        members = {self.ben.handle: "member", self.gus.handle: "guest"}
        made = seed(
            "project", name=name, key=self.key, slug=self.slug, owner=self.ana.handle, members=members
        )
        self.id, self.columns = made["id"], made["columns"]

    @property
    def path(self) -> str:
        return f"/p/{self.slug}"

    def join(self, person: Person, role: str = "member") -> Person:
        self.seed("join", project=self.id, handle=person.handle, role=role)
        return person

    def said(self, *texts: str, by: str = "ana") -> int:
        """What stands in the log before anybody looks. The seq of the last line."""
        return self.seed("say", project=self.id, who=getattr(self, by).handle, texts=texts)

    def read(self, who: str, seq: int) -> None:
        self.seed("read", project=self.id, who=getattr(self, who).handle, seq=seq)

    def seen(self, who: str) -> int:
        """Up to which line somebody has read."""
        return self.seed("seen", project=self.id, who=getattr(self, who).handle)

    @property
    def texts(self) -> list[str]:
        """What the database holds, in its order."""
        return self.seed("texts", project=self.id)


class Seat:
    """A person at a page."""

    def __init__(self, page: Page, project: Project, person: Person) -> None:
        self.page, self.project, self.person = page, project, person

    def open(self, path: str = "", *, live: bool = True) -> "Seat":
        """A page of the project; by default wait until it is connected."""
        self.page.goto(self.project.path + path)
        return self.is_live() if live else self

    def is_live(self) -> "Seat":
        expect(self.page.locator("html")).to_have_attribute("data-connection", "live", timeout=15_000)
        return self

    @property
    def composer(self) -> Locator:
        return self.page.locator("#message")

    @property
    def scroller(self) -> Locator:
        return self.page.locator("section.log")

    @property
    def suggestions(self) -> Locator:
        return self.page.get_by_role("listbox")

    @property
    def refusal(self) -> Locator:
        return self.page.locator("#refusal .refusal")

    @property
    def toast(self) -> Locator:
        return self.page.locator("#toasts .toast")

    @property
    def pending(self) -> Locator:
        return self.page.locator("#pending > li")

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def message(self, text: str) -> Locator:
        """A line that the server has numbered."""
        return self.page.locator("li.msg[data-seq]").filter(has_text=text)

    def card(self, title: str) -> Locator:
        return self.page.locator("#board .card").filter(has_text=title)

    def column(self, kind: str) -> Locator:
        return self.page.locator(f"#column-{self.project.columns[kind]}")

    def titles(self, kind: str) -> list[str]:
        return self.column(kind).locator(".card__title").all_inner_texts()

    def talk(self) -> list[str]:
        """The texts on the page, in their order."""
        return self.page.locator("li.msg[data-seq] .msg__text").all_inner_texts()

    def seqs(self) -> list[int]:
        rows = self.page.locator("chat-log ol > li[data-seq]")
        return [int(seq) for seq in rows.evaluate_all("rows => rows.map((row) => row.dataset.seq)")]

    @property
    def has_focus_somewhere(self) -> bool:
        return self.page.evaluate(
            "document.activeElement !== document.body && document.activeElement !== null"
        )


def eventually(holds: Callable[[], bool], *, within: float = 15) -> None:
    """For what no page shows; what a page shows is waited for with `expect`."""
    end = time.monotonic() + within
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


def at_sentence(text: str) -> re.Pattern[str]:
    """A text as a whole, with any space around it."""
    return re.compile(rf"^\s*{re.escape(text)}\s*$")

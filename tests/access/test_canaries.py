"""What is somebody's own is shown to nobody else: projects and people have words of their own, and six people look about.

They follow every link they are shown, try every address of the table with the ids of all projects, search for the very
words, ask the API, and listen on every socket.
"""

import re
from collections import deque
from html import unescape
from typing import Any
from uuid import uuid4

import orjson
import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.core.cache import cache
from django.test import Client

from accounts.actions import add_person, deactivate, draft_person
from accounts.models import ApiToken, User
from chat.actions import post_message
from chat.saved_views import save_view
from tasks.actions import create_task, edit_task
from tasks.columns import edit_column
from tasks.trash import delete_task
from tests.access.answers import filled, filled_path
from tests.access.table import COMMANDS, MORE, ROUTES
from tests.access.world import Caller
from workspace import actions
from workspace.asgi import application
from workspace.models import Membership, Workspace

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = re.compile(r"canary-?(\w+?)-?x(\w+)", re.IGNORECASE)
LINK = re.compile(r"""(?:href|src|action)=["']([^"'#]+)""")
MOST_PAGES = 50  # for one person; what is linked from there is of the same kinds


def canary(owner: str, field: str) -> str:
    return f"canary{owner}x{field}"


class Place:
    """A project each of whose fields holds a word of its own."""

    def __init__(self, name: str, owner: User, *, is_private: bool) -> None:
        word = lambda field: canary(name, field)  # noqa: E731 - short, and used ten times below
        key = f"K{name.upper()}"
        slug = f"slug-{name}"
        self.owner = actions.create_project(owner, word("name"), key=key, slug=slug, is_private=is_private)
        self.name, self.project = name, self.owner.project
        task = create_task(self.owner, word("title"), labels=[word("label")])
        edit_task(self.owner, task, description=word("notes"))
        save_view(self.owner, word("view"), "is:open")
        message = post_message(self.owner, word("message"), nonce=uuid4())
        post_message(self.owner, word("talk"), nonce=uuid4(), task=task.number)
        trashed = delete_task(self.owner, create_task(self.owner, word("trash")))
        column = self.project.columns.first()
        edit_column(self.owner, column, name=word("column"), limit=None)
        self.ids = {
            "slug": slug, "open": slug, "key": key, "project": self.project.pk, "task": task.number, "finished": task.number,
            "poll": 1, "view": 1, "waiting": task.number, "divided": task.number, "trashed": trashed.number,
            "message": message.subject_id, "said": message.subject_id, "words": message.subject_id, "column": column.pk,
            "label": self.project.labels.get().pk, "membership": self.owner.pk, "invitation": 1, "token": 1, "session": 1,
            "user": owner.pk, "handle": owner.handle, "code": "x" * 24,
        }  # fmt: skip


class Town:
    """Three projects, and six people who look: each may see the words of some."""

    def __init__(self) -> None:
        Workspace.objects.get_or_create(name="Northlight")
        people = {name: _person(name) for name in ("ana", "ben", "gus", "zoe", "otto", "ada", "dan")}
        User.objects.filter(handle="gus").update(is_guest=True)
        User.objects.filter(handle="ada").update(is_staff=True, is_superuser=True)
        self.web = Place("web", people["ana"], is_private=True)
        self.api = Place("api", people["zoe"], is_private=True)
        self.park = Place("park", people["zoe"], is_private=False)
        self.places = (self.web, self.api, self.park)
        actions.add_member(self.web.owner, people["ben"])
        actions.add_member(self.api.owner, people["ben"])
        actions.add_member(self.web.owner, people["gus"], Membership.Role.GUEST)
        gone = actions.add_member(self.api.owner, people["dan"])
        actions.remove_member(self.api.owner, gone)
        self.people = people
        # Whose words each may see. An open project's name shows to all but guests, and so do people's names.
        self.may_see = {
            "ana": {"web"}, "ben": {"web", "api"}, "gus": {"web"}, "otto": set(), "ada": set(), "dan": set(),
        }  # fmt: skip

    def allows(self, who: str, owner: str, field: str) -> bool:
        """Whether `who` may see what is called `field` of a project or a person."""
        if owner == who or owner in self.may_see[who]:
            return True
        if field == "person":
            return who != "gus" or owner in {"ana", "ben"}
        return owner == "park" and field == "name" and who != "gus"

    def foreign(self, who: str, text: str) -> set[str]:
        """The words in `text` that are not for `who`."""
        return {
            found[0]
            for found in CANARY.finditer(text)
            if not self.allows(who, found[1].lower(), found[2].lower())
        }


def _person(name: str) -> User:
    email = f"{canary(name, 'email')}@example.com"
    draft = draft_person(
        email=email, name=f"{name} {canary(name, 'person')}", handle=name, password="correct horse"
    )
    person = add_person(draft)
    ApiToken.issue(person, canary(name, "token"))
    return person


def look_everywhere(town: Town, who: str) -> tuple[dict[str, set[str]], str]:
    """The addresses at which `who` saw what is not theirs, and everything that they were shown."""
    user = town.people[who]
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    _, secret = ApiToken.issue(user, "crawler")
    program = Client(headers={"Authorization": f"Bearer {secret}"}, raise_request_exception=False)
    leaks: dict[str, set[str]] = {}
    shown = []

    def note(where: str, answer: Any) -> str:
        text = unescape(f"{dict(answer.headers)} {answer.cookies} {answer.content.decode(errors='replace')}")
        # What somebody asked for may be repeated to them.
        shown.append(text)
        if found := town.foreign(who, text.replace(where.rpartition("=")[2], "")):
            leaks[where] = found
        return text

    _crawl(browser, note)
    for place in town.places:
        for route in (ROUTES | MORE).values():
            path = filled_path(route.at, place.ids)
            note(path, (program if path.startswith("/api/") else browser).get(path))
            if "POST" in route.methods and place.name not in town.may_see[who] and "{slug}" in route.at:
                cache.clear()
                note(f"POST {path}", browser.post(path, filled(route.data, place.ids)))
        for field in ("title", "message", "notes", "talk", "label", "name"):
            word = canary(place.name, field)
            for path in (f"/search?q={word}", f"/api/v1/search?q={word}", f"/api/v1/search?q={word[:9]}"):
                note(path, (program if path.startswith("/api/") else browser).get(path))
    for mine in Membership.objects.filter(user=user).select_related("project"):
        for line in mistakes():
            words = {"text": line, "nonce": str(uuid4())}
            path = f"/api/v1/projects/{mine.project_id}/say"
            note(f"say={line}", program.post(path, words, content_type="application/json"))
    return leaks, " ".join(shown)


def mistakes() -> list[str]:
    """Commands that are not understood, so that what comes nearest is suggested."""
    lines = [
        line.format(task="canary", handle="cana", finished="canary", waiting="canary")
        for line, _ in COMMANDS.values()
    ]
    return [
        *lines,
        "/move 1 canary",
        "/task x @canary #canary >canary",
        "/done canaryapi",
        "/help canary",
        "@canary #1",
    ]


def _crawl(browser: Client, note: Any) -> None:
    seen: set[str] = {"/"}
    waiting = deque(seen)
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        answer = browser.get(path)
        text = note(path, answer) + f' href="{answer.headers.get("Location", "")}"'
        for link in LINK.findall(text):
            address = (
                link
                if link.startswith("/")
                else f"{path.partition('?')[0]}{link}"
                if link.startswith("?")
                else ""
            )
            if address and not address.startswith(("//", "/static/", "/logout")) and address not in seen:
                seen.add(address)
                waiting.append(address)


@pytest.fixture
def town(db: None) -> Town:
    return Town()


@pytest.mark.parametrize("who", ["ana", "ben", "gus", "otto", "ada", "dan"])
def test_nobody_is_shown_what_is_not_theirs(town: Town, who: str):
    leaks, shown = look_everywhere(town, who)
    assert leaks == {}
    for owner in town.may_see[who]:
        for field in ("name", "title", "notes", "message", "talk", "column", "label"):
            assert canary(owner, field) in shown, "what is theirs is shown: the looking could have found it"


def test_nobody_without_an_account_is_shown_anything(town: Town):
    deactivate(town.people["ben"])
    for browser in (Client(), Client()):
        town.may_see["nobody"] = set()
        for place in town.places:
            for route in (ROUTES | MORE).values():
                answer = browser.get(filled_path(route.at, place.ids))
                assert not CANARY.search(answer.content.decode(errors="replace")), route.at
        browser.force_login(town.people["ben"])


async def test_nobody_hears_on_a_socket_what_is_not_theirs(town: Town):
    for who in town.may_see:
        browser = Client()
        await sync_to_async(browser.force_login)(town.people[who])
        caller = Caller(who, town.people[who])
        caller.browser = browser
        for place in town.places:
            heard = await _listen(caller, place)
            assert not town.foreign(who, heard), (who, place.name)
            assert (canary(place.name, "message") in heard) is (place.name in town.may_see[who])


async def _listen(caller: Caller, place: Place) -> str:
    """Everything that a socket to the place says to the log, to mistakes and to their previews."""
    line = WebsocketCommunicator(application, f"/ws/project/{place.project.pk}/", headers=caller.handshake)
    await line.connect(timeout=10)
    await line.send_json_to({"type": "hello", "after": 0})
    for number, text in enumerate(mistakes()):
        await line.send_json_to({"type": "preview", "id": number, "text": text})
        await line.send_json_to({"type": "say", "nonce": str(uuid4()), "text": text})
    await line.send_json_to({"type": "ping", "id": 1})
    heard = []
    while True:
        message = await line.receive_output(timeout=10)
        if message["type"] == "websocket.close" or orjson.loads(message["text"])["type"] == "pong":
            break
        heard.append(message["text"])
    await line.disconnect(timeout=10)
    return unescape(" ".join(heard))

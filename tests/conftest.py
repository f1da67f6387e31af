"""The cast: Alice owns the project, Bob is a member, Gina a guest; Charlie is outside."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import QuerySet
from django.test import Client

from accounts.models import User
from chat.actions import post_message
from tasks.actions import create_task
from tasks.models import Task
from workspace import actions, pace
from workspace.models import Event, Membership, Project, Workspace
from workspace.seal import break_seal, put_seal


@pytest.fixture(autouse=True, scope="session")
def the_log_is_emptied_between_tests() -> Iterator[None]:
    """A test that commits is cleaned up behind, which the log's seal would refuse."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unsealed(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with transaction.atomic(using=self.connection.alias):
            break_seal(self.connection)
            flush(self, statements)
            put_seal(self.connection)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseDatabaseOperations, "execute_sql_flush", unsealed)
        yield


@pytest.fixture(autouse=True)
def rested() -> None:
    """Nobody has said anything yet: people of other tests had the same numbers."""
    for each in pace.ALL:
        each.forget()


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit on how fast somebody may be gives anything back during this test."""
    monkeypatch.setattr(pace, "monotonic", lambda: 0.0)


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes people: `person("Dora")`."""

    def make(name: str, **fields: str) -> User:
        handle = fields.pop("handle", name.lower())
        return User.objects.create_user(f"{handle}@example.com", name=name, handle=handle, **fields)

    return make


@pytest.fixture
def alice(person: Callable[..., User]) -> Membership:
    Workspace.objects.get_or_create(name="Northlight")
    return actions.create_project(person("Alice"), "Web relaunch", key="WEB", slug="web")


@pytest.fixture
def project(alice: Membership) -> Project:
    return alice.project


@pytest.fixture
def bob(alice: Membership, person: Callable[..., User]) -> Membership:
    return actions.add_member(alice, person("Bob"))


@pytest.fixture
def gina(alice: Membership, person: Callable[..., User]) -> Membership:
    return actions.add_member(alice, person("Gina"), Membership.Role.GUEST)


@pytest.fixture
def charlie(person: Callable[..., User]) -> User:
    return person("Charlie")


@pytest.fixture
def task(alice: Membership) -> Task:
    return create_task(alice, "Fix login")


@pytest.fixture
def say() -> Callable[..., Event]:
    """Posts talk: `say(bob, "hello")`."""

    def post(member: Membership, text: str, **more: object) -> Event:
        return post_message(member, text, nonce=uuid4(), **more)

    return post


@pytest.fixture
def browse() -> Callable[..., Client]:
    """A browser in which somebody is signed in: `browse(bob)`."""

    def sign_in(member: Membership | User) -> Client:
        client = Client()
        client.force_login(getattr(member, "user", member))
        return client

    return sign_in


@pytest.fixture
def date_back() -> Callable[..., None]:
    """Lets events have happened at another moment, as if that moment had gone by: `date_back(events, at)`."""

    def move(events: QuerySet[Event], at: datetime) -> None:
        break_seal(connection)
        events.update(at=at)
        put_seal(connection)

    return move


@pytest.fixture
def kinds() -> Callable[..., list[str]]:
    """The kinds of the project's events, in order; with `since`, of those after that seq."""

    def read(project: Project, since: int = 0) -> list[str]:
        events = Event.objects.filter(project=project, seq__gt=since).order_by("seq")
        return list(events.values_list("kind", flat=True))

    return read

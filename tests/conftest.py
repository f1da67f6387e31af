"""The cast: Alice owns the project, Bob is a member, Gina a guest; Charlie is outside."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from accounts.models import User
from chat.actions import post_message
from tasks.actions import create_task
from tasks.models import Task
from workspace import actions
from workspace.models import Event, Membership, Project, Workspace


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
def kinds() -> Callable[..., list[str]]:
    """The kinds of the project's events, in order; with `since`, of those after that seq."""

    def read(project: Project, since: int = 0) -> list[str]:
        events = Event.objects.filter(project=project, seq__gt=since).order_by("seq")
        return list(events.values_list("kind", flat=True))

    return read

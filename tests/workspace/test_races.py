"""What two people do at once. SQLite puts them in a row by itself; PostgreSQL is where they meet."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from chat.actions import post_message
from tasks.actions import create_task
from workspace import actions
from workspace.changes import Gone
from workspace.errors import Denied, Refused
from workspace.models import Invitation, Membership, Project

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

SOON = 0.5  # seconds after which a thread stands at the lock


def again(member: Membership) -> Membership:
    """The membership as another request has loaded it."""
    return Membership.objects.select_related("project", "user").get(pk=member.pk)


def while_uncommitted(change: Callable[[], object], other: Callable[[], object]) -> "Future[object]":
    """Do `other` elsewhere after `change` and before its commit."""
    began = threading.Event()

    def elsewhere() -> object:
        began.set()
        try:
            return other()
        finally:
            connection.close()

    pool = ThreadPoolExecutor(1)
    with transaction.atomic():
        change()
        future = pool.submit(elsewhere)
        began.wait()
        threading.Event().wait(SOON)
    pool.shutdown()
    return future


def test_nothing_is_said_by_somebody_who_is_being_removed(alice, bob, kinds):
    early = again(bob)
    said = while_uncommitted(
        lambda: actions.remove_member(alice, bob), lambda: post_message(early, "Too late", nonce=uuid4())
    )
    with pytest.raises(Gone):
        said.result()
    assert kinds(alice.project)[-1] == "member.removed"


def test_a_role_that_is_being_taken_is_not_used(alice, bob, kinds):
    early = again(bob)
    made = while_uncommitted(
        lambda: actions.change_role(alice, bob, Membership.Role.GUEST), lambda: create_task(early, "Too late")
    )
    with pytest.raises(Denied):
        made.result()
    assert kinds(alice.project)[-1] == "member.role_changed"


def test_somebody_who_is_being_removed_makes_no_link(alice, bob):
    early, end = again(bob), timezone.now() + timedelta(days=1)
    made = while_uncommitted(
        lambda: actions.remove_member(alice, bob),
        lambda: actions.invite(early, "member", expires_at=end, max_uses=None),
    )
    with pytest.raises(Gone):
        made.result()
    assert not Invitation.objects.exists()


def test_who_is_removed_twice_at_once_is_removed_once(alice, bob, kinds):
    other = again(alice)
    second = while_uncommitted(
        lambda: actions.remove_member(alice, again(bob)), lambda: actions.remove_member(other, bob)
    )
    with pytest.raises(Refused, match="not in this project any more"):
        second.result()
    assert kinds(alice.project).count("member.removed") == 1


def test_a_project_that_is_being_closed_is_not_joined(alice, charlie):
    open_one = Project.objects.get(pk=alice.project_id)
    joined = while_uncommitted(
        lambda: actions.edit_project(alice, name="Web", key="WEB", hue="rose", is_private=True),
        lambda: actions.join_project(open_one, charlie),
    )
    with pytest.raises(Refused, match="private"):
        joined.result()


def test_joining_by_the_link_of_somebody_who_is_being_removed_waits_for_nobody_who_waits(alice, bob, person):
    invitation, _ = actions.invite(
        bob, "member", expires_at=timezone.now() + timedelta(days=1), max_uses=None
    )
    people: list[User] = [person(f"Guest{number}") for number in range(4)]
    together = threading.Barrier(len(people) + 1)

    def at_once(do: Callable[[], object]) -> str:
        together.wait()
        try:
            do()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(people) + 1) as pool:
        joins = [
            pool.submit(at_once, lambda user=user: actions.accept_invitation(invitation, user))
            for user in people
        ]
        removal = pool.submit(at_once, lambda: actions.remove_member(alice, bob))
    assert removal.result() == ""
    assert {join.result() for join in joins} <= {"", "not_usable"}


def test_somebody_who_presses_twice_takes_one_use_of_a_link(alice, charlie):
    invitation, _ = actions.invite(alice, "member", expires_at=timezone.now() + timedelta(days=1), max_uses=1)
    second = while_uncommitted(
        lambda: actions.accept_invitation(invitation, charlie),
        lambda: actions.accept_invitation(invitation, charlie),
    )
    assert second.result() == Membership.objects.get(user=charlie)
    invitation.refresh_from_db()
    assert invitation.uses == 1

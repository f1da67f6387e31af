"""What has been in the trash for thirty days is emptied, once, and leaves its number."""

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.actions import deactivate
from tasks import purging
from tasks.actions import create_task
from tasks.checklists import add_items
from tasks.hindrances import block_task
from tasks.history import differences, undo
from tasks.models import Task
from tasks.purging import purge_what_is_due
from tasks.trash import delete_task, restore_task, trash
from workspace import actions
from workspace.errors import Refused


@pytest.fixture
def days_go_by(monkeypatch):
    """Lets time pass: `days_go_by(30)`. It does not go on by itself."""
    start = timezone.now()

    def go(days: float) -> datetime:
        moment = start + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    go(0)
    return go


@pytest.fixture
def thrown(days_go_by, alice, bob) -> Task:
    task = create_task(
        alice, "Fix login", description="Soon", assignees=[bob.user], labels=["bug"], every="week"
    )
    add_items(alice, task, ["One"])
    block_task(alice, task, reason="the vendor")
    return delete_task(alice, task)


def test_after_thirty_days_it_is_empty_and_keeps_its_number(
    alice, project, thrown, days_go_by, kinds
) -> None:
    since = project.events.count()
    days_go_by(29.9)
    purge_what_is_due()
    assert [each.title for each in trash(project)] == ["Fix login"]
    moment = days_go_by(30)
    purge_what_is_due()
    purge_what_is_due()
    assert kinds(project, since) == ["task.purged"]
    task = Task.everything.get()
    assert (task.number, task.title, task.description, task.every) == (1, "Deleted task", "", "")
    assert (task.blocked_reason, task.items, task.purged_at) == ("", {}, moment)
    assert not task.assignees.exists()
    assert not task.labels.exists()
    assert trash(project) == []
    assert differences(project) == []
    assert create_task(alice, "Next").number == 2


def test_its_event_does_not_keep_what_is_gone(alice, project, thrown, days_go_by) -> None:
    days_go_by(30)
    purge_what_is_due()
    event = project.events.latest("seq")
    assert event.details["was"] == {}
    assert event.details["note"] == "after 30 days in the trash"
    assert not event.in_chat


def test_it_says_when_the_next_one_is_due(alice, thrown, days_go_by) -> None:
    assert purge_what_is_due() == thrown.deleted_at + timedelta(days=30)
    restore_task(alice, thrown)
    assert purge_what_is_due() is None


def test_there_is_no_way_back(client, alice, thrown, days_go_by) -> None:
    days_go_by(30)
    purge_what_is_due()
    with pytest.raises(Refused, match="not in the trash"):
        restore_task(alice, thrown)
    with pytest.raises(Refused) as caught:
        undo(alice)
    assert caught.value.code == "nothing_to_undo"
    client.force_login(alice.user)
    assert "Deleted task" in client.get("/p/web").content.decode(), "what named it can be read"


def test_what_was_taken_out_stays(alice, project, thrown, days_go_by) -> None:
    restore_task(alice, thrown)
    days_go_by(31)
    purge_what_is_due()
    assert project.tasks.get().title == "Fix login"


def test_what_was_taken_out_meanwhile_has_its_thirty_days_again(alice, project, thrown, days_go_by) -> None:
    stale = Task.everything.get()
    days_go_by(30)
    restore_task(alice, thrown)
    delete_task(alice, thrown)
    purging._purge(alice, stale)
    assert [each.title for each in trash(project)] == ["Fix login"]


@pytest.mark.parametrize("who", ["the one who threw it away", "an owner", "nobody"])
def test_it_is_done_in_the_name_of_somebody_who_is_here(alice, bob, project, days_go_by, who) -> None:
    delete_task(bob, create_task(bob, "His"))
    if who != "the one who threw it away":
        actions.remove_member(alice, bob)
    if who == "nobody":
        deactivate(alice.user)
    days_go_by(30)
    assert purge_what_is_due() is None
    event = project.events.latest("seq")
    expected = {"the one who threw it away": bob.user, "an owner": alice.user}
    assert (event.actor if event.kind == "task.purged" else None) == expected.get(who)


def test_a_project_that_is_locked_holds_up_no_other(
    alice, project, thrown, days_go_by, monkeypatch, caplog
) -> None:
    other = actions.create_project(alice.user, "Other", key="OTH", slug="other")
    delete_task(other, create_task(other, "There"))
    days_go_by(30)
    empty = purging._empty

    def locked(record, task):
        if record.project == project:
            raise OperationalError("lock timeout")
        empty(record, task)

    with monkeypatch.context() as patched:
        patched.setattr(purging, "_empty", locked)
        assert purge_what_is_due() is None
    assert Task.everything.get(project=other.project).purged_at
    assert not Task.everything.get(project=project).purged_at
    assert "waits: lock timeout" in caplog.text
    purge_what_is_due()
    assert Task.everything.get(project=project).purged_at


def test_what_is_put_back_into_the_trash_by_undo_has_its_days_again(alice, thrown, days_go_by) -> None:
    days_go_by(29.99)
    restore_task(alice, thrown)
    moment = days_go_by(30.01)
    undo(alice)
    purge_what_is_due()
    again = Task.everything.get(pk=thrown.pk)
    assert (again.title, again.deleted_at, again.purged_at) == ("Fix login", moment, None)


def test_what_has_been_emptied_is_not_brought_back_by_undo(alice, thrown, days_go_by, project) -> None:
    days_go_by(29.99)
    task = create_task(alice, "Other")
    delete_task(alice, task)
    Task.everything.filter(pk=task.pk).update(purged_at=timezone.now())
    with pytest.raises(Refused) as refusal:
        undo(alice)
    assert refusal.value.message == f"{task.ref} is gone for good."

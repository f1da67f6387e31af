"""What the language is told of a project."""

from datetime import timedelta

from django.utils import timezone

from chat.commands import context_for
from tasks.actions import create_task, rename_task
from tasks.purging import purge_what_is_due
from tasks.trash import delete_task


def test_last_is_the_newest_task_that_is_still_there(alice) -> None:
    first, second, third = (create_task(alice, title) for title in ("One", "Two", "Three"))
    rename_task(alice, first, "Uno")
    rename_task(alice, third, "Tres")
    delete_task(alice, third)
    assert context_for(alice).last == first.number
    delete_task(alice, first)
    assert context_for(alice).last == second.number


def test_what_is_purged_by_itself_changes_no_last_one(alice, monkeypatch) -> None:
    gone, kept = create_task(alice, "Gone"), create_task(alice, "Kept")
    delete_task(alice, gone)
    rename_task(alice, kept, "Still kept")
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    purge_what_is_due()
    assert context_for(alice).last == kept.number


def test_who_has_touched_nothing_that_is_left_has_no_last_one(alice) -> None:
    delete_task(alice, create_task(alice, "One"))
    assert context_for(alice).last is None

import contextlib
import random
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chat.actions import post_message
from chat.commands import handle
from tasks import actions
from tasks.actions import create_task, move_task
from tasks.history import differences, undo
from tasks.models import Column
from tasks.state import state_of
from tasks.steps import Due
from workspace.changes import changes
from workspace.errors import Denied, Refused
from workspace.lines import Line
from workspace.models import Event


def board(project):
    return {task.number: state_of(task) for task in project.tasks.all() if not task.archived_at}


def undo_everything(member):
    with contextlib.suppress(Refused):
        for _ in range(1000):
            undo(member)
    with pytest.raises(Refused, match="changed nothing here"):
        undo(member)


def test_undo_takes_the_last_change_back_as_a_new_event(alice, project, task, kinds):
    before = board(project)
    actions.complete_task(alice, task)
    undo(alice)
    assert board(project) == before
    assert kinds(project)[-2:] == ["task.completed", "task.undone"]


def test_undo_says_what_it_took_back(alice, project, task):
    actions.complete_task(alice, task)
    undo(alice)
    line = Line(project.events.latest("seq"), task=task)
    assert line.outcome == "returned to before it was completed"
    assert line.deed == "returned it to before it was completed"


def test_undo_again_takes_back_the_change_before_it(alice, project, task):
    start = board(project)
    actions.rename_task(alice, task, "Second")
    actions.rename_task(alice, task, "Third")
    undo(alice)
    assert project.tasks.get().title == "Second"
    undo(alice)
    assert board(project) == start


def test_undo_of_a_new_task_takes_it_off_the_board(alice, project, task):
    undo(alice)
    assert project.tasks.get().archived_at


def test_undo_takes_back_all_that_one_say_changed(alice, project, task):
    other = actions.create_task(alice, "Other")
    before = board(project)
    with changes(alice) as record:
        record.cause = post_message(alice, "/done 1 2", nonce=uuid4()).seq
        actions.complete_task(alice, task)
        actions.complete_task(alice, other)
        actions.rename_task(alice, other, "Another")
    undo(alice)
    assert board(project) == before


def test_undo_in_a_script_takes_back_the_lines_above_it(alice, project, task):
    handle(alice, "/task Before", uuid4())
    handle(alice, "/task A\n/task B\n/undo\n/done 1", uuid4())
    assert {task.title for task in project.tasks.exclude(archived_at=None)} == {"A", "B"}
    undo(alice)
    assert not project.tasks.exclude(completed_at=None)
    assert {task.title for task in project.tasks.exclude(archived_at=None)} == {"A", "B"}
    undo(alice)
    assert project.tasks.get(title="Before").archived_at
    assert differences(project) == []


def test_undo_gives_a_task_no_place_that_another_has_taken(alice, bob, project, task):
    first, second, _ = (create_task(alice, title) for title in "ABC")
    done = project.columns.get(kind="done")
    move_task(alice, second, done)
    move_task(bob, task, first.column, after=first)
    undo(alice)
    places = list(
        project.tasks.filter(column=first.column).order_by("position").values_list("title", "position")
    )
    assert len({position for _, position in places}) == len(places)
    assert [title for title, _ in places] == ["A", task.title, "B", "C"]
    assert differences(project) == []


def test_undo_is_refused_when_somebody_else_changed_the_same_field(alice, bob, project, task):
    actions.rename_task(alice, task, "Mine")
    actions.rename_task(bob, task, "His")
    with pytest.raises(Refused, match="Bob has changed WEB-1 since") as refusal:
        undo(alice)
    assert refusal.value.code == "conflict"
    assert project.tasks.get().title == "His"


def test_undo_leaves_what_somebody_else_changed_in_other_fields(alice, bob, project, task):
    actions.rename_task(alice, task, "Mine")
    actions.set_due(bob, task, Due(date(2026, 12, 24)))
    undo(alice)
    row = project.tasks.get()
    assert (row.title, row.due_on) == ("Fix login", date(2026, 12, 24))


def test_undo_takes_nothing_back_that_others_did(alice, bob, task):
    with pytest.raises(Refused) as refusal:
        undo(bob)
    assert refusal.value.code == "nothing_to_undo"
    undo(alice)


def test_undo_does_not_reach_further_back_than_an_hour(alice, project, task, date_back):
    hour_ago = Event.objects.latest("seq").at - timedelta(minutes=61)
    date_back(Event.objects.filter(project=project), hour_ago)
    with pytest.raises(Refused) as refusal:
        undo(alice)
    assert refusal.value.code == "nothing_to_undo"


def test_undo_is_not_for_guests(gina, alice, task):
    with pytest.raises(Denied):
        undo(gina)
    assert undo(alice)


def test_any_sequence_of_actions_folds_to_the_rows_and_undoes_to_the_start(alice, bob, project, date_back):
    dice = random.Random(12)
    columns = list(Column.objects.filter(project=project))
    tasks = [actions.create_task(alice, f"Task {number}", labels=["bug"]) for number in range(5)]
    date_back(Event.objects.filter(project=project), Event.objects.latest("seq").at - timedelta(hours=2))
    start = board(project)
    choices = [
        lambda task: actions.complete_task(alice, task),
        lambda task: actions.reopen_task(alice, task),
        lambda task: actions.start_task(alice, task),
        lambda task: actions.assign_task(alice, task, [bob.user]),
        lambda task: actions.unassign_task(alice, task),
        lambda task: actions.move_task(alice, task, dice.choice(columns), before=dice.choice(tasks)),
        lambda task: actions.set_due(
            alice, task, dice.choice([None, Due(date(2026, 12, dice.randint(1, 28)))])
        ),
        lambda task: actions.rename_task(alice, task, f"Title {dice.random()}"),
        lambda task: actions.edit_task(
            alice, task, priority=dice.randint(0, 4), labels=dice.choice([[], ["copy"]])
        ),
        lambda task: actions.archive_task(alice, task),
    ]
    for _ in range(150):
        dice.choice(choices)(dice.choice(tasks))
        assert differences(project) == []
    undo_everything(alice)
    assert board(project) == start
    assert differences(project) == []


def test_the_check_finds_a_row_that_the_log_does_not_know_and_the_rebuild_mends_it(project, task):
    call_command("rebuild_board", "--check")
    project.tasks.update(title="Changed behind the log's back")
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rebuild_board", "--check")
    call_command("rebuild_board")
    assert project.tasks.get().title == "Fix login"
    call_command("rebuild_board", "--check")

from datetime import UTC, date, datetime

import pytest

from tasks import actions
from tasks.models import Column, Task
from tasks.steps import DESCRIPTION, Due
from workspace import actions as workspace
from workspace.errors import Denied, Refused
from workspace.models import Event


def column(project, kind):
    return Column.objects.filter(project=project, kind=kind).first()


def last(project):
    return Event.objects.filter(project=project).latest("seq")


def order(column):
    return list(Task.objects.filter(column=column).order_by("position").values_list("title", flat=True))


def test_create_puts_the_task_at_the_foot_of_what_comes_next(alice, project):
    first = actions.create_task(alice, "First")
    second = actions.create_task(alice, "  Second \t one ")
    assert (first.number, second.number) == (1, 2)
    assert order(column(project, "next")) == ["First", "Second one"]
    event = last(project)
    assert event.kind == "task.created"
    assert event.details["was"] == {}
    assert event.details["now"]["title"] == "Second one"


def test_create_makes_the_labels_that_there_are_not_yet_and_finds_those_that_there_are(alice, project):
    actions.create_task(alice, "One", labels=["bug"])
    task = actions.create_task(alice, "Two", labels=["Bug", "design"])
    assert sorted(label.name for label in task.labels.all()) == ["bug", "design"]
    assert project.labels.count() == 2


@pytest.mark.parametrize(
    ("title", "code"), [("", "title_empty"), (" \u202e ", "title_empty"), ("x" * 201, "title_too_long")]
)
def test_create_refuses_a_title_that_cannot_be(alice, project, title, code):
    with pytest.raises(Refused) as refusal:
        actions.create_task(alice, title)
    assert refusal.value.code == code
    assert not project.tasks.exists()
    assert actions.create_task(alice, "x" * 200).number == 1


EVERY_ACTION = {
    "create": lambda member, task: actions.create_task(member, "Another"),
    "complete": actions.complete_task,
    "reopen": actions.reopen_task,
    "start": actions.start_task,
    "assign": lambda member, task: actions.assign_task(member, task, [member.user]),
    "unassign": actions.unassign_task,
    "move": lambda member, task: actions.move_task(member, task, column(member.project, "doing")),
    "due": lambda member, task: actions.set_due(member, task, Due(date(2026, 12, 1))),
    "rename": lambda member, task: actions.rename_task(member, task, "Other"),
    "edit": lambda member, task: actions.edit_task(member, task, description="Notes"),
    "archive": actions.archive_task,
}


@pytest.mark.parametrize("action", EVERY_ACTION.values(), ids=EVERY_ACTION)
def test_a_guest_may_not_and_a_member_may(action, bob, gina, task, project, kinds):
    before = kinds(project)
    with pytest.raises(Denied, match="Ask Alice"):
        action(gina, task)
    assert kinds(project) == before
    action(bob, task)


def test_complete_goes_to_the_top_of_done_and_again_changes_nothing(alice, project, task, kinds):
    earlier = actions.complete_task(alice, actions.create_task(alice, "Earlier"))
    done = actions.complete_task(alice, task)
    assert done.is_done
    assert order(column(project, "done")) == [task.title, earlier.title]
    before = kinds(project)
    assert before[-1] == "task.completed"
    actions.complete_task(alice, task)
    assert kinds(project) == before


def test_reopen_takes_a_finished_task_back_and_leaves_an_open_one(alice, project, task, kinds):
    before = kinds(project)
    actions.reopen_task(alice, task)
    assert kinds(project) == before
    actions.complete_task(alice, task)
    again = actions.reopen_task(alice, task)
    assert not again.is_done
    assert again.column.kind == "next"
    assert kinds(project, since=len(before)) == ["task.completed", "task.reopened"]


def test_start_takes_the_task_and_moves_it(bob, project, task):
    started = actions.start_task(bob, task)
    assert [user.handle for user in started.assignees.all()] == ["bob"]
    assert started.column.kind == "doing"
    assert set(last(project).details["now"]) >= {"assignees", "column"}


def test_assign_adds_and_unassign_takes_off(alice, bob, task):
    actions.assign_task(alice, task, [bob.user, alice.user])
    assert task.assignees.count() == 2
    actions.unassign_task(alice, task, [bob.user])
    assert [user.handle for user in task.assignees.all()] == ["alice"]
    actions.unassign_task(alice, task)
    assert task.assignees.count() == 0


def test_move_keeps_the_order_it_was_given(alice, project):
    tasks = [actions.create_task(alice, name) for name in "ABCD"]
    following = column(project, "next")
    actions.move_task(alice, tasks[3], following, before=tasks[1])
    assert order(following) == ["A", "D", "B", "C"]
    actions.move_task(alice, tasks[0], following, after=tasks[1])
    assert order(following) == ["D", "B", "A", "C"]
    actions.move_task(alice, tasks[2], following, at="top")
    assert order(following) == ["C", "D", "B", "A"]
    actions.move_task(alice, tasks[2], following, at="bottom")
    assert order(following) == ["D", "B", "A", "C"]


def test_move_into_done_finishes_and_out_of_it_reopens(alice, project, task):
    assert actions.move_task(alice, task, column(project, "done")).is_done
    assert not actions.move_task(alice, task, column(project, "backlog")).is_done


def test_move_beside_a_task_that_has_left_the_column_still_moves(alice, project, task):
    other = actions.create_task(alice, "Gone elsewhere")
    actions.move_task(alice, other, column(project, "doing"))
    moved = actions.move_task(alice, task, column(project, "backlog"), before=other)
    assert moved.column.kind == "backlog"


def test_move_refuses_a_column_of_another_project(alice, task, person):
    foreign = workspace.create_project(person("Zoe"), "Elsewhere").project
    with pytest.raises(Refused) as refusal:
        actions.move_task(alice, task, column(foreign, "doing"))
    assert refusal.value.code == "unknown_column"


def test_an_action_does_not_reach_a_task_of_another_project(alice, task, person):
    stranger = workspace.create_project(person("Zoe"), "Elsewhere")
    with pytest.raises(Refused) as refusal:
        actions.rename_task(stranger, task, "Mine now")
    assert refusal.value.code == "unknown_task"
    task.refresh_from_db()
    assert task.title == "Fix login"


def test_due_is_a_day_and_perhaps_a_moment(alice, project, task):
    at = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
    dated = actions.set_due(alice, task, Due(at.date(), at))
    assert (dated.due_on, dated.due_at) == (at.date(), at)
    assert last(project).details["note"] == "for Fri 27 Nov"
    cleared = actions.set_due(alice, task, None)
    assert (cleared.due_on, cleared.due_at) == (None, None)


def test_rename_records_both_titles(alice, project, task):
    actions.rename_task(alice, task, "Fix sign-in")
    details = last(project).details
    assert (details["was"], details["now"]) == ({"title": "Fix login"}, {"title": "Fix sign-in"})


def test_edit_changes_what_is_named_and_nothing_else(alice, project, task):
    edited = actions.edit_task(alice, task, priority=3, labels=["copy"], description="Look at **this**\x00")
    assert (edited.priority, edited.description) == (3, "Look at **this**")
    assert edited.title == "Fix login"
    assert set(last(project).details["now"]) == {"priority", "labels", "description"}


def test_notes_that_are_too_long_are_refused_with_the_number(alice, task):
    with pytest.raises(Refused, match="too long by 5 characters"):
        actions.edit_task(alice, task, description="x" * (DESCRIPTION + 5))


def test_an_archived_task_leaves_the_board_and_keeps_its_row(alice, project, task, kinds):
    actions.archive_task(alice, task)
    before = kinds(project)
    actions.archive_task(alice, task)
    assert kinds(project) == before
    assert project.tasks.get().archived_at

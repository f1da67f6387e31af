from datetime import timedelta

from django.utils import timezone

from tasks import actions
from tasks.models import Column, Task
from tasks.queries import board, due_soon, heads


def column(columns, kind):
    return next(each for each in columns if each.kind == kind)


def test_the_board_has_each_column_with_its_cards_in_order(alice, project):
    first, second = (actions.create_task(alice, name) for name in ("First", "Second"))
    actions.start_task(alice, second)
    shown = board(project)
    assert [each.name for each in shown] == ["Backlog", "Next", "Doing", "Done"]
    assert column(shown, "next").cards == [first]
    assert column(shown, "doing").cards == [second]


def test_archived_tasks_and_those_finished_long_ago_have_no_card(alice, project):
    gone, old, fresh = (actions.create_task(alice, name) for name in ("Gone", "Old", "Fresh"))
    actions.archive_task(alice, gone)
    for task in (old, fresh):
        actions.complete_task(alice, task)
    Task.objects.filter(pk=old.pk).update(completed_at=timezone.now() - timedelta(days=15))
    done = column(board(project), "done")
    assert done.cards == [fresh]
    assert done.count == 1


def test_a_long_column_says_how_many_cards_it_keeps_back(alice, project):
    for number in range(5):
        actions.create_task(alice, f"Task {number}")
    following = column(board(project, cards=3), "next")
    assert (len(following.cards), following.count, following.more) == (3, 5, 2)


def test_a_column_that_is_asked_for_shows_all_of_its_cards(alice, project):
    for number in range(5):
        actions.create_task(alice, f"Task {number}")
    following = column(heads(project), "next").pk
    assert column(board(project, cards=3, whole=following), "next").more == 0


def test_a_column_over_its_limit_says_so(alice, project):
    Column.objects.filter(project=project, kind="next").update(limit=1)
    actions.create_task(alice, "One")
    assert not column(heads(project), "next").over_limit
    actions.create_task(alice, "Two")
    assert column(heads(project), "next").over_limit


def test_the_number_of_queries_does_not_grow_with_the_tasks(alice, project, django_assert_num_queries):
    actions.create_task(alice, "One", labels=["bug"], assignees=[alice.user])
    with django_assert_num_queries(9):
        board(project)
    for number in range(20):
        actions.create_task(
            alice, f"Task {number}", labels=["bug", f"label-{number}"], assignees=[alice.user]
        )
    with django_assert_num_queries(9):
        board(project)


def test_due_soon_counts_what_is_late_or_due_within_a_week_and_open(alice, project):
    today = timezone.localdate()
    for days in (-3, 0, 7, 8):
        due = actions.Due(today + timedelta(days=days))
        actions.create_task(alice, f"In {days}", due=due)
    late = project.tasks.get(title="In -3")
    assert due_soon(project) == 3
    actions.complete_task(alice, late)
    assert due_soon(project) == 2

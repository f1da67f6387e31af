"""Tasks that come again."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from django.utils import timezone

from chat.commands import handle
from tasks import actions, repeating
from tasks.checklists import add_items, tick_item
from tasks.history import differences, fold, undo
from tasks.models import Column, Task
from tasks.state import state_of
from tasks.steps import Due
from workspace.actions import remove_member
from workspace.errors import Refused
from workspace.repeats import next_day

TODAY = date(2026, 11, 19)  # a Thursday
NOON = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch) -> None:
    ticks = count()  # what one transaction does has one moment, and no two transactions have
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(microseconds=next(ticks)))


@pytest.fixture
def watering(alice, bob) -> Task:
    return actions.create_task(
        alice,
        "Water the plants",
        description="All of them",
        assignees=[bob.user],
        labels=["home"],
        priority=2,
        estimate="30min",
        due=Due(TODAY),
        every="week",
    )


def newest(project) -> Task:
    return project.tasks.order_by("-number").first()


def test_when_it_is_done_the_next_one_is_there(alice, project, watering, kinds) -> None:
    since = project.events.count()
    actions.complete_task(alice, watering)
    assert kinds(project, since) == ["task.completed", "task.created"]
    new, old = newest(project), project.tasks.get(pk=watering.pk)
    assert (new.due_on, new.every, new.column.kind, new.is_done) == (
        date(2026, 11, 26),
        "week",
        "next",
        False,
    )
    same = ("title", "description", "priority", "estimate", "assignees", "labels")
    assert {field: state_of(new)[field] for field in same} == {field: state_of(old)[field] for field in same}
    assert old.every == "", "the rule goes on with the next one, so that finishing twice makes no two"
    assert differences(project) == []


def test_finished_again_it_makes_no_other(alice, project, watering) -> None:
    actions.complete_task(alice, watering)
    actions.reopen_task(alice, watering)
    actions.complete_task(alice, watering)
    assert project.tasks.count() == 2


def test_moved_to_done_it_is_finished_too(alice, project, watering) -> None:
    actions.move_task(alice, watering, project.columns.get(kind=Column.Kind.DOING))
    assert project.tasks.count() == 1
    actions.move_task(alice, watering, project.columns.get(kind=Column.Kind.DONE))
    assert newest(project).due_on == date(2026, 11, 26)


def test_in_a_script_both_are_effects_of_what_was_said(alice, project, watering) -> None:
    ack = handle(alice, f"/done {watering.number}", uuid4())
    assert [(event.kind, event.cause) for event in ack.events[1:]] == [
        ("task.completed", ack.seq),
        ("task.created", ack.seq),
    ]


@pytest.mark.parametrize("by", ["a button", "a message"])
def test_undo_takes_both_back(alice, project, watering, by) -> None:
    before = state_of(project.tasks.get())
    if by == "a button":
        actions.complete_task(alice, watering)
    else:
        handle(alice, f"/done {watering.number}", uuid4())
    new = newest(project)
    undo(alice)
    assert state_of(project.tasks.get(pk=watering.pk)) == before
    assert project.tasks.get(pk=new.pk).archived_at is not None
    assert differences(project) == []


def test_undo_is_refused_where_somebody_has_changed_the_next_one(alice, bob, project, watering) -> None:
    actions.complete_task(alice, watering)
    actions.rename_task(bob, newest(project), "Water them all")
    with pytest.raises(Refused, match="Bob has changed WEB-2 since"):
        undo(alice)


@pytest.mark.parametrize(
    ("due", "every", "then"),
    [
        (date(2026, 11, 30), "day", date(2026, 12, 1)),  # finished early: from the day it was due
        (date(2026, 11, 16), "day", TODAY),  # late: what is over is left out
        (date(2026, 11, 2), "mon,thu", TODAY),
        (date(2026, 10, 1), "month", date(2026, 12, 1)),
        (TODAY, "weekday", date(2026, 11, 20)),
        (None, "3 days", date(2026, 11, 22)),
    ],
)
def test_the_next_day_is_counted_from_the_one_before(alice, project, due, every, then) -> None:
    task = actions.create_task(alice, "Again", due=Due(due) if due else None, every=every)
    actions.complete_task(alice, task)
    assert newest(project).due_on == then


def test_a_time_of_day_stays_what_the_persons_clock_says(alice, project) -> None:
    alice.user.time_zone = "Europe/Berlin"
    alice.user.save()
    at = datetime(2027, 3, 22, 8, 0, tzinfo=UTC)  # 9:00 there, before the clocks change
    task = actions.create_task(alice, "Again", due=Due(at.date(), at), every="week")
    actions.complete_task(alice, task)
    new = newest(project)
    assert (new.due_on, new.due_at) == (date(2027, 3, 29), datetime(2027, 3, 29, 7, 0, tzinfo=UTC))
    assert differences(project) == []


def test_whoever_finishes_it_it_stays_its_authors_by_the_authors_clock(alice, bob, project) -> None:
    bob.user.time_zone = "America/New_York"
    bob.user.save()
    alice.user.time_zone = "Pacific/Auckland"
    alice.user.save()
    at = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # Tuesday in Auckland, Monday in New York
    task = actions.create_task(alice, "Again", due=Due(date(2026, 11, 24), at), every="mon,tue")
    actions.complete_task(bob, task)
    new = newest(project)
    assert (new.due_on, new.due_at) == (date(2026, 11, 30), datetime(2026, 11, 29, 22, 0, tzinfo=UTC))
    assert new.created_by == alice.user
    assert project.events.last().actor == bob.user, "it was his doing, which he can undo"
    undo(bob)
    assert project.tasks.get(pk=new.pk).archived_at is not None


@pytest.mark.parametrize("why", ["left the project", "was switched off"])
def test_where_its_author_has_gone_it_belongs_to_whoever_goes_on_with_it(alice, bob, project, why) -> None:
    bob.user.time_zone = "America/New_York"
    bob.user.save()
    task = actions.create_task(bob, "Again", every="day")
    if why == "left the project":
        remove_member(alice, bob)
    else:
        bob.user.is_active = False
        bob.user.save()
    alice.user.time_zone = "Pacific/Auckland"
    alice.user.save()
    actions.complete_task(alice, task)
    assert newest(project).created_by == alice.user
    assert newest(project).due_on == date(2026, 11, 21), "in Auckland it is the 20th"


def test_the_next_one_has_the_same_items_and_none_is_ticked(alice, project, watering) -> None:
    add_items(alice, watering, ["Kitchen", "Bedroom"])
    tick_item(alice, watering, 2, is_done=True)
    actions.complete_task(alice, watering)
    assert newest(project).checklist == [(1, "Kitchen", False), (2, "Bedroom", False)]
    assert project.tasks.get(pk=watering.pk).items_done == 1
    assert differences(project) == []


def test_a_moment_of_today_that_is_over_is_left_out(alice, project) -> None:
    at = NOON - timedelta(days=1, hours=1)
    task = actions.create_task(alice, "Again", due=Due(at.date(), at), every="day")
    actions.complete_task(alice, task)
    assert newest(project).due_at == NOON + timedelta(hours=23)


def test_the_31st_stays_the_31st(alice, project) -> None:
    task = actions.create_task(alice, "Rent", due=Due(date(2027, 1, 31)), every="month")
    for _ in range(2):
        actions.complete_task(alice, task)
        task = newest(project)
    assert task.due_on == date(2027, 3, 31)


def test_where_the_calendar_ends_there_is_no_next(alice, project) -> None:
    task = actions.create_task(alice, "Again", due=Due(date(9999, 12, 31)), every="year")
    actions.complete_task(alice, task)
    assert project.tasks.count() == 1


def test_near_the_ends_of_the_calendar_a_clock_beyond_it_is_no_fault(alice, project) -> None:
    alice.user.time_zone = "Pacific/Kiritimati"
    alice.user.save()
    last = datetime(9999, 12, 31, 23, 0, tzinfo=UTC)  # in the year 10000 there
    task = actions.create_task(alice, "Again", due=Due(last.date(), last), every="day")
    assert actions.complete_task(alice, task).is_done
    assert project.tasks.count() == 1


def test_years_that_went_by_are_left_out_in_two_steps_at_most(alice, project, monkeypatch) -> None:
    steps = []

    def counted(*args):
        steps.append(args)
        return next_day(*args)

    monkeypatch.setattr(repeating, "next_day", counted)
    at = datetime(1, 1, 2, 12, 0, tzinfo=UTC)  # the moment of today with this time of day is just over
    task = actions.create_task(alice, "Again", due=Due(at.date(), at), every="day")
    actions.complete_task(alice, task)
    assert newest(project).due_at == NOON + timedelta(days=1)
    assert len(steps) == 2


def test_the_command_keeps_the_rule_and_its_first_day(alice, project) -> None:
    handle(alice, "/task Bins every:thu,mon", uuid4())
    handle(alice, "/task Report every:2w", uuid4())
    handle(alice, "/task Report every:fri due:27-nov", uuid4())
    kept = project.tasks.order_by("number").values_list("every", "due_on")
    assert list(kept) == [("mon,thu", date(2026, 11, 23)), ("2 weeks", None), ("fri", date(2026, 11, 27))]


def test_the_page_shows_the_rule_and_changes_it(client, alice, project, watering) -> None:
    client.force_login(alice.user)
    page = client.get(watering.get_absolute_url()).content.decode()
    assert "every week" in page
    answer = client.post(f"{watering.get_absolute_url()}/edit", {"every": "Mon, thu"})
    assert answer.status_code == 302
    assert project.tasks.get().every == "mon,thu"
    answer = client.post(
        f"{watering.get_absolute_url()}/edit",
        {"every": "now and then"},
        headers={"Accept": "application/json"},
    )
    assert answer.json()["code"] == "bad_repeat"
    client.post(f"{watering.get_absolute_url()}/edit", {"every": ""})
    assert project.tasks.get().every == ""


def test_saving_the_same_rule_again_changes_nothing(client, alice, project, kinds) -> None:
    task = actions.create_task(alice, "Rent", due=Due(date(2027, 1, 31)), every="month")
    actions.complete_task(alice, task)
    task, before = newest(project), kinds(project)
    assert task.every == "month/31"
    client.force_login(alice.user)
    client.post(f"{task.get_absolute_url()}/edit", {"every": "month"})
    assert newest(project).every == "month/31"
    assert kinds(project) == before


def test_the_log_of_before_tasks_could_repeat_is_understood(alice, project, task) -> None:
    events = list(project.events.order_by("seq"))
    for event in events:
        event.details.get("now", {}).pop("every", None)
    assert fold(events)[task.pk]["every"] == ""

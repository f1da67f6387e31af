"""How lines follow one another in the stream."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from chat import commands
from chat.queries import timeline
from chat.templatetags.stream import after, day_name, rows, shown, up_to
from tasks.actions import rename_task
from tasks.models import Task
from workspace.models import Event, Membership

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("UTC"))

Line = Callable[..., SimpleNamespace]


@pytest.fixture
def line() -> Line:
    """Makes lines: `line(minutes=2, author=7)` is a message, `line(is_message=False)` a quiet line."""

    def make(
        minutes: int = 0, author: int = 1, seq: int = 1, is_message: bool = True, reply_to: int | None = None
    ) -> SimpleNamespace:
        event = SimpleNamespace(at=NOON + timedelta(minutes=minutes), actor_id=author, seq=seq)
        return SimpleNamespace(
            event=event, message=SimpleNamespace(reply_to_id=reply_to) if is_message else None
        )

    return make


def test_the_first_line_of_each_day_has_the_day(line: Line) -> None:
    days = [row.day for row in rows([line(), line(5), line(24 * 60)])]
    assert days == [NOON.date(), None, NOON.date() + timedelta(days=1)]


def test_a_day_is_the_readers_day(line: Line) -> None:
    with timezone.override("Pacific/Auckland"):
        assert [row.day is not None for row in rows([line(-120), line()])] == [True, True]


def test_a_message_is_tight_when_its_author_goes_on_within_five_minutes(line: Line) -> None:
    assert [row.is_tight for row in rows([line(), line(5), line(11)])] == [False, True, False]


def test_somebody_else_a_quiet_line_or_a_reply_begin_anew(line: Line) -> None:
    lines = [
        line(),
        line(author=2),
        line(is_message=False, author=2),
        line(author=2),
        line(author=2, reply_to=3),
    ]
    assert [row.is_tight for row in rows(lines)] == [False] * 5


def test_a_seq_divides_what_was_read_from_what_is_new(line: Line) -> None:
    found = rows([line(seq=4), line(seq=5), line(seq=9)])
    assert [row.line.event.seq for row in up_to(found, 5)] == [4, 5]
    assert [row.line.event.seq for row in after(found, 5)] == [9]


def test_near_days_have_names() -> None:
    today = timezone.localdate()
    assert day_name(today).startswith("Today, ")
    assert day_name(today - timedelta(days=1)).startswith("Yesterday, ")
    assert day_name(NOON.date().replace(year=2020)) == "Sunday, 22 November 2020"


def test_a_line_shows_its_tasks_as_they_are_now(alice: Membership, task: Task) -> None:
    commands.handle(alice, f"/start #{task.number}", uuid4())
    before = str(shown(rows(timeline(alice.project))[-1]))
    rename_task(alice, task, "Fix logout")
    after_it = str(shown(rows(timeline(alice.project))[-1]))
    assert "Fix login" in before
    assert "Fix login" not in after_it
    assert "Fix logout" in after_it


def test_a_line_is_rendered_once_for_all_who_read_it(alice: Membership, say: Callable[..., Event]) -> None:
    say(alice, "hello")
    assert shown(rows(timeline(alice.project))[-1]) is shown(rows(timeline(alice.project))[-1])

"""Due dates and estimates in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tasks.models import Task
from tasks.templatetags.due import due
from tasks.templatetags.estimate import estimate_words


def task(days: int, *, is_done: bool = False) -> Task:
    return Task(
        due_on=timezone.localdate() + timedelta(days=days), completed_at=timezone.now() if is_done else None
    )


def test_a_task_without_a_date_is_not_due() -> None:
    assert due(Task()) is None


@pytest.mark.parametrize(("days", "words"), [(-1, "1 day late"), (-12, "12 days late")])
def test_what_is_late_says_by_how_much(days: int, words: str) -> None:
    found = due(task(days))
    assert found is not None
    assert (found.words, found.tone) == (words, "late")


def test_today_is_a_word() -> None:
    found = due(task(0))
    assert found is not None
    assert (found.words, found.tone) == ("Today", "today")


def test_later_is_a_weekday_and_a_date() -> None:
    soon, far = due(task(3)), due(task(400))
    assert soon is not None
    assert far is not None
    day = timezone.localdate() + timedelta(days=3)
    assert (soon.words, soon.tone) == (f"{day:%a} {day.day} {day:%b}", "")
    assert far.words.endswith(str((timezone.localdate() + timedelta(days=400)).year))


def test_what_is_done_is_never_late() -> None:
    found = due(task(-3, is_done=True))
    assert found is not None
    assert found.tone == ""


@pytest.mark.parametrize(
    ("stored", "words"),
    [("", ""), ("3pt", "3pt"), ("30min", "30min"), ("120min", "2h"), ("90min", "1h 30min")],
)
def test_an_estimate_reads_as_people_say_it(stored: str, words: str) -> None:
    assert estimate_words(stored) == words

"""From a query to the tasks that it finds, on SQLite and PostgreSQL."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from chat.language import Filter, Query, When
from tasks.hindrances import is_blocked
from tasks.models import Task
from workspace import fulltext

ONE_OF = frozenset(
    {"column", "number", "priority"}
)  # a task has one of each, so several filters are alternatives


def filtered(
    rows: QuerySet[Task],
    query: Query,
    projects: Collection[int],
    now: datetime,
    *,
    with_archived: bool = False,
) -> QuerySet[Task]:
    """Those of the tasks, all of them in these projects, for which the query holds.

    `now` is in the time zone of who asks. Archived tasks are found by their number, their words or `is:archived`, or where
    the caller has asked for them.
    """
    ask = Asking(projects, now)
    words = fulltext.parse(query.text)
    if words:
        rows = rows.filter(pk__in=fulltext.ids_of(Task, words, projects))
    elif query.text and not query.filters:
        return rows.none()
    with_archived = with_archived or bool(words) or query.asks("number") or query.asks("is", "archived")
    if not with_archived:
        rows = rows.filter(archived_at=None)
    for (field, is_negated), group in groupby(sorted(query.filters, key=_kind), key=_kind):
        conditions = [ask(each) for each in group]
        if field in ONE_OF and not is_negated:
            rows = rows.filter(_any(conditions))
            continue
        for condition in conditions:
            rows = rows.exclude(condition) if is_negated else rows.filter(condition)
    return rows


def _kind(each: Filter) -> tuple[str, bool]:
    return each.field, each.is_negated


def _any(conditions: list[Q]) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined


class Asking:
    """Filters as conditions. Rows of projects go by their names, so that one query may look into several projects."""

    def __init__(self, projects: Collection[int], now: datetime) -> None:
        self.projects, self.now = projects, now

    def __call__(self, asked: Filter) -> Q:
        """What the filter asks for, whether it is negated or not."""
        read: dict[str, Callable[[Any], Q]] = {
            "assignee": lambda handle: _linked(Task.assignees.through.objects.filter(user__handle=handle)),
            "label": lambda name: _linked(Task.labels.through.objects.filter(label__name__iexact=name)),
            "number": lambda number: Q(number=number),
            "priority": lambda name: Q(priority=Task.Priority[name.upper()]),
            "column": lambda name: Q(column__name__iexact=name),
            "text": self._words,
            "is": self._state,
        }
        return self._due(asked) if asked.field == "due" else read[asked.field](asked.value)

    def _words(self, text: str) -> Q:
        words = fulltext.parse(text)
        return Q(pk__in=fulltext.ids_of(Task, words, self.projects)) if words else Q(pk__in=[])

    def _state(self, state: str) -> Q:
        is_open = Q(completed_at=None)
        return {
            "open": is_open & Q(archived_at=None),
            "done": ~is_open,
            "archived": Q(archived_at__isnull=False),
            "blocked": is_blocked(),
            "unassigned": ~_linked(Task.assignees.through.objects.all()),
            "overdue": is_open & _before(self.now.date(), self.now),
        }[state]

    def _due(self, asked: Filter) -> Q:
        when = asked.value
        if not isinstance(when, When):
            return Q(due_on=None)
        day = when.day
        if when.at is None:
            lookup = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}.get(asked.sign, "exact")
            return Q(**{f"due_on__{lookup}": day}) & Q(due_on__isnull=False)
        moment = datetime.combine(day, when.at, self.now.tzinfo).astimezone(UTC)
        if asked.sign == "=":
            return Q(due_at=moment) & Q(due_at__isnull=False)
        if asked.sign.startswith("<"):
            return _before(day, moment, or_then=asked.sign == "<=")
        return Q(due_on__isnull=False) & ~_before(day, moment, or_then=asked.sign == ">")


def _before(day: Any, moment: datetime, *, or_then: bool = False) -> Q:
    """Due before a moment of a day, or also then. What is due on a day, without a time, is due when the day ends."""
    timed = Q(due_at__lte=moment) if or_then else Q(due_at__lt=moment)
    return Q(due_at__isnull=False) & timed | Q(due_at=None, due_on__isnull=False, due_on__lt=day)


def _linked(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(task=OuterRef("pk"))))

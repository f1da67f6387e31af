"""A task's stored fields as plain values: what the log keeps, what undo swaps and what the fold adds up."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.dateparse import parse_date, parse_datetime

from tasks.models import Task

State = dict[str, Any]

PLAIN = ("title", "description", "position", "priority", "estimate", "every", "blocked_reason")
DAYS = ("due_on",)
MOMENTS = ("due_at", "completed_at", "archived_at", "deleted_at", "purged_at")
RELATED = ("assignees", "labels", "blockers")
# Fields that tasks did not always have, with what they were before: their first events do not name them.
LATER: State = {"every": "", "blocked_reason": "", "blockers": [], "deleted_at": None, "purged_at": None}
FIELDS = (*PLAIN, "column", *DAYS, *MOMENTS, *RELATED)
ITEM = "item."  # "item.2" is a field of its own, so that two people can tick what they have done
LOADED: tuple[Any, ...] = ("assignees", "labels", Prefetch("blockers", Task.everything.all()))


def value_of(task: Task, field: str) -> Any:
    """The field as JSON has it: moments and days as ISO text, rows by their ids, several as sorted ids.

    An item is its text and whether it is done, or None where there is none.
    """
    if field == "column":
        return task.column_id
    if field.startswith(ITEM):
        return task.items.get(field.removeprefix(ITEM))
    if field in RELATED:
        return sorted(row.pk for row in _related(task, field).all())
    value = getattr(task, field)
    return value.isoformat() if isinstance(value, date) else value


def state_of(task: Task) -> State:
    """All stored fields of the task."""
    return {field: value_of(task, field) for field in (*FIELDS, *(ITEM + number for number in task.items))}


def is_stored(field: str) -> bool:
    """Whether it is a field of this module's: an event's `now` may say more."""
    return field in FIELDS or field.startswith(ITEM)


def write(task: Task, values: State) -> None:
    """Set fields to values of `value_of`'s form, and save them."""
    items = {field.removeprefix(ITEM): value for field, value in values.items() if field.startswith(ITEM)}
    plain = [field for field in values if field not in RELATED and not field.startswith(ITEM)]
    for field in plain:
        setattr(task, "column_id" if field == "column" else field, _stored(field, values[field]))
    if items:
        kept = task.items | items
        task.items = {number: value for number, value in kept.items() if value is not None}
        plain.append("items")
    if plain:
        task.save(update_fields=plain)
    for field in RELATED:
        if field in values:
            _related(task, field).set(values[field])


def _related(task: Task, field: str) -> Any:
    """The rows on the other side; a blocker in the trash is one of them, for it may come back."""
    rows: Any = getattr(task, field)
    return rows(manager="everything") if field == "blockers" else rows


def _stored(field: str, value: Any) -> Any:
    if field in DAYS:
        return _parsed(parse_date, value)
    if field in MOMENTS:
        return _parsed(parse_datetime, value)
    return value


def _parsed(parse: Any, value: str | None) -> date | datetime | None:
    parsed: date | datetime | None = parse(value) if value else None
    return parsed

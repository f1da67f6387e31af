"""A task's stored fields as plain values: what the log keeps, what undo swaps and what the fold adds up."""

from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from tasks.models import Task

State = dict[str, Any]

PLAIN = ("title", "description", "position", "priority", "estimate", "every")
DAYS = ("due_on",)
MOMENTS = ("due_at", "completed_at", "archived_at")
PEOPLE_AND_LABELS = ("assignees", "labels")
# Fields that tasks did not always have, with what they were before: their first events do not name them.
LATER = {"every": ""}
FIELDS = (*PLAIN, "column", *DAYS, *MOMENTS, *PEOPLE_AND_LABELS)


def value_of(task: Task, field: str) -> Any:
    """The field as JSON has it: moments and days as ISO text, rows by their ids, people and labels as sorted ids."""
    if field == "column":
        return task.column_id
    if field in PEOPLE_AND_LABELS:
        return sorted(row.pk for row in getattr(task, field).all())
    value = getattr(task, field)
    return value.isoformat() if isinstance(value, date) else value


def state_of(task: Task) -> State:
    """All stored fields of the task."""
    return {field: value_of(task, field) for field in FIELDS}


def write(task: Task, values: State) -> None:
    """Set fields to values of `value_of`'s form, and save them."""
    plain = [field for field in values if field not in PEOPLE_AND_LABELS]
    for field in plain:
        setattr(task, "column_id" if field == "column" else field, _stored(field, values[field]))
    if plain:
        task.save(update_fields=plain)
    for field in PEOPLE_AND_LABELS:
        if field in values:
            getattr(task, field).set(values[field])


def _stored(field: str, value: Any) -> Any:
    if field in DAYS:
        return _parsed(parse_date, value)
    if field in MOMENTS:
        return _parsed(parse_datetime, value)
    return value


def _parsed(parse: Any, value: str | None) -> date | datetime | None:
    parsed: date | datetime | None = parse(value) if value else None
    return parsed

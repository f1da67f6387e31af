"""Where a task stands in its column: a fractional index, so that a move changes one row."""

from django.db.models import QuerySet
from fractional_indexing import generate_key_between

from tasks.models import Column, Task


def place(
    column: Column,
    *,
    but: Task | None = None,
    before: Task | None = None,
    after: Task | None = None,
    at: str = "bottom",
) -> str:
    """A position in `column` beside a task that stands in it, or at its `top` or `bottom`. `but` is the task that moves."""
    tasks = Task.objects.filter(column=column, archived_at=None).exclude(pk=but.pk if but else 0)
    if before and (upper := _position(tasks, before)):
        return str(generate_key_between(_last(tasks.filter(position__lt=upper)), upper))
    if after and (lower := _position(tasks, after)):
        return str(generate_key_between(lower, _first(tasks.filter(position__gt=lower))))
    if at == "top":
        return str(generate_key_between(None, _first(tasks)))
    return str(generate_key_between(_last(tasks), None))


def _position(tasks: QuerySet[Task], task: Task) -> str | None:
    return tasks.filter(pk=task.pk).values_list("position", flat=True).first()


def _first(tasks: QuerySet[Task]) -> str | None:
    return tasks.order_by("position").values_list("position", flat=True).first()


def _last(tasks: QuerySet[Task]) -> str | None:
    return tasks.order_by("-position").values_list("position", flat=True).first()

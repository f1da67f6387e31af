"""Where a task stands in its column: a fractional index, so that a move changes one row."""

from collections.abc import Iterable

from django.db.models import QuerySet
from fractional_indexing import generate_key_between

from tasks.models import LONGEST_RANK, Column, Task
from tasks.state import State
from workspace.errors import Refused


def place(
    column: Column,
    *,
    but: Task | None = None,
    before: Task | None = None,
    after: Task | None = None,
    at: str = "bottom",
) -> str:
    """A position in `column` beside a task that stands in it, or at its `top` or `bottom`. `but` is the task that moves.

    Raises `Refused` where thousands have been put between the same two, and nothing more fits.
    """
    tasks = Task.objects.filter(column=column, archived_at=None).exclude(pk=but.pk if but else 0)
    if before and (upper := _position(tasks, before)):
        return _between(_last(tasks.filter(position__lt=upper)), upper)
    if after and (lower := _position(tasks, after)):
        return _between(lower, _first(tasks.filter(position__gt=lower)))
    if at == "top":
        return _between(None, _first(tasks))
    return _between(_last(tasks), None)


def free(state: State, *, but: Iterable[Task]) -> str:
    """The position that a task had in `state`, or the next one where another task has taken it since.

    It is one of `but`, all of which are about to leave where they are.
    """
    position: str = state["position"]
    tasks = Task.objects.filter(column=state["column"], archived_at=None).exclude(
        pk__in=[task.pk for task in but]
    )
    if state["archived_at"] or not tasks.filter(position=position).exists():
        return position
    return _between(position, _first(tasks.filter(position__gt=position)))


def _between(lower: str | None, upper: str | None) -> str:
    key = str(generate_key_between(lower, upper))
    if len(key) > LONGEST_RANK:
        raise Refused("no_room", "Nothing more fits between these two. Move it to the top or the bottom.")
    return key


def _position(tasks: QuerySet[Task], task: Task) -> str | None:
    return tasks.filter(pk=task.pk).values_list("position", flat=True).first()


def _first(tasks: QuerySet[Task]) -> str | None:
    return tasks.order_by("position").values_list("position", flat=True).first()


def _last(tasks: QuerySet[Task]) -> str | None:
    return tasks.order_by("-position").values_list("position", flat=True).first()

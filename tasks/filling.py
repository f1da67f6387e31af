"""What cards show beside a task's own fields, loaded for many tasks at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from tasks.models import Blocker, Label, Task
from workspace.people import users_by_id
from workspace.prepared import Prepared


def fill(tasks: Sequence[Task]) -> None:
    """Load what a card shows of people and labels, for all tasks at once."""
    # `prefetch_related` makes a manager for each task, and a join an instance for each pair: together half of a page.
    ids = list({task.pk for task in tasks})
    people = _paired(ids, _assigned, users_by_id, by="name")
    marks = _paired(
        ids, _marked, lambda labels: {label.pk: label for label in _labels.rows(list(labels))}, by="pk"
    )
    waits_for: dict[int, list[Blocker]] = {pk: [] for pk in ids}
    for pk, *blocker in _blocked.tuples(ids):
        waits_for[pk].append(Blocker(*blocker))
    for task in tasks:
        task.people, task.marks, task.waits_for = people[task.pk], marks[task.pk], sorted(waits_for[task.pk])


def waiting_for(tasks: Iterable[int | None]) -> list[tuple[int, int]]:
    """Pairs of ids: a task that waits for one of these tasks, done or not, and the one that it waits for."""
    return list(_waiting.tuples(list({pk for pk in tasks if pk})))


def _paired(
    ids: list[int], pairs: Prepared[Any], by_id: Callable[[set[int]], Mapping[int, Any]], *, by: str
) -> dict[int, list[Any]]:
    """For each task its rows of the other side of `pairs`, in order."""
    found = list(pairs.tuples(ids))
    rows = by_id({other for _, other in found})
    grouped: dict[int, list[Any]] = {pk: [] for pk in ids}
    for task, other in found:
        grouped[task].append(rows[other])
    for group in grouped.values():
        group.sort(key=attrgetter(by))
    return grouped


_assigned: Prepared[Any] = Prepared(
    Task.assignees.through.objects.values_list("task_id", "user_id"), "task__in"
)
_marked: Prepared[Any] = Prepared(Task.labels.through.objects.values_list("task_id", "label_id"), "task__in")
_BLOCKS = Task.blockers.through.objects
_blocked: Prepared[Any] = Prepared(
    _BLOCKS.filter(to_task__completed_at=None, to_task__archived_at=None).values_list(
        "from_task_id", "to_task__number", "to_task__title"
    ),
    "from_task__in",
)
_waiting: Prepared[Any] = Prepared(_BLOCKS.values_list("from_task_id", "to_task_id"), "to_task__in")
_labels: Prepared[Label] = Prepared(Label.objects.order_by(), "pk__in")

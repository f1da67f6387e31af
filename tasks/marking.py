"""What a task is marked with: labels, how much it presses, and how long it takes."""

from collections.abc import Iterable

from tasks.labels import labels_named
from tasks.models import Task
from tasks.state import value_of
from tasks.steps import change, look_again
from tasks.templatetags.estimate import estimate_words
from workspace.changes import changes
from workspace.models import Membership
from workspace.permissions import require


def label_task(member: Membership, task: Task, names: Iterable[str]) -> Task:
    """Add labels to the task; those that there are not yet are made."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        had = value_of(task, "labels")
        new = [label for label in labels_named(record.project, names) if label.pk not in had]
        note = " ".join(f"#{label.name}" for label in new)
        change(record, task, "task.labelled", note=note, labels=sorted({*had, *(label.pk for label in new)}))
    return task


def unlabel_task(member: Membership, task: Task, names: Iterable[str] | None = None) -> Task:
    """Take labels, or all of them, off the task."""
    require(member, "edit_tasks")
    wanted = None if names is None else {name.casefold() for name in names}
    with changes(member) as record:
        task = look_again(record, task)
        had = list(task.labels.all())
        gone = [label for label in had if wanted is None or label.name.casefold() in wanted]
        note = " ".join(f"#{label.name}" for label in gone)
        kept = sorted(label.pk for label in had if label not in gone)
        change(record, task, "task.unlabelled", note=note, labels=kept)
    return task


def prioritize_task(member: Membership, task: Task, priority: int) -> Task:
    """Say how much the task presses; 0 is no priority."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        note = f"as {Task.Priority(priority).label.lower()}" if priority else "as having no priority"
        change(record, task, "task.prioritized", note=note, priority=priority)
    return task


def estimate_task(member: Membership, task: Task, estimate: str) -> Task:
    """Say how long the task takes, as `3pt` or `90min`; an empty estimate is none."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        note = f"at {estimate_words(estimate)}" if estimate else "as unknown"
        change(record, task, "task.estimated", note=note, estimate=estimate)
    return task

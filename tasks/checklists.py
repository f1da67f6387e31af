"""The items of a task: its steps, called 12.1 and 12.2."""

from collections.abc import Sequence
from typing import Any

from tasks.models import Task
from tasks.state import ITEM
from tasks.steps import change, look_again
from workspace.changes import changes
from workspace.errors import Refused
from workspace.models import Membership
from workspace.permissions import require
from workspace.sentences import Sentence
from workspace.text import clean_line

MOST = 50  # items of one task
LONGEST = 200  # characters


def add_items(member: Membership, task: Task, texts: Sequence[str]) -> Task:
    """Add steps to the task. Raises `Refused` for one that is empty or too long, and for too many."""
    require(member, "edit_tasks")
    texts = [clean_line(text) for text in texts]
    with changes(member) as record:
        task = look_again(record, task)
        _check(task, texts)
        first = max((item.number for item in task.checklist), default=0) + 1
        fields: dict[str, Any] = {f"{ITEM}{first + place}": [text, False] for place, text in enumerate(texts)}
        refs = f"{task.number}.{first}" + (
            f" to {task.number}.{first + len(texts) - 1}" if len(texts) > 1 else ""
        )
        change(record, task, "task.divided", note=f"into {refs}", **fields)
    return task


def tick_item(member: Membership, task: Task, number: int, *, is_done: bool) -> Task:
    """Say that a step is done, or that it is open again. Raises `Refused` where there is no such step."""
    require(member, "edit_tasks")
    with changes(member) as record:
        task = look_again(record, task)
        item = next((item for item in task.checklist if item.number == number), None)
        if item is None:
            raise Refused(
                "unknown_task",
                Sentence("#{number} has no item {item}.", number=task.number, item=number),
            )
        kind = "task.ticked" if is_done else "task.unticked"
        fields: dict[str, Any] = {f"{ITEM}{number}": [item.text, is_done]}
        change(record, task, kind, note=f"({task.number}.{number} {item.text})", **fields)
    return task


def _check(task: Task, texts: Sequence[str]) -> None:
    if not all(texts):
        raise Refused("title_empty", Sentence("An item needs words."))
    if longest := max((len(text) for text in texts if len(text) > LONGEST), default=0):
        raise Refused(
            "title_too_long",
            Sentence("An item is {length} characters; the limit is {limit}.", length=longest, limit=LONGEST),
        )
    if (count := len(texts) + len(task.items)) > MOST:
        raise Refused(
            "too_many",
            Sentence(
                "{count} items in #{number}; the limit is {limit}.",
                count=count,
                number=task.number,
                limit=MOST,
            ),
        )

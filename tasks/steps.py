"""What the actions are made of: checked values, the row as it is under the lock, and the one way to change it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.names import is_blank
from tasks import ranks
from tasks.models import Column, Task
from tasks.state import LOADED, value_of, write
from workspace.changes import Recorder
from workspace.errors import Refused
from workspace.models import Membership
from workspace.repeats import read_rule
from workspace.sentences import Sentence
from workspace.text import clean_line, clean_text

TITLE = 200  # characters
DESCRIPTION = 20_000  # characters


@dataclass(frozen=True)
class Due:
    """When a task is due: on a day, and perhaps at a moment (aware) of that day."""

    on: date
    at: datetime | None = None


def checked_title(title: str) -> str:
    """The title as it is stored. Raises `Refused`."""
    title = clean_line(title)
    if is_blank(title):
        raise Refused("title_empty", Sentence("A task needs a title."))
    if len(title) > TITLE:
        message = Sentence(
            "The title is {length} characters; the limit is {limit}. Put the details on the next line.",
            length=len(title),
            limit=TITLE,
        )
        raise Refused("title_too_long", message)
    return title


def checked_description(text: str) -> str:
    """The description as it is stored. Raises `Refused`."""
    text = clean_text(text)
    if len(text) > DESCRIPTION:
        raise Refused(
            "too_long",
            Sentence("The notes are too long by {surplus} characters.", surplus=len(text) - DESCRIPTION),
        )
    return text


def checked_rule(text: str) -> str:
    """How often a task repeats, as it is stored; an empty text means never. Raises `Refused`."""
    rule = read_rule(text) if text.strip() else ""
    if rule is None:
        raise Refused(
            "bad_repeat",
            Sentence("“{text}” is no way to repeat. Write week, 2 weeks or mon,thu.", text=text.strip()[:40]),
        )
    return rule


def first_column(member: Membership, kind: str) -> Column:
    """The first column of a kind. Raises `Refused` where the project has none."""
    column = Column.objects.filter(project_id=member.project_id, kind=kind).first()
    if column is None:
        raise Refused(
            "unknown_column", Sentence("This board has no column for what is {kind}.", kind=Sentence(kind))
        )
    return column


def look_again(record: Recorder, task: Task) -> Task:
    """The task as it is now that the lock is held: what is read is what is changed."""
    rows = Task.objects.select_related("column").filter(project=record.project)
    fresh = rows.prefetch_related(*LOADED).filter(pk=task.pk).first()
    if fresh is None:
        raise Refused(
            "unknown_task", Sentence("There is no task #{number} in this project.", number=task.number)
        )
    fresh.project = record.project
    return fresh


def change(
    record: Recorder, task: Task, kind: str, *, note: str = "", in_chat: bool = False, **now: Any
) -> None:
    was = {field: value_of(task, field) for field in now}
    changed = [field for field in now if now[field] != was[field]]
    if not changed:
        return
    was, now = ({field: side[field] for field in changed} for side in (was, now))
    write(task, now)
    record(kind, task, in_chat=in_chat, was=was, now=now, note=note)


def into(record: Recorder, task: Task, column: Column, position: str = "") -> dict[str, Any]:
    """The fields that change when the task goes to `column`: a done column finishes it, any other one reopens it."""
    done_at = None
    if column.kind == Column.Kind.DONE:
        done_at = (task.completed_at or record.at).isoformat()
    place = position or ranks.place(column, but=task, at=end_for(column))
    return {"column": column.pk, "position": place, "completed_at": done_at}


def end_for(column: Column) -> str:
    return "top" if column.kind == Column.Kind.DONE else "bottom"

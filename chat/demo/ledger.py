"""Writes messages, tasks and their events many at a time, with the same rows that the actions leave behind.

Everything is kept in the order in which it happened and numbered at once; the rows follow in batches.
"""

from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Model

from accounts.models import User
from chat.models import Message
from tasks.models import Column, Task
from tasks.state import FIELDS, RELATED, value_of
from workspace.models import Event, Project

BATCH = 5_000  # events


class Ledger:
    """A project's log while a crowd writes it. `say` gives the seq that its effects name as their cause."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.random = Random(4)  # noqa: S311 - nonces that are the same every time
        self._messages: list[Message] = []
        self._tasks: list[Task] = []
        self._finished: list[Task] = []
        self._touched: list[tuple[Message, Task]] = []
        self._assigned: list[tuple[Task, int]] = []
        self._labelled: list[tuple[Task, int]] = []
        self._events: list[tuple[Event, Model]] = []

    def say(
        self,
        author: User,
        at: datetime,
        text: str,
        html: str,
        *,
        mentions: list[int] | None = None,
        touched: Task | None = None,
    ) -> int:
        """A message, which may have touched a task."""
        message = Message(project=self.project, author=author, text=text, html=html, created_at=at)
        self._messages.append(message)
        if touched:
            self._touched.append((message, touched))
        nonce = UUID(int=self.random.getrandbits(128), version=4)
        return self._happen("message.posted", message, author, at, None, nonce=nonce, mentions=mentions or [])

    def make(self, author: User, task: Task, people: list[int], labels: list[int], cause: int | None) -> None:
        """A new task, with the ids of its people and labels."""
        self._tasks.append(task)
        self._assigned += [(task, person) for person in people]
        self._labelled += [(task, label) for label in labels]
        plain = {field: value_of(task, field) for field in FIELDS if field not in RELATED}
        now = plain | {"assignees": people, "labels": labels, "blockers": [], "number": task.number}
        self.project.last_number = task.number
        self._happen(
            "task.created",
            task,
            author,
            task.created_at,
            cause,
            was={},
            now=now,
            note=f"to {task.column.name}",
        )

    def finish(
        self, author: User, task: Task, at: datetime, column: Column, position: str, cause: int | None
    ) -> None:
        """The task goes to the top of a done column."""
        fields = ("column", "position", "completed_at")
        was = {field: value_of(task, field) for field in fields}
        task.column, task.position, task.completed_at = column, position, at
        now = {field: value_of(task, field) for field in fields}
        if task.pk:  # else its row is written as it is by now
            self._finished.append(task)
        self._happen("task.completed", task, author, at, cause, was=was, now=now, note="")

    def pause(self) -> None:
        """A moment at which nothing is half told: write what has gathered, if it is much."""
        if len(self._events) >= BATCH:
            self._write()

    def close(self) -> None:
        """Write what is left, and the project's counters."""
        self._write()
        self.project.save(update_fields=["last_seq", "last_number"])

    def _happen(
        self,
        kind: str,
        subject: Model,
        author: User,
        at: datetime,
        cause: int | None,
        *,
        nonce: UUID | None = None,
        **details: Any,
    ) -> int:
        self.project.last_seq += 1
        seq = self.project.last_seq
        event = Event(
            project=self.project, seq=seq, kind=kind, actor=author, details=details, at=at, nonce=nonce
        )
        event.cause, event.in_chat = cause, cause is None
        self._events.append((event, subject))
        return seq

    def _write(self) -> None:
        Task.objects.bulk_create(self._tasks, batch_size=500)
        Task.objects.bulk_update(self._finished, ["column", "position", "completed_at"], batch_size=200)
        Message.objects.bulk_create(self._messages, batch_size=500)
        for event, subject in self._events:
            event.subject_id = subject.pk
        Event.objects.bulk_create([event for event, _ in self._events], batch_size=500)
        _link(Message.tasks.through, "message", self._touched)
        _link(Task.assignees.through, "user", self._assigned)
        _link(Task.labels.through, "label", self._labelled)
        for written in (
            self._tasks, self._finished, self._messages, self._events, self._touched, self._assigned, self._labelled
        ):  # fmt: skip
            written.clear()


def _link(through: Any, other: str, pairs: list[Any]) -> None:
    if other == "message":
        rows = [through(message_id=message.pk, task_id=task.pk) for message, task in pairs]
    else:
        rows = [through(task_id=task.pk, **{f"{other}_id": pk}) for task, pk in pairs]
    through.objects.bulk_create(rows, batch_size=1000)

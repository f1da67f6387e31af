"""The only way to write to the log: `with changes(member) as record`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from workspace import live
from workspace.errors import Denied
from workspace.models import Event, Membership, Project
from workspace.prepared import Prepared, insert


class Gone(Denied):
    """The person is no longer a member, or no longer active."""


class RoleChanged(Denied):
    """The person has another role than the one that the caller knew."""


class Recorder:
    """Numbers the events of one transaction. `cause` is the seq of the say that the next events follow from."""

    def __init__(self, member: Membership, project: Project) -> None:
        self.member, self.project = member, project
        self.at: datetime = timezone.now()
        self.cause: int | None = None
        self.events: list[Event] = []

    def __call__(
        self,
        kind: str,
        subject: models.Model | None = None,
        *,
        by: Membership | None = None,
        nonce: UUID | None = None,
        in_chat: bool = False,
        **details: Any,
    ) -> Event:
        """Append an event of the member, or of another one who changes things in the same transaction (`by`).

        `in_chat` asks for a line of its own in the timeline; what a say caused stands under the say.
        """
        self.project.last_seq += 1
        event = Event(
            project=self.project,
            seq=self.project.last_seq,
            kind=kind,
            actor=(by or self.member).user,
            subject_id=subject.pk if subject else None,
            details=details,
            at=self.at,
            nonce=nonce,
            cause=self.cause,
            in_chat=in_chat and self.cause is None,
        )
        event.__dict__["subject"] = subject  # spares the live frame a query
        self.events.append(event)
        return event

    def next_number(self) -> int:
        """The number of a new task in this project."""
        self.project.last_number += 1
        return self.project.last_number

    def save(self) -> None:
        """Write the events and the counters; part of the transaction."""
        if self.events:
            insert(*self.events)
            with connection.cursor() as cursor:
                cursor.execute(COUNT, [self.project.last_seq, self.project.last_number, self.project.pk])


@contextmanager
def changes(member: Membership, *others: Membership) -> Iterator[Recorder]:
    """Lock the member's project and yield `record(kind, subject, **details)`.

    The lock puts all changes of one project in one order, so that `seq` has no gaps and commits in the order in which it was
    counted. Events are published after the commit. Within an open `changes` of the same member, the outer one goes on: a
    script of several commands is one transaction. `others` are members of the same project who write in this one too.
    Raises `Gone` when one of them was removed, `RoleChanged` when the role of one changed, since the caller looked.
    """
    if outer := member.__dict__.get("_recorder"):
        yield outer
        return
    with transaction.atomic():
        record = Recorder(member, _lock([member, *others]))
        member.__dict__["_recorder"] = record
        try:
            yield record
            record.save()
        finally:
            del member.__dict__["_recorder"]
        events = record.events
        transaction.on_commit(lambda: live.publish(events), robust=True)


@contextmanager
def reading(member: Membership) -> Iterator[None]:
    """For what changes nothing, and need not wait for those who do. Raises as `changes` does, also at the end.

    What was read may be of after somebody's removal, and is not told then.
    """
    look_at(member)
    yield
    look_at(member)


COUNT = "UPDATE workspace_project SET last_seq = %s, last_number = %s WHERE id = %s"

# On SQLite `select_for_update` does nothing: there BEGIN IMMEDIATE has taken the one write lock. PostgreSQL, when it has
# waited for a lock, reads again the rows that it locks and no others: unlocked, a membership would be that of before.
# The project comes first, so that two who lock several memberships wait for each other there.
_locked: Prepared[Membership] = Prepared(
    Membership.objects.select_related("project", "user").select_for_update(of=("project", "self")), "pk__in"
)


def _lock(members: Sequence[Membership]) -> Project:
    fresh = {row.pk: row for row in _locked.rows(sorted({member.pk for member in members}))}
    for member in members:
        _check(member, fresh.get(member.pk))
    project = fresh[members[0].pk].project
    for member in members:
        member.project, member.user = project, fresh[member.pk].user
    return project


def look_at(member: Membership) -> None:
    """Make the member's project and person what they are now. Raises as `changes` does."""
    fresh = _check(member, _members.get(member.pk))
    member.project, member.user = fresh.project, fresh.user


_members: Prepared[Membership] = Prepared(Membership.objects.select_related("project", "user"), "pk")


def _check(member: Membership, row: Membership | None) -> Membership:
    if row is None or not row.user.is_active:
        raise Gone("You are no longer a member of this project.")
    if row.role != member.role:
        raise RoleChanged("Your role in this project has just changed. Load the page again.")
    return row

"""Finds tasks by the query language, in the projects that somebody is a member of."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.tongues import told, tongue_of
from accounts.zones import zone_of
from chat.filters import filtered
from chat.language import Query, Refusal, parse_query
from tasks.filling import fill
from tasks.models import Column, Label, Task
from workspace import fulltext
from workspace.directory import projects_searched
from workspace.errors import Refused
from workspace.models import Membership, Project

NUMBER = re.compile(r"(?:([A-Za-z][A-Za-z0-9]{1,9})-)?([0-9]{1,9})")


class Searched:
    """`chat.language.Surroundings` of somebody who looks into one project, or into all of theirs."""

    key = ""
    last = task = None

    def __init__(self, user: User, project: Project | None, heard: str = "") -> None:
        self._user, self._project, self.tongue = user, project, tongue_of(user, heard)
        self.tasks: dict[int, str] = {}

    @cached_property
    def _projects(self) -> list[int]:
        return projects_searched(self._user, self._project)

    @property
    def me(self) -> str:
        return self._user.handle

    @cached_property
    def now(self) -> datetime:
        return timezone.now().astimezone(zone_of(self._user))

    @cached_property
    def members(self) -> list[str]:
        rows = Membership.objects.filter(project__in=self._projects)
        return list(rows.order_by("user__handle").values_list("user__handle", flat=True).distinct())

    @cached_property
    def columns(self) -> list[str]:
        names = Column.objects.filter(project__in=self._projects).values_list("name", flat=True)
        return list({name.casefold(): name for name in names}.values())

    @cached_property
    def labels(self) -> list[str]:
        return list(Label.objects.filter(project__in=self._projects).values_list("name", flat=True))


def query_of(user: User, text: str, project: Project | None = None, heard: str = "") -> Query:
    """What `text` asks for, in a project that the person is in or in all of them; `heard` is the tongue that their browser
    asks for. Raises `Refused`.
    """
    where = Searched(user, project, heard)
    understood = parse_query(text, where)
    if isinstance(understood, Query):
        return understood
    raise refused(understood, where.tongue)


def refused(refusal: Refusal, tongue: str) -> Refused:
    """The refusal of a query, in the tongue of who asked. Its suggestions are complete queries."""
    start, end, message = refusal.start, refusal.end, told(refusal.message, tongue)
    return Refused(refusal.code, message, start=start, end=end, suggestions=refusal.fixes)


def find_tasks(
    user: User,
    query: Query,
    *,
    project: Project | None = None,
    limit: int = 50,
    now: datetime | None = None,
    order: Sequence[Any] = ("-pk",),
) -> list[Task]:
    """The newest tasks that the query finds, and those that it names by number, with all that a row shows.

    Whose projects they may be in is part of the statement, so nothing of others is counted, ranked or cut off.
    """
    projects = projects_searched(user, project)
    rows = Task.objects.filter(project__in=projects, project__memberships__user=user)
    if query.filters:
        moment = (now or timezone.now()).astimezone(zone_of(user))
        rows = filtered(rows, query, projects, moment)
    else:  # words alone: the index gives the newest, however many there are
        trashed = Task.everything.filter(
            project__in=projects, deleted_at__isnull=False
        ).count()  # are in it, too
        ids = fulltext.found(Task, fulltext.parse(query.text), projects, limit + trashed)
        rows = rows.filter(Q(pk__in=ids) | _named(query.text))
    tasks = list(rows.select_related("project", "column").order_by(*order)[:limit])
    fill(tasks)
    return tasks


def _named(text: str) -> Q:
    """Task 12, for "12" and "WEB-12"."""
    named = NUMBER.fullmatch(text)
    if named is None:
        return Q(pk__in=[])
    key = Q(project__key=named[1].upper()) if named[1] else Q()
    return key & Q(number=int(named[2]))

"""Finds tasks in the projects that somebody is a member of."""

import re

from django.db.models import Q

from accounts.models import User
from tasks.models import Task
from tasks.queries import fill
from workspace.directory import projects_searched
from workspace.fulltext import found, parse
from workspace.models import Project

NUMBER = re.compile(r"\s*(?:#|([A-Za-z][A-Za-z0-9]{1,9})-)?([0-9]{1,9})\s*")


def search_tasks(user: User, text: str, *, project: Project | None = None, limit: int = 50) -> list[Task]:
    """The newest tasks with all the words of `text`, and those that it names by number, with all that a row shows.

    Whose projects they may be in is part of the query, so nothing of others is counted, ranked or cut off.
    """
    projects = projects_searched(user, project)
    ids = found(Task, parse(text), projects, limit)
    rows = Task.objects.filter(
        Q(pk__in=ids) | _named(text), project__in=projects, project__memberships__user=user
    )
    tasks = list(rows.select_related("project", "column").order_by("-pk")[:limit])
    fill(tasks)
    return tasks


def _named(text: str) -> Q:
    """Task 12, for "12", "#12" and "WEB-12"."""
    named = NUMBER.fullmatch(text)
    if named is None:
        return Q(pk__in=[])
    key = Q(project__key=named[1].upper()) if named[1] else Q()
    return key & Q(number=int(named[2]))

"""The fields of a task's page, as its form sends them: only those that are there are changed."""

import re
from datetime import date

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from tasks import actions
from tasks.models import Task
from tasks.steps import Due, checked_rule
from workspace.changes import changes
from workspace.errors import Refused
from workspace.models import Membership
from workspace.permissions import require
from workspace.text import clean_line

YEARS = 50  # as where people type it: further away is a slip of the finger

ESTIMATE = re.compile(r"\d{1,3}(\.\d)?pt|\d{1,6}min")


def apply(member: Membership, task: Task, form: QueryDict) -> Task:
    """Change what the form holds, in one transaction. Raises `Refused` for a value that cannot be read."""
    require(member, "edit_tasks")
    with changes(member):
        if "title" in form:
            task = actions.rename_task(member, task, str(form["title"]))
        if "due_on" in form:
            due = _due(str(form["due_on"]))
            if (
                not due or due.on != task.due_on
            ):  # the same day again keeps the time of day, which the form lacks
                task = actions.set_due(member, task, due)
        fields = {
            name: read(member, form)
            for name, read in {
                "description": lambda _, form: form["description"],
                "priority": _priority,
                "estimate": _estimate,
                "every": lambda _, form: checked_rule(str(form["every"])),
                "labels": _labels,
                "assignees": _assignees,
            }.items()
            if name in form
        }
        if fields:
            task = actions.edit_task(member, task, **fields)
    return task


def _due(text: str) -> Due | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("bad_date", f"{text[:40]!r} is not a date. Write it like 2026-11-27.") from None
    if abs(day.year - timezone.now().year) > YEARS:
        raise Refused("bad_date", f"{text[:40]!r} is more than {YEARS} years away.")
    return Due(day)


def _priority(_: Membership, form: QueryDict) -> int:
    if form["priority"] not in {str(value) for value in Task.Priority.values}:
        raise Refused("unknown_priority", f"{form['priority'][:20]!r} is not a priority.")
    return int(form["priority"])


def _estimate(_: Membership, form: QueryDict) -> str:
    text = clean_line(str(form["estimate"])).lower().removeprefix("~")
    if text and not ESTIMATE.fullmatch(text):
        raise Refused("bad_estimate", f"{text[:20]!r} is not an estimate. Write 3pt or 90min.")
    return text


def _labels(_: Membership, form: QueryDict) -> list[str]:
    names = [clean_line(name).lstrip("#") for value in form.getlist("labels") for name in value.split(",")]
    names = [name for name in names if name]
    for name in names:
        if len(name) > 32 or not any(letter.isalpha() for letter in name):
            raise Refused("bad_label", f"{name[:40]!r} cannot be a label: 1 to 32 characters with a letter.")
    return names


def _assignees(member: Membership, form: QueryDict) -> list[User]:
    wanted = {
        value for value in form.getlist("assignees") if value
    }  # an empty one says that the field is there
    ids = {int(value) for value in wanted if value.isdecimal() and len(value) < 19}
    rows = member.project.memberships.filter(user__in=ids).select_related("user")
    if len(rows) != len(wanted):
        raise Refused("unknown_user", "Somebody whom you chose is not in this project.")
    return [row.user for row in rows]

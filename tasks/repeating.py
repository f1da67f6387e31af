"""Tasks that come again: when one is finished, the next one is there, due by its rule."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.zones import zone_of
from tasks.creating import create_task
from tasks.models import Task
from tasks.steps import Due, change
from workspace.changes import Recorder
from workspace.models import Membership
from workspace.repeats import next_day


def change_place(
    record: Recorder,
    member: Membership,
    task: Task,
    kind: str,
    fields: dict[str, Any],
    **more: Any,
) -> None:
    """Move the task as `fields` say. One that repeats and is finished by it hands its rule on to the next."""
    rule = task.every if fields["completed_at"] and not task.is_done else ""
    author = _author(task, member) if rule else member.user
    following = _following(task, rule, zone_of(author), record.at) if rule else None
    if following:
        fields = fields | {"every": ""}
    change(record, task, kind, **more, **fields)
    if following:
        due, rule = following
        create_task(
            member,
            task.title,
            description=task.description,
            assignees=_here(task).filter(assigned_tasks=task),
            labels=[label.name for label in task.labels.all()],
            priority=task.priority,
            due=due,
            estimate=task.estimate,
            every=rule,
            items=[item.text for item in task.checklist],
            author=author,
        )


def _author(task: Task, member: Membership) -> User:
    """Who added it, whoever finishes it; where that person has gone it is for the member, who goes on with it."""
    return _here(task).filter(pk=task.created_by_id).first() or member.user


def _here(task: Task) -> QuerySet[User]:
    """The people of the task's project."""
    return User.objects.filter(is_active=True, memberships__project=task.project_id)


def _following(task: Task, rule: str, zone: tzinfo, now: datetime) -> tuple[Due, str] | None:
    """When the task is due again, and by which rule from there; None where the calendar ends."""
    try:
        today, at = now.astimezone(zone), task.due_at.astimezone(zone) if task.due_at else None
        begin = at.date() if at else task.due_on or today.date()
        day, rule = next_day(rule, begin, today.date())
        if at and _moment(day, at) <= now:
            day, rule = next_day(rule, begin, today.date() + timedelta(days=1))
        return Due(day, _moment(day, at) if at else None), rule
    except (ValueError, OverflowError):
        return None


def _moment(day: date, at: datetime) -> datetime:
    """The day's moment with the time of day of `at`."""
    return datetime.combine(day, at.time(), at.tzinfo).astimezone(UTC)

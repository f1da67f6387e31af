"""When a task is due, in words."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format

from tasks.models import Task

register = template.Library()


@dataclass(frozen=True)
class Due:
    """`tone` is "late", "today" or "" and never the only sign: the words say it too."""

    words: str
    tone: str
    at: datetime | None


@register.filter
def due(task: Task) -> Due | None:
    """When the task is due: "2 days late", "Today", "Fri 27 Nov". None without a date."""
    if task.due_on is None:
        return None
    days = (task.due_on - timezone.localdate()).days
    if task.is_done or days > 0:
        form = "D j M" if abs(days) < 300 else "j M Y"
        return Due(date_format(task.due_on, form), "", task.due_at)
    if days == 0:
        return Due("Today", "today", task.due_at)
    return Due(f"{-days} day{'' if days == -1 else 's'} late", "late", None)

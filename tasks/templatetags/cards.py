"""The cards of tasks, on the board and in the chat."""

from collections.abc import Hashable

from django import template
from django.utils.safestring import SafeString

from tasks.models import Task
from workspace.rendered import rendered

register = template.Library()

FIELDS = [field.attname for field in Task._meta.concrete_fields if field.attname != "items"]  # noqa: SLF001  Django documents `_meta`


@register.simple_tag
def card(task: Task) -> SafeString:
    """The task's card on the board. Load its project, column, people and labels before."""
    return rendered("tasks/_card.html", looks(task), task=task)


def looks(task: Task) -> Hashable:
    """All that a card shows of the task."""
    return (
        *(task.__dict__[name] for name in FIELDS),
        (task.project.key, task.project.slug),
        (task.column_id, task.column.name, task.column.kind),
        tuple((person.pk, person.name, person.handle, person.hue) for person in task.people),
        tuple(task.checklist),
        tuple(task.waits_for),
        tuple((label.pk, label.name, label.hue) for label in task.marks),
    )

"""How lines follow one another in the stream: a new day, the same author again."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from chat import polls
from tasks.templatetags.cards import looks
from workspace.lines import Line
from workspace.rendered import rendered

register = template.Library()

CLOSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Row:
    """A line and how it stands to the one before it. `day` is set on the first line of a day."""

    line: Any
    day: date | None
    is_tight: bool


@register.filter
def rows(lines: Iterable[Any]) -> list[Row]:
    """The lines with their day dividers, and whether each continues what its author just said."""
    result: list[Row] = []
    before = None
    for line in lines:
        day = timezone.localtime(line.event.at).date()
        starts_day = before is None or day != timezone.localtime(before.event.at).date()
        result.append(Row(line, day if starts_day else None, not starts_day and _continues(line, before)))
        before = line
    return result


@register.simple_tag
def shown(row: Row) -> SafeString:
    """The line of a row, as everybody sees it."""
    return rendered("chat/_line.html", (_looks(row.line), row.is_tight), line=row.line, tight=row.is_tight)


@register.filter
def up_to(rows: list[Row], seq: int) -> list[Row]:
    """The rows that were read already."""
    return [row for row in rows if row.line.event.seq <= seq]


@register.filter
def after(rows: list[Row], seq: int) -> list[Row]:
    """The rows that are new."""
    return [row for row in rows if row.line.event.seq > seq]


@register.filter
def day_name(day: date) -> str:
    """What a day is called in the stream: "Today, 22 November", "Yesterday, 21 November", "Monday, 2 March 2026"."""
    today = timezone.localdate()
    ago = (today - day).days
    name = {0: "Today", 1: "Yesterday"}.get(ago) or date_format(day, "l")
    return f"{name}, {date_format(day, 'j F' if day.year == today.year else 'j F Y')}"


def _continues(line: Any, before: Any) -> bool:
    if not line.message or not before.message or line.message.reply_to_id:
        return False
    is_same_author: bool = line.event.actor_id == before.event.actor_id
    return is_same_author and line.event.at - before.event.at <= CLOSE


def _looks(line: Line) -> Hashable:
    """All that a line shows: the event, its message as it is now, its poll, and the tasks that it names or changed."""
    event, actor = line.event, line.event.actor
    return (
        (event.pk, event.seq, event.kind, event.at, event.details.get("note"), event.project.slug),
        (actor.pk, actor.name, actor.handle, actor.hue),
        line.message and _words(line.message),
        line.message and line.message.reply_to and _words(line.message.reply_to),
        line.user and (line.user.pk, line.user.name),
        line.task and looks(line.task),
        line.poll and polls.looks(line.poll),
        tuple(_looks(effect) for effect in line.effects),
        tuple((task.pk, task.number, task.title, task.column.kind) for task in line.refs),
    )


def _words(message: Any) -> Hashable:
    return message.pk, message.text, message.html, message.edited_at, message.removed_at, message.author.name

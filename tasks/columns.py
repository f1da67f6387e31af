"""All that can happen to the columns and labels of a board. Their order and names change no task."""

import re
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from accounts.models import HUES
from accounts.names import is_blank, visible
from tasks.models import Column, Label
from workspace.changes import Recorder, changes
from workspace.errors import Refused
from workspace.models import Membership
from workspace.permissions import require
from workspace.text import clean_line

Row = TypeVar("Row", Column, Label)
WORD = re.compile(r"[\w-]+")


def edit_column(member: Membership, column: Column, *, name: str, limit: int | None) -> Column:
    """Give a column another name or another limit. Raises `Denied`, `Refused`."""
    require(member, "manage_project")
    wanted = {"name": _checked(name, 40), "limit": limit}
    with changes(member) as record:
        return _edit(
            record, "column.edited", Column.objects.get(pk=column.pk, project=record.project), wanted
        )


def move_column(member: Membership, column: Column, *, by: int) -> None:
    """Move a column `by` places to the right, or to the left when it is negative, as far as there are places."""
    require(member, "manage_project")
    with changes(member) as record:
        order = list(record.project.columns.all())
        start = next((place for place, other in enumerate(order) if other.pk == column.pk), None)
        if start is None:
            raise Refused("no_such_column", "This column is not on this board.")
        end = min(max(start + by, 0), len(order) - 1)
        if start == end:
            return
        order.insert(end, order.pop(start))
        for place, other in enumerate(order, start=1):
            other.position = place
        Column.objects.bulk_update(order, ["position"])
        record("column.moved", column, was={"place": start + 1}, now={"place": end + 1}, name=column.name)


def edit_label(member: Membership, label: Label, *, name: str, hue: str) -> Label:
    """Give a label another name or hue, on all tasks that have it. Raises `Denied`, `Refused`."""
    require(member, "manage_project")
    if hue not in HUES:
        raise Refused("bad_hue", "There is no such colour.")
    wanted = {"name": _checked_label(name), "hue": hue}
    with changes(member) as record:
        return _edit(record, "label.edited", Label.objects.get(pk=label.pk, project=record.project), wanted)


def _edit(record: Recorder, kind: str, row: Row, wanted: dict[str, Any]) -> Row:
    was = {field: getattr(row, field) for field in wanted}
    now = {field: value for field, value in wanted.items() if value != was[field]}
    if now:
        for field, value in now.items():
            setattr(row, field, value)
        try:
            with transaction.atomic():
                row.save(update_fields=list(now))
        except IntegrityError:
            raise Refused("taken", f"There is another one called {row.name} here.") from None
        record(kind, row, was={field: was[field] for field in now}, now=now)
    return row


def _checked(name: str, longest: int) -> str:
    name = visible(clean_line(name))
    if is_blank(name) or len(name) > longest:
        raise Refused("bad_name", f"A name has 1 to {longest} characters.")
    return name


def _checked_label(name: str) -> str:
    name = _checked(name, 32)
    if not WORD.fullmatch(name) or not any(letter.isalpha() for letter in name):
        raise Refused(
            "bad_label", "A label is one word with a letter in it, so that it can be typed after #."
        )
    return name

"""What follows on the board from what happens in the workspace."""

from typing import Any

from tasks.models import Column
from workspace.models import Project


def set_up_columns(project: Project, **_: Any) -> None:
    """A board begins with one column of each kind."""
    Column.objects.bulk_create(
        Column(project=project, name=kind.label, kind=kind, position=position)
        for position, kind in enumerate(Column.Kind, start=1)
    )

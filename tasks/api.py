"""Tasks and the board, for programs. To change them, say a command."""

from typing import Any, Literal

from django.db.models import Q
from django.shortcuts import get_object_or_404
from ninja import Router

from tasks.filling import fill
from tasks.models import Task
from tasks.queries import as_dict, board
from workspace.api_kit import ApiRequest, Limit, Position, Word, member_of, within

router = Router(tags=["tasks"])
STATES = {
    "open": Q(completed_at=None, archived_at=None),
    "done": Q(completed_at__isnull=False, archived_at=None),
    "archived": Q(archived_at__isnull=False),
    "all": Q(),
}


@router.get("/projects/{int:project_id}/tasks")
def tasks(
    request: ApiRequest,
    project_id: int,
    state: Literal["open", "done", "archived", "all"] = "open",
    assignee: Word = "",
    after: Position = 0,
    limit: Limit = 200,
) -> dict[str, Any]:
    """The project's tasks by number, from the first above `after`. `assignee` is a handle."""
    project = member_of(request, project_id).project
    rows = project.tasks.filter(STATES[state], number__gt=min(after, 2**31 - 1))
    if assignee:
        rows = rows.filter(assignees__handle=assignee.lower())
    found = list(rows.select_related("column", "project").order_by("number")[:limit])
    fill(found)
    return {"tasks": [as_dict(task) for task in found]}


@router.get("/projects/{int:project_id}/tasks/{int:number}")
def task(request: ApiRequest, project_id: int, number: int) -> dict[str, Any]:
    """One task, by its number."""
    project = member_of(request, project_id).project
    rows = Task.objects.select_related("column", "project")
    return as_dict(get_object_or_404(rows, project=project, number=within(number)))


@router.get("/projects/{int:project_id}/board")
def the_board(request: ApiRequest, project_id: int) -> dict[str, Any]:
    """The columns with their cards, as the board shows them: `count` says how many tasks a column has in all."""
    project = member_of(request, project_id).project
    return {
        "seq": project.last_seq,
        "columns": [
            {
                "id": column.pk,
                "name": column.name,
                "kind": column.kind,
                "limit": column.limit,
                "count": column.count,
                "tasks": [as_dict(task) for task in column.cards],
            }
            for column in board(project)
        ],
    }

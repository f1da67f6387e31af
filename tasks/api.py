"""Tasks, the board and the trash, for programs. To change tasks, say a command."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router

from tasks.models import Task
from tasks.queries import as_dict, board
from tasks.trash import in_trash, restore_task, trash
from workspace.api_kit import ApiRequest, member_of, within

router = Router(tags=["tasks"])


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


@router.get("/projects/{int:project_id}/trash")
def the_trash(request: ApiRequest, project_id: int) -> dict[str, Any]:
    """The tasks that were thrown away within the last 30 days, the newest there first."""
    return {"tasks": [as_dict(task) for task in trash(member_of(request, project_id).project)]}


@router.post("/projects/{int:project_id}/trash/{int:number}/restore")
def restore(request: ApiRequest, project_id: int, number: int) -> dict[str, Any]:
    """Take a task out of the trash. Its author may, and an owner of the project."""
    member = member_of(request, project_id)
    return as_dict(restore_task(member, get_object_or_404(in_trash(member.project), number=within(number))))

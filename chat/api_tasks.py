"""The list of tasks, for programs. It is here because it understands the query language."""

from typing import Any, Literal

from django.db.models import Q
from django.utils import timezone
from ninja import Router

from accounts.tongues import heard_by
from accounts.zones import zone_of
from chat.filters import filtered
from chat.finding import query_of
from tasks.filling import fill
from tasks.queries import as_dict
from workspace.api_kit import ApiRequest, Limit, Position, Word, member_of
from workspace.pace import SEARCHES

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
    q: Word = "",
    state: Literal["open", "done", "archived", "all"] | None = None,
    assignee: Word = "",
    after: Position = 0,
    limit: Limit = 200,
) -> dict[str, Any]:
    """The project's tasks by number, from the first above `after`: the open ones, or those that the query `q` finds.

    `q` is what people type after `/find`, such as `@ana #bug -is:done due:<=fri login`. `assignee` is a handle.
    """
    project = member_of(request, project_id).project
    rows = project.tasks.filter(STATES[state or ("all" if q.strip() else "open")])
    rows = rows.filter(number__gt=min(after, 2**31 - 1))
    if assignee:
        rows = rows.filter(assignees__handle=assignee.lower())
    if q.strip():
        SEARCHES.spend(request.auth.pk)
        now = timezone.now().astimezone(zone_of(request.auth))
        asked, archived = query_of(request.auth, q, project, heard_by(request)), state in {"archived", "all"}
        rows = filtered(rows, asked, [project.pk], now, with_archived=archived)
    found = list(rows.select_related("column", "project").order_by("number")[:limit])
    fill(found)
    return {"tasks": [as_dict(task) for task in found]}

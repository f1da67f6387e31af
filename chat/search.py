"""Finds what was said in the projects that somebody is a member of."""

from accounts.models import User
from chat.models import Message
from workspace.fulltext import matches, parse
from workspace.models import Project


def search_messages(
    user: User, text: str, *, project: Project | None = None, limit: int = 50
) -> list[Message]:
    """The newest messages with all the words of `text`, with their authors and projects.

    Whose projects they may be in is part of the query, so nothing of others is counted, ranked or cut off.
    """
    rows = Message.objects.filter(
        matches(Message, parse(text)), removed_at=None, project__memberships__user=user
    )
    if project is not None:
        rows = rows.filter(project=project)
    return list(rows.select_related("author", "project", "task__project").order_by("-pk")[:limit])

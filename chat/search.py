"""Finds what was said in the projects that somebody is a member of."""

from accounts.models import User
from chat.models import Message
from workspace.directory import projects_searched
from workspace.fulltext import found, parse
from workspace.models import Project


def search_messages(
    user: User, text: str, *, project: Project | None = None, limit: int = 50
) -> list[Message]:
    """The newest messages with all the words of `text`, with their authors and projects.

    Whose projects they may be in is part of the query, so nothing of others is counted, ranked or cut off.
    """
    ids = found(Message, parse(text), projects_searched(user, project), limit)
    rows = Message.objects.filter(pk__in=ids, removed_at=None, project__memberships__user=user)
    return list(rows.select_related("author", "project", "task__project").order_by("-pk"))

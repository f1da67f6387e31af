"""The search page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.tongues import heard_by
from chat.finding import find_tasks, query_of
from chat.language import Query as Asked
from chat.models import Message
from chat.search import search_messages
from tasks.models import Task
from workspace.errors import Refused, TooFast
from workspace.fulltext import LONGEST, Query, highlighted, parse
from workspace.middleware import with_refusal
from workspace.models import Project
from workspace.pace import SEARCHES
from workspace.permissions import membership_for

SHOWN = 50  # of each kind; older ones are found by more words
EXCERPT = 90  # characters on both sides of a find
TABS = ("all", "tasks", "messages")


@dataclass
class Found:
    """A task or a message that was found, with its text as it is shown."""

    row: Task | Message
    text: SafeString


@login_required
@require_safe
def search(request: SignedInRequest) -> HttpResponse:
    """Tasks and messages that the query `q` finds, newest first, in one project or in all of one's own."""
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    tab, slug = request.GET.get("tab", ""), request.GET.get("project", "")
    project = membership_for(request.user, slug=slug).project if slug else None
    context: dict[str, Any] = {"q": text, "tab": tab if tab in TABS else "all", "current_page": "search"}
    context["searched"] = project
    if not text:
        return render(request, "search/search.html", context)
    try:
        SEARCHES.spend(request.user.pk)
    except TooFast as error:
        return with_refusal(render(request, "search/search.html", context | {"refusal": error}), error)
    return render(
        request, "search/search.html", context | _results(request.user, text, project, heard_by(request))
    )


def _results(user: User, text: str, project: Project | None, heard: str) -> dict[str, Any]:
    query, mistake = _understood(user, text, project, heard)
    words = parse(query.text)
    found = find_tasks(user, query, project=project, limit=SHOWN + 1)
    said = [] if query.filters else search_messages(user, query.text, project=project, limit=SHOWN + 1)
    tasks = [Found(task, _shown(task.title, words)) for task in found]
    messages = [Found(message, _shown(message.words, words)) for message in said]
    projects = {found.row.project for found in (*tasks, *messages)}
    return {
        "only_project": projects.pop() if len(projects) == 1 else None,
        "found_tasks": tasks[:SHOWN],
        "found_messages": messages[:SHOWN],
        "task_count": _count(len(tasks)),
        "message_count": _count(len(messages)),
        "is_cut": max(len(tasks), len(messages)) > SHOWN,
        "is_empty": not tasks and not messages,
        "has_filters": bool(query.filters),
        "mistake": mistake,
        "shown": SHOWN,
    }


def _understood(user: User, text: str, project: Project | None, heard: str) -> tuple[Asked, Refused | None]:
    """The query. Where it is none it is words, for people look for "#deploy" and "@import" too, and what was wrong."""
    try:
        return query_of(user, text, project, heard), None
    except Refused as mistake:
        return Asked(text=text), mistake


def _shown(text: str, query: Query) -> SafeString:
    return highlighted(text, query, around=EXCERPT)


def _count(number: int) -> str:
    return f"{SHOWN}+" if number > SHOWN else str(number)

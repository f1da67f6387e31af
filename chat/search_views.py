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
from chat.models import Message
from chat.search import search_messages
from tasks.models import Task
from tasks.search import search_tasks
from workspace.errors import TooFast
from workspace.fulltext import LONGEST, Query, highlighted, parse
from workspace.middleware import with_refusal
from workspace.pace import SEARCHES

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
    """Tasks and messages with all the words of `q`, newest first."""
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST].strip()
    tab = request.GET.get("tab", "")
    context: dict[str, Any] = {"q": text, "tab": tab if tab in TABS else "all", "current_page": "search"}
    if not text:
        return render(request, "search/search.html", context)
    try:
        SEARCHES.spend(request.user.pk)
    except TooFast as error:
        return with_refusal(render(request, "search/search.html", context | {"refusal": error}), error)
    return render(request, "search/search.html", context | _results(request.user, text))


def _results(user: User, text: str) -> dict[str, Any]:
    query = parse(text)
    tasks = [Found(task, _shown(task.title, query)) for task in search_tasks(user, text, limit=SHOWN + 1)]
    messages = [
        Found(message, _shown(message.text, query))
        for message in search_messages(user, text, limit=SHOWN + 1)
    ]
    projects = {found.row.project for found in (*tasks, *messages)}
    return {
        "only_project": projects.pop() if len(projects) == 1 else None,
        "found_tasks": tasks[:SHOWN],
        "found_messages": messages[:SHOWN],
        "task_count": _count(len(tasks)),
        "message_count": _count(len(messages)),
        "is_cut": max(len(tasks), len(messages)) > SHOWN,
        "is_empty": not tasks and not messages,
        "shown": SHOWN,
    }


def _shown(text: str, query: Query) -> SafeString:
    return highlighted(text, query, around=EXCERPT)


def _count(number: int) -> str:
    return f"{SHOWN}+" if number > SHOWN else str(number)

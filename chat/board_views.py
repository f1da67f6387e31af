"""The board's page, and what a filtered board asks when something on it changes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.tongues import heard_by
from chat.boards import on_board, read_filter
from chat.pages import project_page
from tasks.queries import heads
from workspace.errors import TooFast
from workspace.permissions import membership_for

AT_ONCE = 200  # tasks asked about


@login_required
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The board alone, or what the query `q` leaves of it."""
    member = membership_for(request.user, slug=slug)
    return render(request, "tasks/board.html", project_page(request, member) | {"view": "board"})


@login_required
@require_safe
def matching(request: HttpRequest, slug: str) -> HttpResponse:
    """Which of the `tasks` (numbers with commas between) the query `q` leaves on the board, and how many of all."""
    member = membership_for(request.user, slug=slug)
    asked = read_filter(member, request.GET.get("q", ""), heard_by(request))
    if isinstance(asked.mistake, TooFast):
        raise asked.mistake
    if asked.query is None:
        message = asked.mistake.message if asked.mistake else "Ask for something."
        return JsonResponse({"code": "bad_filter", "message": message}, status=422)
    rows = on_board(member, asked.query)
    named = [part for part in request.GET.get("tasks", "").split(",") if part.isdecimal() and len(part) < 10]
    found = rows.filter(number__in=[int(part) for part in named[:AT_ONCE]]).values_list("number", flat=True)
    total = sum(column.count for column in heads(member.project))
    return JsonResponse({"tasks": sorted(found), "count": rows.count(), "total": total})

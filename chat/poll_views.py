"""What the buttons of a poll post to. They answer JSON to scripts, a redirect to people."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from chat import polls
from chat.models import Poll
from workspace.errors import Refused
from workspace.middleware import wants_json
from workspace.models import Membership
from workspace.pace import COMMANDS
from workspace.permissions import membership_for


@login_required
@require_POST
def vote(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Vote: POST `choice`, the place of an option from 0; an empty one takes the vote back."""
    member, poll = _poll(request, slug, pk)
    COMMANDS.spend(member.user_id)  # everybody is told of each
    return _answer(request, member, polls.vote(member, poll, _choice(request.POST.get("choice", ""))))


@login_required
@require_POST
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End the voting."""
    member, poll = _poll(request, slug, pk)
    return _answer(request, member, polls.close_poll(member, poll))


def _poll(request: HttpRequest, slug: str, pk: int) -> tuple[Membership, Poll]:
    member = membership_for(request.user, slug=slug)
    rows = Poll.objects.select_related("author", "project")
    return member, get_object_or_404(rows, project=member.project, pk=pk)


def _choice(text: str) -> int | None:
    if not text:
        return None
    if not (text.isdecimal() and len(text) < 4):
        raise Refused("bad_poll", "There is no such option in this poll.")
    return int(text)


def _answer(request: HttpRequest, member: Membership, poll: Poll) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(polls.as_dict(polls.polls_by_id(member.project, [poll.pk])[poll.pk]))
    return redirect(polls.place_of(poll))

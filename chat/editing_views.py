"""What a message is edited and removed with. It answers JSON to scripts, a redirect to people."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from chat.editing import edit_message, message_of, own_message, remove_message
from chat.models import Message
from chat.pages import edit_form, message_page
from chat.queries import as_dict, whole
from workspace.errors import Refused
from workspace.middleware import wants_json, with_refusal
from workspace.models import Membership
from workspace.pace import COMMANDS
from workspace.permissions import membership_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form, as a fragment for the page to insert; or POST `text`, and `was`, which is what the message said before."""
    member = membership_for(request.user, slug=slug)
    if request.method != "POST":
        return render(request, "chat/_edit.html", edit_form(own_message(member, pk)))
    text, was = request.POST.get("text", ""), request.POST.get("was")
    try:
        COMMANDS.spend(member.user_id)  # everybody is told of each
        return _answer(request, edit_message(member, pk, text, was=was))
    except Refused as refusal:
        if wants_json(request):
            raise
        return _again(request, member, message_of(member, pk), refusal)


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back what a message says: nothing has to be posted."""
    member = membership_for(request.user, slug=slug)
    COMMANDS.spend(member.user_id)  # everybody is told of each
    return _answer(request, remove_message(member, pk))


def _again(request: HttpRequest, member: Membership, message: Message, refusal: Refused) -> HttpResponse:
    """The words that were refused, and why: in the form, or in the box where the message has been removed meanwhile."""
    if message.author_id != member.user_id:
        raise refusal
    text = request.POST.get("text", "")
    if message.removed_at:
        shown: dict[str, Any] = {"draft": text, "refusal": refusal.as_dict()}
    else:
        shown = edit_form(message) | {"text": text, "why": refusal.message}
        if refusal.code != "conflict":  # saved again, the words would replace what the message says now
            shown["was"] = request.POST.get("was", message.text)
    page = render(request, "chat/project.html", message_page(request, member, message) | shown)
    return with_refusal(page, refusal)


def _answer(request: HttpRequest, message: Message) -> HttpResponse:
    """The message, with what makes a page show it as it is now."""
    if wants_json(request):
        shown = whole(message)
        return JsonResponse(
            as_dict(shown) | {"patch": render_to_string("live/said.html", {"message": shown})}
        )
    return redirect(message)

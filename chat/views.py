"""The pages of a project's conversation. Each view reaches its rows through the membership."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from accounts.tongues import heard_by, tongue_of
from accounts.zones import zone_of
from chat import frames, session
from chat.commands import registry
from chat.editing import own_message, removable
from chat.frames import BadFrame, Say
from chat.models import Message
from chat.pages import edit_form, message_page, project_page, task_page
from chat.queries import around, posted_by, seq_at, timeline
from tasks.models import Task
from workspace.middleware import wants_json
from workspace.models import Membership
from workspace.permissions import membership_for


@login_required
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """Chat and board, at the newest line."""
    member = membership_for(request.user, slug=slug)
    if before := _number(request, "before"):
        return _at(request, member, timeline(member.project, before=before))
    return render(request, "chat/project.html", project_page(request, member))


@login_required
@require_safe
def message(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The conversation, opened at a message. With `?do=task` the composer is about to make a task of it, with `?do=edit`
    or `?do=remove` there is a form for who may.
    """
    member = membership_for(request.user, slug=slug)
    found = get_object_or_404(Message.objects.select_related("author"), project=member.project, pk=pk)
    asked = request.GET.get("do")
    if asked == "edit":
        more = edit_form(own_message(member, pk))
    elif asked == "remove":
        more = {"removed": removable(member, pk)}
    elif found.task and not posted_by(found).in_chat:  # it was said on the task's page alone
        return redirect(f"{found.task.get_absolute_url()}#message-{found.pk}")
    else:
        more = {"replied": found} if asked in {"task", "reply"} else {}
        more |= {"draft": f"/task {found.gist}"} if asked == "task" else {}
    return render(request, "chat/project.html", message_page(request, member, found) | more)


@login_required
@require_safe
def on_date(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The conversation, opened at the first line of a day (in the reader's time zone)."""
    member = membership_for(request.user, slug=slug)
    try:
        start = datetime.combine(date.fromisoformat(day), time.min, zone_of(member.user)).astimezone(UTC)
    except (ValueError, OverflowError):  # no day, or one at the ends of the calendar
        raise Http404 from None
    return _at(request, member, around(member.project, seq_at(member.project, start)), day=day)


@login_required
@require_safe
def lines(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines before or after a seq, as a fragment for the page to insert."""
    member = membership_for(request.user, slug=slug)
    found = timeline(member.project, before=_number(request, "before"), after=_number(request, "after"))
    return render(request, "chat/lines.html", {"project": member.project, "lines": found})


@login_required
@require_safe
def events(request: HttpRequest, slug: str) -> HttpResponse:
    """The event frames after a seq, with HTML: what a page asks for where sockets are blocked."""
    member = membership_for(request.user, slug=slug)
    after = _number(request, "after")
    start = session.start(member.pk, after, as_data=False)
    if start is None:
        raise Http404
    found = [] if start.is_too_far else start.texts
    body = {"seq": start.seq, "you": start.you, "reload": start.is_too_far}
    return HttpResponse(session.with_events(body, found), content_type="application/json")


@login_required
@require_POST
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something: the composer's form, and the page that polls. Refused text stays in the composer."""
    member = membership_for(request.user, slug=slug)
    try:
        said = _said(request)
    except BadFrame as error:
        return JsonResponse({"code": error.code, "message": str(error)}, status=400)
    frame = session.say(member, said, as_data=False)
    status, headers = _outcome(frame)
    if wants_json(request):
        return JsonResponse(frame, status=status, headers=headers)
    if frame["type"] == "ack":
        home = member.project.get_absolute_url()
        return redirect(f"{home}/t/{said.task}#task-talk" if said.task else f"{home}#lines")
    context = project_page(request, member)
    if frame["type"] == "refused":
        replied = Message.objects.filter(project=member.project, pk=said.reply_to or 0).first()
        about = Task.objects.filter(project=member.project, number=said.task or 0).first()
        context |= {"draft": said.text, "refusal": frame, "replied": replied}
        context |= {"about": about, "is_aside": not said.in_chat}
        response = render(request, "chat/project.html", context, status=status)
        for name, value in headers.items():
            response[name] = value
        return response
    return render(request, "chat/project.html", context | {"answer": frame["html"]})


def _outcome(frame: dict[str, Any]) -> tuple[int, dict[str, str]]:
    """The status of an answer, and its headers."""
    if frame["type"] != "refused":
        return 200, {}
    wait = frame.get("retry_after")
    return (429, {"Retry-After": str(wait)}) if wait else (422, {})


def _said(request: HttpRequest) -> Say:
    if request.content_type == "application/json":
        return frames.say(frames.read_object(request.body), heard_by(request))
    form = request.POST
    fields = {"text": form.get("text"), "nonce": form.get("nonce"), "in_chat": form.get("in_chat") != "0"}
    typed = {name: form.get(name, "") for name in ("task", "reply_to")}
    numbers = {name: int(text) for name, text in typed.items() if text.isdecimal() and len(text) < 19}
    return frames.say(fields | numbers, heard_by(request))


def _at(request: HttpRequest, member: Membership, shown: list[Any], **more: Any) -> HttpResponse:
    context = project_page(request, member, shown) | more
    return render(request, "chat/project.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None


@login_required
@require_safe
def task(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A task's page: its fields, its history and the messages that belong to it."""
    member = membership_for(request.user, slug=slug)
    return render(request, "tasks/task.html", task_page(request, member, number))


@login_required
@require_safe
def help_commands(request: SignedInRequest) -> HttpResponse:
    """All commands, from the registry that runs them, in the reader's tongue."""
    tongue = tongue_of(request.user, heard_by(request))
    with override(tongue):
        return render(request, "chat/commands.html", {"commands": registry.as_data(tongue), "tongue": tongue})

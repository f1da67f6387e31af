"""What a project's page is made of: the context of its template and the data for its scripts."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.tongues import heard_by, tongue_of
from chat.boards import apply_filter, read_filter
from chat.commands import context_for, registry
from chat.commands.wording import dates_told, words_told
from chat.editing import changed_by, is_script, may_remove
from chat.language import hints
from chat.models import Message
from chat.naming import Named
from chat.queries import around, conversation, posted_by, timeline
from chat.saved_views import views_of
from tasks.models import Task
from tasks.queries import CARDS, BoardColumn, board, due_soon, history, open_count, tasks_by_id
from workspace.lines import Line
from workspace.markup import render_notes
from workspace.models import Membership
from workspace.people import people_of
from workspace.text import clean_line

VIEWS = ("both", "chat", "board")


def project_page(request: HttpRequest, member: Membership, shown: list[Line] | None = None) -> dict[str, Any]:
    """Everything that `chat/project.html` needs. `shown` are lines of the past; without them it opens at the newest."""
    project = member.project
    whole = _number(request.GET.get("column", ""))
    asked = read_filter(member, request.GET.get("q", ""), heard_by(request))
    columns = board(project, cards=0 if asked.query else CARDS, whole=None if asked.query else whole)
    if asked.query:
        apply_filter(member, asked, columns, whole)
    people = people_of(project)
    live = shown is None
    saved_views = views_of(member)
    seq = project.last_seq  # read before the lines: what comes in between is brought by the socket
    lines = timeline(project) if shown is None else shown
    view = request.GET.get("view", "")
    return {
        "project": project,
        "member": member,
        "timeline": lines,
        "live": live,
        "older": lines[0].event.seq if lines and lines[0].event.seq > 1 else None,
        "board": columns,
        "filter": asked,
        "saved_views": saved_views,
        "saved": next((each for each in saved_views if each.query == clean_line(asked.text)), None),
        "people": people,
        "open_count": open_count(columns),
        "due_count": due_soon(project),
        "unread_seq": read_up_to(member, lines),
        "view": view if view in VIEWS else "both",
        "nonce": uuid4(),
        "draft": request.GET.get("draft", ""),
        "draft_message": Message(author=member.user),
        "page_data": page_data(member, seq, people, columns, tongue_of(member.user, heard_by(request))),
    }


def message_page(request: HttpRequest, member: Membership, message: Message) -> dict[str, Any]:
    """Everything that `chat/project.html` needs to show the conversation about a message."""
    shown = around(member.project, posted_by(message).seq)
    return project_page(request, member, shown) | {
        "message": message,
        "is_own": message.author_id == member.user_id,
        "may_remove": may_remove(member, message),
    }


def edit_form(message: Message) -> dict[str, Any]:
    """Everything that the form for a message's author needs."""
    return {
        "edited": message,
        "text": message.text,
        "was": message.text,
        "is_script": is_script(message),
        "changed": changed_by(message),
    }


def read_up_to(member: Membership, lines: list[Line]) -> int:
    """The seq before the first line that is new to the member; what one said oneself is no news, but a reminder is."""
    fresh = (line.event for line in lines if line.event.seq > member.read_seq)
    first = next(
        (event for event in fresh if event.actor_id != member.user_id or "reminder" in event.details), None
    )
    return first.seq - 1 if first else member.project.last_seq


def page_data(
    member: Membership, seq: int, people: list[User], columns: list[BoardColumn], tongue: str
) -> dict[str, Any]:
    """What the scripts of the page know from the start, of commands in the member's tongue. The numbers stand in for
    nothing: the socket goes on after `seq`.
    """
    project, user = member.project, member.user
    now = context_for(member).now
    return {
        "project": {"id": project.pk, "slug": project.slug, "key": project.key, "name": project.name},
        "you": {"id": user.pk, "handle": user.handle, "name": user.name, "role": member.role},
        "seq": seq,
        "ws": f"/ws/project/{project.pk}/",
        "commands": registry.as_data(tongue),
        "signs": hints.SIGNS,
        "words": words_told(tongue),
        "dates": {"day": str(now.date()), "words": dates_told(now, tongue)},
        "people": [
            {
                "id": person.pk,
                "handle": person.handle,
                "name": person.name,
                "hue": person.hue,
                "initials": person.initials,
            }
            for person in people
        ],
        "columns": [{"id": column.pk, "name": column.name, "kind": column.kind} for column in columns],
        "labels": [{"name": label.name, "hue": label.hue} for label in project.labels.all()],
    }


def task_page(request: HttpRequest, member: Membership, number: int) -> dict[str, Any]:
    """Everything that `tasks/task.html` needs. Raises `Http404`."""
    project, tongue = member.project, tongue_of(member.user, heard_by(request))
    row = get_object_or_404(project.tasks.all(), number=number)
    task = tasks_by_id(project, [row.pk])[row.pk]
    people = people_of(project)
    columns = board(project, cards=0)
    return {
        "project": project,
        "member": member,
        "task": task,
        "columns": columns,
        "people": people,
        "labels": list(project.labels.all()),
        "priorities": Task.Priority.choices,
        "notes": notes_of(member, task),
        "history": [Line(event, task=task) for event in history(task)],
        "conversation": conversation(task),
        "nonce": uuid4(),
        "draft_message": Message(author=member.user),
        "page_data": page_data(member, project.last_seq, people, columns, tongue) | {"task": number},
    }


def notes_of(member: Membership, task: Task) -> str:
    """The task's notes as safe HTML."""
    named = Named(member)
    return render_notes(
        task.description, mention=named.person, task=named.task_url, key=member.project.key
    ).html


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None

"""What becomes of a message after it was said: its author puts other words in its place, or it is removed."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from chat.actions import checked_text, link_tasks, rendered
from chat.models import Message
from chat.queries import posted_by
from tasks.models import Task
from workspace.changes import changes
from workspace.errors import Denied, Refused
from workspace.models import Event, Membership
from workspace.permissions import may, owners_of, require
from workspace.text import clean_text

COMMAND = '<code class="cmd">'  # what the HTML of a script has, and nothing that anybody writes


def edit_message(member: Membership, message_id: int, text: str, *, was: str | None = None) -> Message:
    """Let the member's own message say `text`, and give it. A text that looks like a command is words here: nothing runs.

    `was` is what it said when the member began to change it. The same text again changes nothing. Raises `Http404` where
    the project has no such message, and `Refused` (`empty`, `too_long`, `forbidden`, `removed`, `conflict`).
    """
    require(member, "talk")
    text = checked_text(text)
    html, named = rendered(member, text, is_script=is_script(own_message(member, message_id)))
    with changes(member) as record:
        message = own_message(member, message_id)
        if message.text == text:
            return message
        if was is not None and clean_text(was) != message.text:
            raise Refused(
                "conflict", "This message has been changed meanwhile. Save again to replace what it says now."
            )
        message.text, message.html, message.edited_at = text, html, record.at
        message.save(update_fields=["text", "html", "edited_at"])
        _name(message, [task.pk for task in named.tasks.values()])
        record("message.edited", message, mentions=sorted(named.people))
    return message


def remove_message(member: Membership, message_id: int) -> Message:
    """Take back what a message says, for good, and give it. Its row stays, and so do the tasks that came of it.

    Again changes nothing. Raises `Http404` where the project has no such message, and `Denied` unless the member wrote it
    or owns the project.
    """
    removable(member, message_id)
    with changes(member) as record:
        message = message_of(member, message_id)
        if message.removed_at is None:
            message.text = message.html = ""
            message.removed_at, message.removed_by = record.at, member.user
            message.save(update_fields=["text", "html", "removed_at", "removed_by"])
            _name(message, [])
            record("message.removed", message)
    return message


def removable(member: Membership, message_id: int) -> Message:
    """A message that the member may remove. Raises as `remove_message` does."""
    message = message_of(member, message_id)
    if not may_remove(member, message):
        words = f"Only {message.author.name}, who wrote it, or an owner can remove this message."
        raise Denied(f"{words} Ask {owners_of(member)}.")
    return message


def may_remove(member: Membership, message: Message) -> bool:
    """Whether the member wrote it or owns the project."""
    return message.author_id == member.user_id or may(member, "manage_project")


def own_message(member: Membership, message_id: int) -> Message:
    """The member's own message as it is now, which they may edit. Raises as `edit_message` does."""
    message = message_of(member, message_id)
    if message.author_id != member.user_id:
        raise Denied(f"Only {message.author.name}, who wrote it, can change this message.")
    if message.removed_at:
        raise Refused("removed", "This message has been removed, so it cannot be changed.")
    return message


def message_of(member: Membership, message_id: int) -> Message:
    """A message of the member's project as it is now. Raises `Http404`."""
    rows = Message.objects.select_related("author", "project").filter(project_id=member.project_id)
    return get_object_or_404(rows, pk=message_id)


def is_script(message: Message) -> bool:
    """Whether the message was commands that were run: what they did stays, whatever becomes of the words."""
    return COMMAND in message.html or _effects(message).exists()


def changed_by(message: Message) -> list[Task]:
    """The tasks that the commands of the message have changed, by number."""
    about = _effects(message).filter(kind__startswith="task.").values("subject_id")
    return list(Task.objects.select_related("project").filter(pk__in=about).order_by("number"))


def _effects(message: Message) -> QuerySet[Event]:
    return Event.objects.filter(project=message.project_id, cause=posted_by(message).seq)


def _name(message: Message, named: Sequence[int]) -> None:
    """The message names these tasks from now on. Those that were made of it stay with it."""
    events = Event.objects.filter(project=message.project_id)
    said = events.filter(kind="message.posted", subject_id__in=message.replies.values("pk"))
    made = events.filter(kind="task.created", cause__in=said.values("seq")).values_list(
        "subject_id", flat=True
    )
    kept = [*named, *made]
    Message.tasks.through.objects.filter(message=message).exclude(task__in=kept).delete()
    link_tasks(message.pk, named)

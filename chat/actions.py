"""All that can happen to a message."""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from chat.models import Message
from tasks.models import Task
from workspace import markup
from workspace.changes import changes
from workspace.errors import Refused
from workspace.models import Event, Membership
from workspace.permissions import require
from workspace.prepared import Prepared, insert
from workspace.text import clean_text

LENGTH = 8_000  # characters
LOOK_UPS = 100  # people and tasks in one text


def post_message(
    member: Membership,
    text: str,
    *,
    nonce: UUID,
    reply_to: int | None = None,
    task: int | None = None,
    is_script: bool = False,
) -> Event:
    """Say `text` in the member's project, and give the event.

    The nonce works once: said again, the first event is given and nothing happens. `reply_to` is a message's id, `task`
    the number of the task in whose conversation it is said. Raises `Denied` and `Refused` (`empty`, `too_long`,
    `unknown_message`, `unknown_task`).
    """
    require(member, "talk")
    text = checked_text(text)
    named = Named(member)
    render = markup.render_script if is_script else markup.render
    rendered = render(text, mention=named.person, task=named.task_url, key=member.project.key)
    with changes(member) as record:
        if earlier := said_before(member, nonce):
            return earlier
        message = Message(
            project=record.project,
            author=member.user,
            text=text,
            html=rendered.html,
            task=_task(member, task),
            reply_to=_replied(member, reply_to),
            created_at=record.at,
        )
        insert(message)
        if named.tasks:
            message.tasks.set(named.tasks.values())
        else:
            message.refs = []  # spares the live frame a query
        return record("message.posted", message, nonce=nonce, in_chat=True, mentions=sorted(named.people))


def said_before(member: Membership, nonce: UUID) -> Event | None:
    """The event that this member's nonce already made in this project. Ask under the project's lock."""
    return _said.get(member.project_id, member.user_id, nonce)


_said: Prepared[Event] = Prepared(Event.objects.all(), "project", "actor", "nonce")


def checked_text(text: str) -> str:
    """The text as it is stored. Raises `Refused`: `empty`, `too_long` with the number by which it is too long."""
    text = clean_text(text)
    if not text:
        raise Refused("empty", "There is nothing to send yet.")
    if len(text) > LENGTH:
        raise Refused(
            "too_long", f"Too long by {len(text) - LENGTH:,} characters. A message may have {LENGTH:,}."
        )
    return text


@dataclass
class Named:
    """The people and tasks that a text names, looked up one by one as the renderer meets them.

    A text that names hundreds is no conversation: after `LOOK_UPS` of them the rest stay plain words.
    """

    member: Membership
    looked: int = 0
    people: dict[int, User] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)

    def person(self, handle: str) -> User | None:
        """The member of the project with this handle."""
        rows = Membership.objects.filter(project_id=self.member.project_id, user__handle=handle.lower())
        found = rows.select_related("user").first() if self._may_look() else None
        if found is None:
            return None
        self.people[found.user_id] = found.user
        return found.user

    def task_url(self, number: int) -> str | None:
        """The address of the project's task with this number."""
        rows = self.member.project.tasks.select_related("column").filter(number=number)
        task = rows.first() if self._may_look() else None
        if task is None:
            return None
        task.project = self.member.project
        self.tasks[number] = task
        return task.get_absolute_url()

    def _may_look(self) -> bool:
        self.looked += 1
        return self.looked <= LOOK_UPS


def _task(member: Membership, number: int | None) -> Task | None:
    if number is None:
        return None
    task = Task.objects.filter(project_id=member.project_id, number=number).first()
    if task is None:
        raise Refused("unknown_task", f"There is no task #{number} in this project.")
    return task


def _replied(member: Membership, message_id: int | None) -> Message | None:
    if message_id is None:
        return None
    message = Message.objects.filter(project_id=member.project_id, pk=message_id).first()
    if message is None:
        raise Refused("unknown_message", "The message that this replies to is not in this project.")
    return message

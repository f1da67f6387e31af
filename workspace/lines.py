"""An event with what it shows: a line of the conversation, or an effect under the say that caused it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from workspace.models import Event


@dataclass
class Line:
    """`message`, `task`, `poll` or `user` is the event's subject; the others are None. `effects` are lines too."""

    event: Event
    message: Any = None
    task: Any = None
    poll: Any = None
    user: User | None = None
    effects: "list[Line]" = field(default_factory=list)

    @property
    def refs(self) -> list[Any]:
        """The tasks that the message names."""
        return list(self.message.refs) if self.message and self.message.pk else []

    @property
    def outcome(self) -> str:
        """What happened, for the fixed line under a say: "added to Next"."""
        return _words(self.event.verb, self._note)

    @property
    def deed(self) -> str:
        """What somebody did with the task, for its history: "added it to Next"."""
        return _words(self.event.verb, "it", self._note)

    @property
    def sentence(self) -> SafeString:
        """The whole of what happened: "Ana added WEB-12 Fix login to Next", with the subject as a link."""
        return format_html("<bdi>{}</bdi> {}", self.event.actor.name, self._predicate())

    @property
    def link(self) -> SafeString:
        """The task's name as a link; the page has one in each line about it, and all of them change with it."""
        task = self.task
        html = '<a data-copy="task-{}-link" href="{}">{} <bdi>{}</bdi></a>'
        return format_html(html, task.number, task.get_absolute_url(), task.ref, task.title)

    @property
    def _note(self) -> str:
        return str(self.event.details.get("note", ""))

    def _predicate(self) -> SafeString:
        if self.task:
            return format_html("{} {} {}", self.event.verb, self.link, self._note)
        if self.poll:
            return format_html("{} the poll <bdi>{}</bdi>", self.event.verb, self.poll.question)
        if self.user is None:
            return format_html("{} the project {}", self.event.verb, self._note)
        if self.user.pk == self.event.actor_id:
            return format_html("{}", "left" if self.event.verb == "removed" else self.event.verb)
        return format_html("{} <bdi>{}</bdi> {}", self.event.verb, self.user.name, self._note)


def _words(*words: str) -> str:
    return " ".join(word for word in words if word)

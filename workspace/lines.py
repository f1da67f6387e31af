"""An event with what it shows: a line of the conversation, or an effect under the say that caused it."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from workspace.models import Event


@dataclass
class Line:
    """`message`, `task` or `user` is the event's subject; the other two are None. `effects` are lines too."""

    event: Event
    message: Any = None
    task: Any = None
    user: User | None = None
    effects: "list[Line]" = field(default_factory=list)

    @property
    def refs(self) -> list[Any]:
        """The tasks that the message names."""
        return list(self.message.refs) if self.message and self.message.pk else []

    @property
    def outcome(self) -> str:
        """What happened, for the fixed line under a say: "added to Next"."""
        return " ".join(word for word in (self.event.verb, self.event.details.get("note", "")) if word)

    @property
    def sentence(self) -> SafeString:
        """The whole of what happened: "Ana added WEB-12 Fix login to Next", with the subject as a link."""
        return format_html("<bdi>{}</bdi> {}", self.event.actor.name, self._predicate())

    def _predicate(self) -> SafeString:
        event, note = self.event, self.event.details.get("note", "")
        if self.task:
            link = format_html(
                '<a href="{}">{} <bdi>{}</bdi></a>',
                self.task.get_absolute_url(),
                self.task.ref,
                self.task.title,
            )
            return format_html("{} {} {}", event.verb, link, note)
        if self.user is None:
            return format_html("{} the project {}", event.verb, note)
        if self.user.pk == event.actor_id:
            return format_html("{}", "left" if event.verb == "removed" else event.verb)
        return format_html("{} <bdi>{}</bdi> {}", event.verb, self.user.name, note)

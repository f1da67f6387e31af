"""What comes of what somebody says."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from workspace.models import Event


@dataclass(frozen=True)
class Ack:
    """It is stored. `notes` are sentences for its author alone. A repeat was said before and changed nothing now."""

    event: Event
    notes: list[str] = field(default_factory=list)
    is_repeat: bool = False

    @property
    def seq(self) -> int:
        """The number of its first event."""
        return self.event.seq

    @property
    def events(self) -> list[Event]:
        """The say and all that it caused, from the log."""
        rows = Event.objects.filter(Q(seq=self.seq) | Q(cause=self.seq), project_id=self.event.project_id)
        return list(rows.select_related("actor").order_by("seq"))


@dataclass(frozen=True)
class Answer:
    """A private reply, as HTML for people and as data for programs. Nothing was stored."""

    html: str
    data: dict[str, Any]

    @classmethod
    def shown(cls, template: str, data: dict[str, Any]) -> "Answer":
        """The data, and how a template of `chat/answers` shows it."""
        return cls(render_to_string(f"chat/answers/{template}.html", {**data}), data)


@dataclass(frozen=True)
class Speech:
    """What a command says in its author's name, in place of the line that was typed, perhaps about a task (its number)."""

    text: str
    task: int | None = None

"""What a text is understood as: talk, a script of commands, or a refusal that says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from chat.language.dates import When
from chat.language.filters import Filter


class Arguments(TypedDict, total=False):
    """What the commands are given. A key is there when its part was typed; `due` None means "no date"."""

    title: str
    body: str
    assignees: list[str]
    labels: list[str]
    priority: str
    estimate: str
    column: str
    due: When | None
    every: str
    refs: list[int]
    parts: list[str]
    by: list[int]
    reason: str
    items: Any  # the texts of a task's items, or the numbers of reminders
    users: list[str]
    at: Any  # the end of a column, or the moment (`When`) of a reminder
    who: str
    text: str
    question: str
    options: list[str]
    filters: list[Filter]


@dataclass(frozen=True)
class Talk:
    """A text that is said as it is."""

    text: str

    def as_dict(self) -> dict[str, Any]:
        """As `language.jsonl` writes it."""
        return {"talk": self.text}


class Part(NamedTuple):
    """The stretch of a command's line that gave one of its arguments."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Command:
    """One command of a script: its canonical name, what it is given, and where and how it was typed.

    `notes` are sentences for its author: nothing is wrong, but they may have meant something else. `parts` say which
    stretch of the line gave which argument, in the order of the line. `in_english` is the line in the words that mean the
    same to everybody.
    """

    name: str
    arguments: Arguments
    line: int
    source: str
    notes: Sequence[str] = ()
    parts: Sequence[Part] = ()
    in_english: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The name and the arguments, dates as text."""
        return {"command": self.name, **{key: _plain(value) for key, value in self.arguments.items()}}


@dataclass(frozen=True)
class Script:
    """One or more commands, and the text they were typed as, in the words that mean the same to everybody."""

    text: str
    commands: Sequence[Command]

    def as_dict(self) -> dict[str, Any]:
        """As `language.jsonl` writes it."""
        return {"script": [command.as_dict() for command in self.commands]}


@dataclass(frozen=True)
class Refusal:
    """Why a text cannot be understood. `start` and `end` mark the part of line `line` that is wrong.

    A suggestion is what could stand in the marked part, or a complete line when it starts with "/"; `fixes` are the
    same suggestions as complete lines, each ready to replace the wrong one.
    """

    code: str
    message: str
    line: int = 1
    start: int = 0
    end: int = 0
    suggestions: Sequence[str] = ()
    fixes: Sequence[str] = ()
    can_send_as_text: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As `language.jsonl` writes it."""
        names = ("line", "start", "end", "message")
        shown = {name: getattr(self, name) for name in names}
        return {"refused": self.code, **shown, "suggestions": list(self.suggestions)}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, When | Filter) else value


Parsed = Talk | Script | Refusal

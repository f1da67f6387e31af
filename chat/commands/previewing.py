"""How a text would be understood, said while it is being typed. Nothing is stored."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from accounts.models import User
from accounts.tongues import told
from chat.commands import registry
from chat.commands.surroundings import ProjectSurroundings
from chat.commands.wording import when_told
from chat.language import Command, Parsed, Refusal, Script, Talk, When, parse
from chat.language.hints import trailing_date
from chat.language.results import Part
from chat.language.tongues import tongue_called
from chat.language.words import listing, normal, words_of
from workspace.errors import Refused
from workspace.models import Membership
from workspace.permissions import require

_ONE_EACH = frozenset({"assignees", "labels"})  # arguments of which each part of the line gives one


def preview(
    member: Membership,
    text: str,
    *,
    task: int | None = None,
    now: datetime | None = None,
    heard: str = "",
) -> dict[str, Any]:
    """How `text` would be understood: its `as_dict()`, and beside it what the composer can offer.

    A refusal has `fixes` (its suggestions as complete lines) and `can_send_as_text`. A script has `notes` for its author,
    `chips` (what each part of it means, and where it stands) and perhaps an `offer`, a token in place of its last words.
    What is said of it is in the member's tongue; `heard` is the one that their browser asks for.
    """
    context = ProjectSurroundings(member, now, task, heard)
    shown = _shown(member, parse(text, context), context)
    if "message" in shown:
        shown["message"] = told(shown["message"], context.tongue)
    return shown


def _shown(member: Membership, parsed: Parsed, context: ProjectSurroundings) -> dict[str, Any]:
    if isinstance(parsed, Refusal):
        return parsed.as_dict() | {"fixes": list(parsed.fixes), "can_send_as_text": parsed.can_send_as_text}
    if isinstance(parsed, Talk):
        return parsed.as_dict()
    try:
        for command in parsed.commands:
            require(member, registry.get(command.name).ability)
    except Refused as refusal:
        return Refusal(refusal.code, refusal.message, command.line).as_dict()
    return parsed.as_dict() | _beside(parsed, context, member)


def _beside(script: Script, context: ProjectSurroundings, member: Membership) -> dict[str, Any]:
    words = Words(context, member)
    offers = [offer for command in script.commands if (offer := _offer(command, context))]
    return {
        "notes": [told(note, context.tongue) for command in script.commands for note in command.notes],
        "chips": [chip for command in script.commands for chip in words.chips(command)],
        "offer": offers[-1] if offers else None,
    }


class Words:
    """The words for what was understood."""

    def __init__(self, context: ProjectSurroundings, member: Membership) -> None:
        self._context, self._member = context, member

    def chips(self, command: Command) -> Iterator[dict[str, Any]]:
        """What the command does, and what each part of its line means to it."""
        line = command.source.partition("\n")[0]
        head = len(line.split(maxsplit=1)[0])
        yield _chip(command, Part("command", 0, head), registry.get(command.name).gist(self._context.tongue))
        if "refs" in command.arguments and all(part.key != "refs" for part in command.parts):
            yield _chip(command, Part("refs", 0, head), self._tasks(command.arguments["refs"]))  # implied
        seen: set[tuple[str, str]] = set()
        for part in command.parts:
            typed = line[part.start : part.end]
            once = (part.key, normal(typed) if part.key in _ONE_EACH else "")
            if once not in seen and (words := self._of(part.key, typed, command)):
                yield _chip(command, part, words)
            seen.add(once)

    def _of(self, key: str, typed: str, command: Command) -> str:
        value = command.as_dict().get(key)
        given = command.arguments.get(key)
        if isinstance(given, When) or (key == "due" and given is None):
            return when_told(given if isinstance(given, When) else None, self._context.tongue)
        if key == "refs":
            return self._tasks(command.arguments["refs"])
        if key == "assignees":
            return self._people([typed[1:]])
        if key == "users":
            return self._people(command.arguments.get("users", []))
        if key == "title":
            return f"“{value}”"
        if key == "column":
            return str(value)
        return typed.lstrip("#!~") if key in {"labels", "priority", "estimate"} else typed

    def _tasks(self, numbers: list[int]) -> str:
        if len(numbers) == 1:
            return f"#{numbers[0]} {self._context.tasks[numbers[0]]}"
        return told(listing([f"#{number}" for number in numbers]), self._context.tongue)

    def _people(self, handles: list[str]) -> str:
        tongue = tongue_called(self._context.tongue)
        meant = [handle.casefold() for handle in handles]
        own = {each for each in meant if each == "me" or tongue.word(each) == "me"} - {*self._context.members}
        meant = [self._context.me if handle in own else handle for handle in meant]
        told_names = [self._names.get(handle, f"@{handle}") for handle in meant]
        return told(listing(told_names), self._context.tongue)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Everybody's name by handle, asked for once: a line can name people as often as it has room for."""
        rows = User.objects.filter(memberships__project_id=self._member.project_id)
        return dict(rows.values_list("handle", "name"))


def _chip(command: Command, part: Part, words: str) -> dict[str, Any]:
    return {"words": words, "line": command.line, "start": part.start, "end": part.end}


def _offer(command: Command, context: ProjectSurroundings) -> dict[str, Any] | None:
    """A token in place of the date that a title ends in: never taken for one, only offered."""
    titles = [part for part in command.parts if part.key == "title"]
    if not titles or "due" in command.arguments or not registry.get(command.name).spec.has_tokens:
        return None
    last = titles[-1]
    words = words_of(command.source[: last.end], last.start)
    found = trailing_date([word.text for word in words], context.now, tongue_called(context.tongue))
    if found is None:
        return None
    count, value, when = found
    place = {"line": command.line, "start": words[-count].start, "end": last.end}
    return place | {"value": value, "words": when_told(when, context.tongue)}

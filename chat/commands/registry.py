"""The one list of commands. A file in this package that uses `@command` adds to it; nothing else has to be edited.

The parser, `/help`, the autocompletion, the API and the help page all read it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from inspect import getdoc
from pkgutil import iter_modules
from typing import Any

from accounts.tongues import ENGLISH, told
from chat.commands.call import Call
from chat.commands.outcomes import Answer, Speech
from chat.language import VOCABULARY, Spec, arguments_of
from chat.language.tongues import tongue_called

Run = Callable[[Call], Answer | Speech | None]

GROUPS = ("tasks", "board", "people", "fun", "help")
_PLACEHOLDER = re.compile(r"(?<=[<\[])[^>\]]+")
_commands: dict[str, "Command"] = {}


@dataclass(frozen=True)
class Command:
    """A command: how it is written, what it does, who may use it, and the help from its docstring."""

    spec: Spec
    run: Run
    summary: str
    group: str
    ability: str
    is_speech: bool

    def gist(self, tongue: str = ENGLISH) -> str:
        """What it does, in the words before the first pause."""
        return re.split(r"\s?[.:;,](?:\s|$)", told(self.summary, tongue), maxsplit=1)[0]

    @property
    def details(self) -> list[str]:
        """What there is to know about its arguments, a sentence or two for each kind, in English."""
        return [kind.help for kind in dict.fromkeys(place.kind for place in self.spec.arguments) if kind.help]

    def as_dict(self, tongue: str = ENGLISH) -> dict[str, Any]:
        """The command as data, for the page, the API and programs, in the tongue of who reads it."""
        return {
            "name": self.spec.name,
            "aliases": [*self.spec.aliases, *tongue_called(tongue).commands.get(self.spec.name, ())],
            "summary": told(self.summary, tongue),
            "gist": self.gist(tongue),
            "signature": self._signature(tongue),
            "arguments": [place.kind.name for place in self.spec.arguments],
            "choices": [place.kind.choices for place in self.spec.arguments],
            "examples": list(self.spec.examples),
            "group": self.group,
        }

    def _signature(self, tongue: str) -> str:
        """How it is written. Only what stands within brackets is translated: a name is to be typed as it is."""
        return _PLACEHOLDER.sub(lambda found: told(found[0], tongue), self.spec.signature)


def command(
    signature: str,
    *,
    aliases: Sequence[str] = (),
    group: str = "tasks",
    ability: str = "edit_tasks",
    is_private: bool = False,
    is_speech: bool = False,
) -> Callable[[Run], Run]:
    """Make a function a slash command.

    `signature` is "/name <required> [optional]" with kinds of `chat.language.kinds`. The docstring is the help: its first
    line says what the command does, the lines that start with "/" are examples. A private command gives an `Answer` in
    place of being posted; one that is speech gives the `Speech` that is posted in place of its line.
    """

    def register(run: Run) -> Run:
        first, *more = (getdoc(run) or "").splitlines()
        spec = Spec(
            name=signature.split(maxsplit=1)[0].removeprefix("/"),
            signature=signature,
            arguments=arguments_of(signature),
            aliases=tuple(aliases),
            is_private=is_private,
            examples=tuple(line for line in more if line.startswith("/")),
        )
        VOCABULARY.add(spec)
        _commands[spec.name] = Command(spec, run, first, group, ability, is_speech)
        return run

    return register


def discover(path: Iterable[str]) -> None:
    """Import every module of the package `chat.commands`, so that its commands register themselves."""
    for module in iter_modules(path):
        import_module(f"chat.commands.{module.name}")


def get(name: str) -> Command:
    """The command with this canonical name."""
    return _commands[name]


def commands() -> list[Command]:
    """All commands by group and name."""
    return sorted(_commands.values(), key=lambda each: (GROUPS.index(each.group), each.spec.name))


def as_data(tongue: str = ENGLISH) -> list[dict[str, Any]]:
    """All commands as data, in the tongue of who reads them."""
    return [each.as_dict(tongue) for each in commands()]

"""What the parser knows of the commands: their names and the arguments in their signatures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chat.language.kind import Kind
from chat.language.kinds import KINDS, LEADING_TASKS, TASKS
from chat.language.nearest import MOST, nearest
from chat.language.tongue import ENGLISH, Tongue
from chat.language.words import normal

# Words people try, and what they may mean. They only make suggestions: guessing what "/rm" destroys is the wrong way.
SYNONYMS = {
    "rm": "archive",
    "remove": "archive",
    "edit": "rename",
    "schedule": "due",
    "tasks": "mine",
    "todos": "mine",
    "wip": "start",
    "doing": "start",
    "ls": "find",
}
_ARGUMENT = re.compile(r"<([^>]+)>|\[([^\]]+)\]")


@dataclass(frozen=True)
class Argument:
    """A place in a signature: <required> or [optional]."""

    kind: Kind
    is_required: bool


@dataclass(frozen=True)
class Spec:
    """A command as the parser sees it. A private one is answered, so it stands alone in its message."""

    name: str
    signature: str
    arguments: tuple[Argument, ...]
    aliases: tuple[str, ...] = ()
    is_private: bool = False
    examples: tuple[str, ...] = ()

    @property
    def example(self) -> str:
        """A line that works."""
        return self.examples[0] if self.examples else self.signature

    @property
    def has_tokens(self) -> bool:
        """Whether tokens may stand in its line: @ana, due:fri."""
        return any(argument.kind.has_tokens for argument in self.arguments)

    @property
    def takes_tasks_only(self) -> bool:
        """Whether a task may be called by its title, as nothing else can follow."""
        return [argument.kind.name for argument in self.arguments] == ["tasks"]


def arguments_of(signature: str) -> tuple[Argument, ...]:
    """The arguments in "/name <kind> [kind]". Raises `KeyError` for a kind that does not exist."""
    found = [
        Argument(KINDS[required or optional], bool(required))
        for required, optional in _ARGUMENT.findall(signature)
    ]
    if len(found) > 1 and found[0].kind is TASKS and found[1].kind.takes_rest:
        found[0] = Argument(LEADING_TASKS, found[0].is_required)
    return tuple(found)


class Vocabulary:
    """The commands there are, by their names and aliases; case, "-" and "_" make no difference."""

    def __init__(self) -> None:
        self._by_name: dict[str, Spec] = {}

    def __iter__(self) -> Iterator[Spec]:
        return iter(dict.fromkeys(self._by_name.values()))

    def add(self, spec: Spec) -> None:
        """Learn a command. Raises `ValueError` when one of its names is taken."""
        for name in (spec.name, *spec.aliases):
            if _plain(name) in self._by_name:
                raise ValueError(f"/{name} is {self._by_name[_plain(name)].signature} already.")
            self._by_name[_plain(name)] = spec

    def find(self, name: str, tongue: Tongue = ENGLISH) -> Spec | None:
        """The command with this name or alias, in full: nothing is guessed from the beginning of a name.

        English comes first, so that a tongue takes nothing away.
        """
        return self._by_name.get(_plain(name)) or self._by_name.get(tongue.command(name))

    def near(self, name: str, tongue: Tongue = ENGLISH) -> Sequence[str]:
        """The names of commands that may have been meant: those of the tongue as they are called there."""
        plain = _plain(name)
        there = [alias for aliases in tongue.commands.values() for alias in aliases]
        meant = [SYNONYMS.get(plain, ""), *nearest(plain, [*self._by_name, *there])]
        english = {each: self._by_name[each].name for each in meant if each in self._by_name}
        return list(dict.fromkeys(english.get(each, each) for each in meant if each))[:MOST]


VOCABULARY = Vocabulary()


def _plain(name: str) -> str:
    return normal(name).replace("-", "").replace("_", "")

"""What names mean where a message is said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from markdown import Markdown

from workspace.markup.highlight import CodeBlocks

# A message that names more than this is a list of names: those that follow stay text, and nobody is looked up for them.
MOST_NAMES = 50


class Person(Protocol):
    """Whom a message can mention."""

    @property
    def pk(self) -> int: ...
    @property
    def handle(self) -> str: ...


def nobody(_handle: str) -> Person | None:
    """Where there are no members to mention."""
    return None


def nowhere(_number: int) -> str | None:
    """Where there are no tasks."""
    return None


@dataclass
class Scope:
    """What names mean where a message is said, the names that were met in it, and its fenced code."""

    mention: Callable[[str], Person | None] = nobody
    task: Callable[[int], str | None] = nowhere
    key: str = ""
    people: dict[str, Person | None] = field(default_factory=dict)
    tasks: dict[int, str | None] = field(default_factory=dict)
    code: CodeBlocks = field(default_factory=CodeBlocks)

    def person(self, name: str) -> tuple[str, Person] | None:
        """Whom `@name` means, with what of the name says so: a full stop or a hyphen may be the sentence's own."""
        for handle in dict.fromkeys((name, name.rstrip(".-"))):
            if handle not in self.people and len(self.people) < MOST_NAMES:
                self.people[handle] = self.mention(handle.lower())
            if found := self.people.get(handle):
                return handle, found
        return None

    def url(self, number: int) -> str | None:
        """Where task `number` is, or None where there is no such task."""
        if number not in self.tasks and len(self.tasks) < MOST_NAMES:
            self.tasks[number] = self.task(number)
        return self.tasks.get(number)


class Scoped(Markdown):
    """A Markdown that knows where it is read."""

    scope: Scope

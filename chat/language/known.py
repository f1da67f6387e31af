"""What is known while one text is read: its surroundings, and their names as they are compared."""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from chat.language.context import Surroundings
from chat.language.tongue import Tongue
from chat.language.tongues import tongue_called
from chat.language.words import normal


class Named(Protocol):
    """Something with a name."""

    @property
    def name(self) -> str: ...


class Names(Protocol):
    """The commands there are, as far as an argument can ask."""

    def find(self, name: str, tongue: Tongue) -> Named | None: ...
    def near(self, name: str, tongue: Tongue) -> Sequence[str]: ...


class Known:
    """The surroundings and the commands. Names are made comparable once, however often a text uses them."""

    def __init__(self, context: Surroundings, commands: Names) -> None:
        self.context, self.commands = context, commands

    @cached_property
    def tongue(self) -> Tongue:
        """What the author's tongue adds."""
        return tongue_called(self.context.tongue)

    @cached_property
    def handles(self) -> dict[str, str]:
        """The members' handles."""
        return {normal(handle): handle for handle in self.context.members}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The labels; those that the text makes are added."""
        return {normal(label): label for label in self.context.labels}

    @cached_property
    def columns(self) -> set[str]:
        """The columns."""
        return {normal(column) for column in self.context.columns}

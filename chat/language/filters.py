"""What a query asks for, once it is understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from chat.language.days import When

STATES = ("open", "done", "blocked", "overdue", "archived", "unassigned")


@dataclass(frozen=True)
class Filter:
    """One condition. `field` is assignee, label, number, priority, column, due, is or text; only "due" has other signs
    than "=", and None there means no date.
    """

    field: str
    value: str | int | When | None
    sign: str = "="
    is_negated: bool = False

    def __str__(self) -> str:
        value = "none" if self.value is None else self.value
        return f"{'-' * self.is_negated}{self.field}{self.sign}{value}"


@dataclass(frozen=True)
class Query:
    """All filters have to hold, and all words of `text` have to be there."""

    filters: Sequence[Filter] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.filters or self.text)

    def asks(self, field: str, value: str | None = None) -> bool:
        """Whether there is a filter for the field, or for this value of it, negated or not."""
        return any(each.field == field and value in {None, each.value} for each in self.filters)

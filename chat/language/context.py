"""What the language must know to read a text: who speaks, when, and what there is in the project."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Surroundings(Protocol):
    """What the parser asks for, and only when a text makes it necessary: each answer may cost a query.

    `tasks` maps numbers to titles; the parser uses `in` and `[]`, and `items()` only to find a task by its title.
    """

    @property
    def me(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def now(self) -> datetime: ...
    @property
    def members(self) -> Collection[str]: ...
    @property
    def columns(self) -> Sequence[str]: ...
    @property
    def labels(self) -> Collection[str]: ...
    @property
    def tasks(self) -> Mapping[int, str]: ...
    @property
    def last(self) -> int | None: ...
    @property
    def task(self) -> int | None: ...
    @property
    def tongue(self) -> str: ...


@dataclass(frozen=True)
class Context:
    """Surroundings that are known beforehand. `now` is in the author's time zone; `last` is the task this member
    touched last; `task` is the one whose conversation the text is said in; `tongue` is the code of the author's.
    """

    me: str
    key: str
    now: datetime
    members: Sequence[str] = ()
    columns: Sequence[str] = ()
    labels: Sequence[str] = ()
    tasks: Mapping[int, str] = field(default_factory=dict)
    last: int | None = None
    task: int | None = None
    tongue: str = "en"

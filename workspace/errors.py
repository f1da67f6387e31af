"""What an action raises when it will not do what was asked."""

import math
from collections.abc import Iterable
from typing import Any

from django.db import InterfaceError, OperationalError

from workspace.sentences import Sentence

# What the database raises when it is away, locked or full. Nothing was wrong with what was asked: ask again.
UNAVAILABLE = (OperationalError, InterfaceError)


def is_away(error: BaseException | None) -> bool:
    """Whether the database was not there to answer. SQLite calls a missing table the same, which is a fault of ours."""
    return isinstance(error, UNAVAILABLE) and "no such " not in str(error)


AWAY = "The database does not answer just now. Try again in a moment."


class Refused(Exception):
    """Nothing happened, and the message says why. `as_dict` is the `refused` frame without its nonce.

    `line`, `start` and `end` point at the part of a script that is wrong; `suggestions` are complete lines.
    """

    status = 422

    def __init__(
        self,
        code: str,
        message: str,
        *,
        line: int = 1,
        start: int = 0,
        end: int = 0,
        suggestions: Iterable[str] = (),
        can_send_as_text: bool = False,
    ) -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.line, self.start, self.end = line, start, end
        self.suggestions, self.can_send_as_text = list(suggestions), can_send_as_text

    def as_dict(self) -> dict[str, Any]:
        """The fields of the `refused` frame."""
        names = ("code", "line", "start", "end", "message", "suggestions", "can_send_as_text")
        return {name: getattr(self, name) for name in names}

    @property
    def headers(self) -> dict[str, str]:
        """What an HTTP answer says of it beside its status."""
        return {}


class TooFast(Refused):
    """`what` was too much for the moment: the caller may come back after `wait` seconds."""

    status = 429

    def __init__(self, what: str, wait: float) -> None:
        self.retry_after = max(1, math.ceil(wait))
        super().__init__(
            "rate_limited",
            Sentence("{what}; try again in {seconds} s.", what=Sentence(what), seconds=self.retry_after),
        )

    def as_dict(self) -> dict[str, Any]:
        """As every refusal, and the seconds to wait as a number."""
        return super().as_dict() | {"retry_after": self.retry_after}

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)}


class Denied(Refused):
    """The member may not do this."""

    status = 403

    def __init__(self, message: str, **more: Any) -> None:
        super().__init__("forbidden", message, **more)

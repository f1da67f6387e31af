"""What a caller got, in the words of the table, and what of it may differ from one answer to the next."""

import re
from typing import Any, Self

from django.db import transaction

from tests.access.table import Route
from tests.access.world import Caller, digest

# A secret made for one answer; everything else is the same for what is foreign and for what is absent.
OWN_TO_AN_ANSWER = re.compile(
    rb"""(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="nonce" value=")[\w-]+|(?<=nonce=")[^"]+|(?<='nonce-)[^']+"""
)


def filled(value: Any, ids: dict[str, Any]) -> Any:
    """`value` with its `{ids}`; a number where nothing else is asked for."""
    if isinstance(value, dict):
        return {name: filled(each, ids) for name, each in value.items()}
    if not isinstance(value, str) or "{" not in value:
        return value
    text = value.format(**ids)
    return int(text) if text.isdecimal() else text


def call(caller: Caller, method: str, route: Route, ids: dict[str, Any], **more: Any) -> Any:
    """One request of the table."""
    return caller.call(method, filled_path(route.at, ids), filled(route.data, ids), **more)


def filled_path(at: str, ids: dict[str, Any]) -> str:
    return at.format(**ids)


def outcome(answer: Any) -> str:
    """The word of the table for an answer."""
    if answer.status_code == 401 or answer.headers.get("Location", "").startswith("/login?next="):
        return "login"
    if answer.status_code < 400:
        return "ok"
    return {403: "forbidden", 404: "absent"}.get(answer.status_code, str(answer.status_code))


class Cell:
    """What happens in the block is undone at its end; `changed` says whether it had changed anything."""

    def __init__(self, before: str, *, sessions: bool = False) -> None:
        self.before, self.sessions = before, sessions
        self.changed = False

    def __enter__(self) -> Self:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.changed = digest(sessions=self.sessions) != self.before
        transaction.set_rollback(True)
        self._atomic.__exit__(*error)


def seen(answer: Any, asked: Any = "") -> tuple[Any, ...]:
    """Everything of an answer that its reader can tell apart, but for what they had `asked` for themselves."""
    headers = {name: _alike(value.encode(), asked) for name, value in sorted(answer.headers.items())}
    if asked:
        headers.pop("Content-Length", None)
    cookies = {name: cookie["max-age"] for name, cookie in answer.cookies.items()}
    return answer.status_code, headers, _alike(answer.content, asked), cookies


def _alike(text: bytes, asked: Any) -> bytes:
    plain = OWN_TO_AN_ANSWER.sub(b"", text)
    return plain.replace(str(asked).encode(), b"?") if asked else plain

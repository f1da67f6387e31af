"""What a client may send: each frame is read into plain values, or refused with a sentence."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

MAX_BYTES = 65_536


class BadFrame(Exception):
    """The frame is none of the protocol's. `code` is that of the `error` frame."""

    def __init__(self, message: str, code: str = "bad_frame") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Say:
    """The fields of a `say` frame, and the tongue that its client's browser asks for."""

    nonce: UUID
    text: str
    reply_to: int | None
    task: int | None
    in_chat: bool = True
    heard: str = ""


def read(text: str | None) -> dict[str, Any]:
    """The frame in `text`: an object with a `type`. Raises `BadFrame`."""
    if text is None:
        raise BadFrame("Frames are JSON in text frames, not binary ones.")
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise BadFrame("A frame may have 64 KiB.", "too_large")
    frame = read_object(text)
    if not isinstance(frame.get("type"), str):
        raise BadFrame('A frame is an object with a "type".')
    return frame


def read_object(text: str | bytes) -> dict[str, Any]:
    """The JSON object in `text`. Raises `BadFrame`."""
    try:
        value = orjson.loads(text)
    except ValueError:  # orjson limits the depth itself
        raise BadFrame("This is not JSON.") from None
    if not isinstance(value, dict):
        raise BadFrame("This is JSON, but not an object.")
    return value


def number(frame: dict[str, Any], name: str, *, optional: bool = False) -> int | None:
    """The whole number, 0 or more, in a field. Raises `BadFrame`."""
    value = frame.get(name)
    if value is None and optional:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise BadFrame(f'"{name}" must be a whole number.')
    return value


def words(frame: dict[str, Any]) -> str:
    """The text in the field `text`. Raises `BadFrame`."""
    text = frame.get("text")
    if not isinstance(text, str):
        raise BadFrame('"text" must be a text.')
    return text


def say(frame: dict[str, Any], heard: str = "") -> Say:
    """The fields of a `say` frame, said by somebody whose browser asks for the tongue `heard`. Raises `BadFrame`."""
    return Say(
        nonce(frame),
        words(frame),
        number(frame, "reply_to", optional=True),
        number(frame, "task", optional=True),
        frame.get("in_chat") is not False,
        heard,
    )


def nonce(frame: dict[str, Any]) -> UUID:
    """The UUID in the field `nonce`. Raises `BadFrame`."""
    value = frame.get("nonce")
    try:
        return UUID(value if isinstance(value, str) else "")
    except ValueError:
        raise BadFrame('"nonce" must be a UUID.') from None


def nonce_in(text: str | None) -> str | None:
    """The nonce of a frame that is not read any further."""
    with suppress(BadFrame):
        found = read(text).get("nonce")
        return found if isinstance(found, str) else None
    return None


def is_greeting(text: str | None) -> bool:
    """Whether a frame that is not read any further is a `hello`."""
    with suppress(BadFrame):
        return bool(read(text)["type"] == "hello")
    return False


def encode(frame: dict[str, Any]) -> str:
    """The frame as JSON text."""
    return orjson.dumps(frame, default=str).decode()

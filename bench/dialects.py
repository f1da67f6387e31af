"""How each server is spoken to, so that one load generator can drive them all."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

# 200 bytes with the mark in front, as people write: no markup to speak of.
PROSE = (
    "The crop on the tablet still clips the lamp, otherwise the hero is good to go; I will post a before "
    "and an after once the new photographs have come back from the retoucher, hopefully on Thursday morning."
)
SIZE = 200
MARK = b"probe"
DIGITS = 7


def text_of(number: int) -> str:
    """The message with this number: a mark that a reader finds without decoding, then prose."""
    return f"{MARK.decode()}{number:0{DIGITS}d} {PROSE}"[:SIZE]


def number_in(data: bytes, start: int, stop: int) -> int | None:
    """The number of the message in a frame, None where there is none."""
    at = data.find(MARK, start, stop)
    return int(data[at + len(MARK) : at + len(MARK) + DIGITS]) if at >= 0 else None


@dataclass(frozen=True)
class Dialect:
    """Talk as the tutorial has it: what is sent comes back to all, and that is the only answer."""

    paths: list[str]  # of the first socket, of the second, and so on again
    prefix: bytes = b'{"message"'
    hello: bytes = b""
    ready: bytes = b""
    headers: list[dict[str, str]] = field(default_factory=lambda: [{}])

    def say(self, number: int) -> bytes:
        """The frame that says message `number`."""
        return orjson.dumps({"message": text_of(number)})

    def answered(self, data: bytes, start: int, stop: int) -> int | None:
        """The number of the message that this frame tells its author has arrived."""
        return number_in(data, start, stop)


@dataclass(frozen=True)
class Loggia(Dialect):
    """Loggia's protocol: an event counts as delivered, and an ack says that it is stored."""

    prefix: bytes = b'{"type":"event"'
    hello: bytes = b'{"type":"hello","after":null}'
    ready: bytes = b'{"type":"ready"'

    def say(self, number: int) -> bytes:
        frame = {"type": "say", "nonce": str(UUID(int=number, version=4)), "text": text_of(number)}
        return orjson.dumps(frame)

    def answered(self, data: bytes, start: int, stop: int) -> int | None:
        if data.startswith(self.prefix, start):
            return None
        frame = orjson.loads(data[start:stop])
        if frame["type"] == "ack":
            return UUID(frame["nonce"]).int & 0xFFFFFFFF
        if frame["type"] in {"refused", "error"}:
            raise RuntimeError(f"The server refused: {frame['message']}")
        return None


def dialect(job: dict[str, Any]) -> Dialect:
    """The dialect that a job names."""
    kind = Loggia if job["dialect"] == "loggia" else Dialect
    headers = [{"Authorization": f"Bearer {token}"} for token in job.get("tokens", [])]
    return kind(job["paths"], headers=headers or [{}])

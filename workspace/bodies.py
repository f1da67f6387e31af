"""How much of a request's body is read: as much as is ever kept, and not a byte of a body that says it is longer."""

from typing import Any

import orjson

MOST = 1_048_576  # bytes
SENTENCE = "A request may have 1 MiB."


class _TooLarge(Exception):
    pass


class BoundedBodies:
    """An ASGI application whose requests end with 413 where they get too long.

    Django stores the whole body before it looks at its size, and one that is sent in chunks need not say how long it is.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if _announced(scope) > MOST:
            await _too_large(scope, send)
            return
        read = 0

        async def bounded() -> Any:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > MOST:
                raise _TooLarge
            return message

        try:
            await self.application(scope, bounded, send)
        except _TooLarge:
            await _too_large(scope, send)


def _announced(scope: dict[str, Any]) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return max((int(length) for length in lengths if length.isdigit()), default=0)


async def _too_large(scope: dict[str, Any], send: Any) -> None:
    # The rest of the body is not waited for.
    await refuse(scope, send, 413, "too_large", SENTENCE, (b"connection", b"close"))


async def refuse(
    scope: dict[str, Any], send: Any, status: int, code: str, sentence: str, *headers: tuple[bytes, bytes]
) -> None:
    """Answer a request that Django does not see: JSON for programs, the sentence alone for people."""
    accepts = dict(scope["headers"]).get(b"accept", b"")
    is_data = scope["path"].startswith("/api/") or b"application/json" in accepts
    body = orjson.dumps({"code": code, "message": sentence}) if is_data else sentence.encode()
    kind = b"application/json" if is_data else b"text/plain; charset=utf-8"
    head = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"private, no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})

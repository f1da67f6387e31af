"""A name for each request and each connection, so that what a person saw and what the log has can be found together."""

import re
import secrets
from contextvars import ContextVar
from typing import Any

from django.conf import settings

Scope = dict[str, Any]

HEADER = b"x-request-id"
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request or connection that this code works for, or an empty text."""
    return _current.get()


def headers() -> list[tuple[bytes, bytes]]:
    """The id as headers of an answer."""
    return [(HEADER, current().encode())] if current() else []


class RequestIds:
    """Names each request and connection: as the proxy does, where `TRUSTED_PROXIES` says that there is one."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> Any:
        _current.set(
            _given(scope) or secrets.token_hex(8)
        )  # what the server itself logs afterwards bears it too
        if scope["type"] != "http":  # a consumer sends the header: events go by the server's own `send`
            return await self.application(scope, receive, send)

        async def send_with_id(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = message | {"headers": [*message.get("headers", []), *headers()]}
            await send(message)

        return await self.application(scope, receive, send_with_id)


def _given(scope: Scope) -> str:
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return ""
    values = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == HEADER]
    return values[0] if len(values) == 1 and WELL_FORMED.fullmatch(values[0]) else ""

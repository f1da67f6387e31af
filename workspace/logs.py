"""What the server writes down: one JSON object a line with the request's id, or plain text for a person who looks on.

An address is written as its route, and what looks like a secret is not written at all, whoever logs it.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from workspace.request_ids import current

MOST = 16_000  # characters of one text: a stranger's request must not fill the disk

NAMES = r"((?:password|passwd|secret|token|cookie|session|csrf|authorization|key)\w{0,20}"
SECRETS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"(/join/|/login/reset/)[^\s/?'\"<]+", r"\1…"),
        (r"\blg_[\w-]{6,}", "lg_…"),
        (r"\b(bearer|basic)\s+[^\s'\",]+", r"\1 …"),
        (r"://[^\s/@]*@", "://…@"),
        (NAMES + r"(?:=|['\"]\s*:\s*)b?['\"]?)[^\s'\",;&)]+", r"\1…"),
        # Keys, codes and digests: long words of letters and digits. A name of the code has no digit, or is shorter.
        (r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}", "…"),
    )
)


def without_secrets(text: str) -> str:
    """The text with an ellipsis in the place of whatever looks like a secret, and of the middle where it is very long."""
    for pattern, shown in SECRETS:
        text = pattern.sub(shown, text)
    return text if len(text) <= MOST else f"{text[: MOST // 2]} … {text[-MOST // 2 :]}"


def route_of(request: Any) -> str:
    """The pattern that the request's address matched: `/join/<str:code>` for a link that would let its reader in."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "none"


class Plain(logging.Formatter):
    """For a person at a terminal: a piece of news as it is, anything worse with its time and place."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        is_news = record.levelno <= logging.INFO and not record.exc_info
        return without_secrets(record.getMessage() if is_news else super().format(record))


class Json(logging.Formatter):
    """For programs. These fields are all that is ever written: `extra` of a library stays out."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(_message(record)),
            "request": current() or None,
            "process": record.process,
        }
        if request := getattr(record, "request", None):
            line |= {"method": getattr(request, "method", None), "route": route_of(request)}
        if record.exc_info:
            line["fault"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps({name: value for name, value in line.items() if value is not None})


def _message(record: logging.LogRecord) -> str:
    """The message; an address in it, which may be a secret, becomes its route."""
    text, request = record.getMessage(), getattr(record, "request", None)
    path = getattr(request, "path", "")
    return text.replace(path, route_of(request)) if len(path) > 1 else text


def configuration(*, is_plain: bool) -> dict[str, Any]:
    """Django's `LOGGING`: everything to standard error, in the form of this module."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": Plain if is_plain else Json}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Django's own handlers keep silent in production, and would mail a fault to nobody.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # What strangers ask for in vain is counted, not written down.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }

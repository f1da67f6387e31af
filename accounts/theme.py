"""Which theme a browser has asked for."""

from django.conf import settings
from django.http import HttpRequest

THEME_COOKIE = "__Host-theme" if settings.SECURE else "theme"


def theme_of(request: HttpRequest) -> str:
    """`light` or `dark` for `<html data-theme>`, or nothing where the system decides."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in {"light", "dark"} else ""

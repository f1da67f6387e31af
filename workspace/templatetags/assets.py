"""Tags for `base.html` that bring the browser modules: `{% import_map %}` and `{% module_preloads %}`."""

import json
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# As Django's json_script: inside <script> these end the element or begin a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def import_map(context: dict[str, Any]) -> SafeString:
    """Maps what modules import to the hashed files, so that they can be cached for ever. Stands before any module."""
    modules = _modules()
    if not modules:
        return SafeString()
    text = json.dumps({"imports": modules}, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="importmap" nonce="{}">{}</script>', _nonce(context), mark_safe(text))  # noqa: S308


@register.simple_tag
def module_preloads() -> SafeString:
    """Lets the browser fetch all modules at once, not one import after the other."""
    return format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((url,) for url in _modules().values())
    )


def _modules() -> dict[str, str]:
    """Empty where files keep their names: in development and in unit tests."""
    return getattr(staticfiles_storage, "modules", {})


def _nonce(context: dict[str, Any]) -> str:
    return str(getattr(context.get("request"), "csp_nonce", ""))

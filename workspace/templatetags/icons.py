"""The icons of a page, as one sprite that every `<use href="#i-name">` refers to."""

from functools import cache

from django import template
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
def icons(*names: str) -> SafeString:
    """The Lucide icons called `names`, as symbols with the ids `i-<name>`."""
    return mark_safe("".join(_symbol(str(name)) for name in names))  # noqa: S308  a pinned package drew them


@cache
def _symbol(name: str) -> str:
    svg = lucide(name, size=None)
    lines = svg[svg.index(">") + 1 : svg.rindex("</svg>")].splitlines()
    drawing = "".join(line.strip().replace(" />", "/>") for line in lines)
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{drawing}</symbol>'

"""How often a task comes again, in words."""

from django import template

from workspace import repeats

register = template.Library()


@register.filter
def every_words(rule: str) -> str:
    """The rule as people say it: "every Mon and Thu"."""
    return repeats.said(rule)


@register.filter
def every_typed(rule: str) -> str:
    """The rule as people type it: "mon,thu"."""
    return repeats.written(rule)

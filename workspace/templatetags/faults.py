"""A tag for the page that says that something broke: `{% request_id %}`."""

from django import template

from workspace.request_ids import current

register = template.Library()


@register.simple_tag
def request_id() -> str:
    """What the log calls this request; the page is rendered without it."""
    return current()

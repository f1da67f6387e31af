"""What templates may ask about accounts."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def mail_is_set_up() -> bool:
    """Whether mail leaves this server, rather than being written to files."""
    return bool(settings.MAIL)


@register.filter
def browser_name(user_agent: str) -> str:
    """A browser and a system that people know, from a user agent: "Firefox on Linux"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


# In this order: each browser also names those that it descends from.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]

"""Where a notice waits for the next page: in a cookie that, like all of ours, only this host can have set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoticeCookie(CookieStorage):
    """Django's, under a name that browsers take over HTTPS from the host itself alone."""

    cookie_name = "__Host-messages" if settings.SECURE else "messages"


class Notices(FallbackStorage):
    """The cookie, and the session for what is too long for it."""

    storage_classes = (NoticeCookie, SessionStorage)

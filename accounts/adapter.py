"""How django-allauth behaves in this product."""

import logging
from smtplib import SMTPException
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.signals import announce_end

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up, our words, and a password reset that works once."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is switched off.",
        "email_password_mismatch": "That email and password do not match.",
        "enter_current_password": "That is not your current password.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": "That is not the code we sent.",
        "too_many_login_attempts": "That was fast. You can try again in a minute.",
        "rate_limited": "That was fast. You can try again in a minute.",
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Never: people come by /setup, by an invitation, or by `manage.py adduser`."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only paths of this site are followed after signing in or out; allauth's own check fails on `http://[`."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def logout(self, request: HttpRequest) -> None:
        """Signs out, and closes the sockets that the session opened."""
        user, key = request.user, request.session.session_key
        super().logout(request)
        if isinstance(user, User):
            announce_end(user, session_key=key)

    def set_password(self, user: User, password: str) -> None:
        """Changes the password that the caller saw, and no other: of two uses of one reset link, one wins."""
        before = user.password
        user.set_password(password)
        changed = User.objects.filter(pk=user.pk, password=before).update(password=user.password)
        if not changed:
            raise ImmediateHttpResponse(redirect("account_reset_password"))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link for the mail: with the configured address where there is one, not with what a request claims."""
        url: str = super().get_reset_password_from_key_url(key)
        return settings.PUBLIC_URL + urlsplit(url).path if settings.PUBLIC_URL else url

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a message. A mail server that fails must not show who has an account, so the page goes on without."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("Mail %s was not sent", template_prefix)

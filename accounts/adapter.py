"""How django-allauth behaves in this product."""

import logging
from smtplib import SMTPException
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import limits
from accounts.models import User
from accounts.signals import announce_end

logger = logging.getLogger(__name__)

ASKED_BY_ANYBODY = {"account/email/password_reset_key", "account/email/unknown_account"}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up, our words, and a password reset that works once."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is switched off.",
        "email_password_mismatch": "That email and password do not match.",
        "enter_current_password": "That is not your current password.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": "That is not the code we sent.",
        "rate_limited": limits.sentence(60),
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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts an attempt before the password is looked at, so that those at the same time count, too."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            request.retry_after = limits.seconds_to_wait(request, "login_failed", key)  # type: ignore[attr-defined]
            raise ValidationError(limits.sentence(request.retry_after), code=error.code) from None  # type: ignore[attr-defined]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Account and address together: nobody locks somebody out from elsewhere."""
        return f"{get_ip(request)} {super()._get_login_attempts_cache_key(request, **credentials)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a message. A mail server that fails must not show who has an account, so the page goes on without.

        It carries the configured address where there is one, not what a request claims. Who asks for many links for
        somebody else fills no mailbox: those that were sent go on working.
        """
        if template_prefix in ASKED_BY_ANYBODY and limits.is_too_often(self.request, "reset_mail", email):
            return
        if settings.PUBLIC_URL:
            context = _at_home(context)
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("Mail %s was not sent", template_prefix)


def _at_home(context: dict[str, Any]) -> dict[str, Any]:
    host = urlsplit(settings.PUBLIC_URL).netloc
    home: dict[str, Any] = {"current_site": SimpleNamespace(domain=host, name=host)}
    if url := context.get("password_reset_url"):
        home["password_reset_url"] = settings.PUBLIC_URL + urlsplit(url).path
    return context | home

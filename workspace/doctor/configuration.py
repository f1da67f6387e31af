"""Looks at what the environment has set. What cannot be used at all has ended the start before."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import WARNING, run_checks

from workspace.doctor.finding import Finding, fault, warning

SHORTEST_KEY = 50  # characters, as Django's own check has it
LOCAL = {"localhost", "127.0.0.1", "::1"}


def debug() -> Iterator[Finding]:
    """Pages of faults that show the code are for one's own machine."""
    if settings.DEBUG:
        yield fault(
            "DEBUG is on, so a page that breaks shows code and settings to anybody.", "Leave DEBUG out."
        )


def secret_key() -> Iterator[Finding]:
    """Sessions are signed with it."""
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < 5:
        yield fault(
            f"SECRET_KEY has {len(key)} characters and can be guessed.",
            "Leave SECRET_KEY out, and one is made; everybody signs in again.",
        )


def public_url() -> Iterator[Finding]:
    """How browsers come here."""
    if not settings.PUBLIC_URL:
        yield warning(
            "PUBLIC_URL is not set, so links in mails have whatever address a request claims.",
            "Set it to how browsers reach the server: PUBLIC_URL=https://team.example.",
        )
    elif not settings.SECURE and urlsplit(settings.PUBLIC_URL).hostname not in LOCAL:
        yield warning(
            f"PUBLIC_URL is {settings.PUBLIC_URL}, so passwords cross the network in the clear.",
            "Put a proxy with a certificate before the server (docs/deploy.md), and set PUBLIC_URL to https://….",
        )


def proxies() -> Iterator[Finding]:
    """Limits on signing in count by address: it has to be the visitor's."""
    believed = os.environ.get("FORWARDED_ALLOW_IPS", "").strip()
    if settings.SECURE and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield warning(
            "PUBLIC_URL is https, but TRUSTED_PROXIES is 0, so all visitors count as one where sign-ins are limited.",
            "Set TRUSTED_PROXIES to the number of proxies before the server, mostly 1.",
        )
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and not believed:
        yield warning(
            "TRUSTED_PROXIES is set, but FORWARDED_ALLOW_IPS is not, so every request seems to come from the proxy.",
            "Set FORWARDED_ALLOW_IPS to the proxy's address.",
        )


def mail() -> Iterator[Finding]:
    """Without mail nobody resets a password."""
    if not settings.MAIL:
        yield warning(
            f"SMTP_URL is not set, so mail is written to {settings.EMAIL_FILE_PATH} and reaches nobody.",
            "Set SMTP_URL, or hand out reset links from there yourself.",
        )


def django() -> Iterator[Finding]:
    """Django's own checks, those for production where HTTPS is asked for."""
    for message in run_checks(include_deployment_checks=settings.SECURE):
        if message.level >= WARNING and not message.is_silenced():
            make = fault if message.is_serious() else warning
            yield make(
                f"Django says: {message.msg}",
                message.hint or f"Look up {message.id} in Django's documentation.",
            )

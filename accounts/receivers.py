"""What follows from what django-allauth does."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions import end_sessions
from accounts.models import User


@receiver(password_changed)
def sign_out_elsewhere(request: HttpRequest, user: User, **_: Any) -> None:
    """A changed password ends every other session. Django refuses them by itself; their sockets it knows nothing of."""
    end_sessions(user, but=request.session.session_key)


@receiver(password_reset)
def sign_out_everywhere(user: User, **_: Any) -> None:
    """A reset password ends every session: somebody else may have had the old one."""
    end_sessions(user)

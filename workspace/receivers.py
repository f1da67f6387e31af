"""What follows here from what happens to accounts."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import access_ended
from workspace import live


@receiver(access_ended)
def close_sockets(user: User, session_key: str | None, token_id: int | None, **_: Any) -> None:
    """Closes what was opened by the session or the token, or by the person where neither is named."""
    everything = session_key is None and token_id is None
    live.revoke(user=user.pk if everything else None, session=session_key, token=token_id)

"""What others may want to know about accounts."""

from django.db import transaction
from django.dispatch import Signal

from accounts.models import User

# Some of a person's access has ended, and what stands open by it must close. Sent after the commit, with `user` and one of
# `session_key` (a session), `token_id` (an API token) or neither (all of it).
access_ended = Signal()


def announce_end(user: User, *, session_key: str | None = None, token_id: int | None = None) -> None:
    """Send `access_ended` once the change is committed."""

    def send() -> None:
        access_ended.send(sender=User, user=user, session_key=session_key, token_id=token_id)

    transaction.on_commit(send, robust=True)

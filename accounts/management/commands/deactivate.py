"""`manage.py deactivate <email>`: ends somebody's access everywhere. What they wrote stays, and so does their name."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import deactivate
from accounts.models import User


class Command(BaseCommand):
    """Switches an account off: its sessions, its tokens and its open pages end within two seconds."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **_: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody here has the email {email}.")
        deactivate(user)
        self.stdout.write(
            f"{user.name} (@{user.handle}) can no longer sign in, and every session and token has ended."
        )

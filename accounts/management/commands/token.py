"""`manage.py token <email>`: an API token for scripts, on standard output."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import ApiToken, User


class Command(BaseCommand):
    """Makes an API token of a person and prints it."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--name", default="manage.py token", help="what it is called in the list of tokens"
        )

    def handle(self, *, email: str, name: str, **_: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody here has the email {email}.")
        if not user.is_active:
            raise CommandError(f"The account of {user.name} is switched off.")
        self.stdout.write(ApiToken.issue(user, name[:80])[1])

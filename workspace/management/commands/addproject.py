"""`manage.py addproject <name> --key WEB --owner <email>`: a project with its people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from workspace.actions import add_member, create_project
from workspace.errors import Refused


class Command(BaseCommand):
    """Adds a project and prints its id."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--key", default="", help="starts the names of tasks, as in WEB-12")
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--member", action="append", default=[], metavar="EMAIL", dest="members")
        parser.add_argument("--private", action="store_true", help="only by invitation")

    def handle(self, *, name: str, key: str, owner: str, members: list[str], private: bool, **_: Any) -> None:
        people = [_person(email) for email in [owner, *members]]
        try:
            with transaction.atomic():
                first = create_project(people[0], name, key=key, is_private=private)
                for user in people[1:]:
                    add_member(first, user)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(str(first.project_id))


def _person(email: str) -> User:
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Nobody here has the email {email}.")
    return user

"""`manage.py adduser <email> --name N`: a person who can sign in."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.actions import add_person, draft_person
from accounts.models import User


class Command(BaseCommand):
    """Adds a person. Without --password one is made up and printed."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument(
            "--handle", default="", help="what people type after @; made from the name when left out"
        )
        parser.add_argument(
            "--password", default="", help="at least 12 characters; made up and printed when left out"
        )
        parser.add_argument("--admin", action="store_true", help="may look after the whole workspace")

    def handle(self, *, email: str, name: str, handle: str, password: str, admin: bool, **_: Any) -> None:
        made_up = "" if password else secrets.token_urlsafe(12)
        try:
            user = add(email, name, handle, password or made_up, admin=admin)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        if made_up:
            self.stdout.write(
                f"{user.name} (@{user.handle}) signs in as {user.email} with this password: {made_up}"
            )
        else:
            self.stdout.write(f"{user.name} (@{user.handle}) signs in as {user.email}")


def add(email: str, name: str, handle: str, password: str, *, admin: bool) -> User:
    """The new person. Raises `ValidationError`."""
    validate_email(email.strip())
    validate_password(password)
    draft = draft_person(email=email, name=name, handle=handle, password=password)
    draft.is_staff = draft.is_superuser = admin
    return add_person(draft)

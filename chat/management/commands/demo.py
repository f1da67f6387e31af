"""`manage.py demo`: a sample workspace to look around in, or a large one to measure with."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.demo import cast, crowd, story
from workspace import statistics
from workspace.actions import create_workspace
from workspace.models import Workspace

WEEKS = 10  # in which the crowd's messages were said, before the story begins


class Command(BaseCommand):
    help = "Fills an empty database with Northlight Studio: people, four projects, talk and tasks of the last weeks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for what, default in (("messages", 0), ("tasks", 0), ("people", len(cast.PEOPLE))):
            sentence = (
                f"have so many {what} in the first project at least (default: {default or 'its story'})"
            )
            parser.add_argument(f"--{what}", type=_number, default=default, metavar="N", help=sentence)

    def handle(self, *_args: object, messages: int, tasks: int, people: int, **_options: Any) -> None:
        if Workspace.objects.exists() or User.objects.exists():
            raise CommandError(
                "There are people or projects here already, and the sample would mix with them. "
                "Give it a folder of its own: DATA_DIR=demo make demo, then DATA_DIR=demo make run."
            )
        now = timezone.now().replace(second=0, microsecond=0)
        with transaction.atomic():
            create_workspace(cast.STUDIO)
            everybody = cast.people(people)
            opens = story.beginning(now)
            begins = opens - timedelta(weeks=WEEKS) if messages or tasks else opens
            owners = story.found_projects(everybody, begins)
            crowd.fill(owners[0], begins, opens, messages=messages, tasks=tasks)
            for owner in owners:
                story.tell(owner, now)
            statistics.gather()
        self.stdout.write(
            f"{cast.STUDIO} is ready. Sign in as {owners[0].user.email}, password {cast.PASSWORD}."
        )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 10_000_000):
        raise ArgumentTypeError(f"{text[:40]!r} is not a number from 0 to 10,000,000")
    return int(text)

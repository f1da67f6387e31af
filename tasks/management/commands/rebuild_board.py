"""`manage.py rebuild_board`: make the board what the log says, or only look (`--check`)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tasks.history import differences, fold
from tasks.models import Task
from tasks.state import is_stored, state_of, write
from workspace.models import Project


class Command(BaseCommand):
    help = "Folds every project's log into its task rows. With --check it changes nothing and exits 1 on a difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare")

    def handle(self, *_: Any, **options: Any) -> None:
        found: list[str] = []
        for pk in Project.objects.order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                project = Project.objects.select_for_update().get(pk=pk)
                found += differences(project)
                if not options["check"]:
                    rebuild(project)
        for sentence in found:
            self.stdout.write(sentence)
        if found and options["check"]:
            raise CommandError(f"{len(found)} differences between the board and the log.")
        self.stdout.write("The board is what the log says." if not found else "The board was mended.")


def rebuild(project: Project) -> None:
    """Write into each task row what the log says of it."""
    states = fold(project.events.order_by("seq").iterator(chunk_size=2000))
    for task in Task.everything.filter(project=project):
        if state := states.get(task.pk):
            gone = {field: None for field in state_of(task) if field not in state}  # items that nobody added
            write(task, gone | {field: value for field, value in state.items() if is_stored(field)})

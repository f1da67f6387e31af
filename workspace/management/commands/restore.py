"""`manage.py restore FILE`: what a backup holds becomes what this installation knows."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workspace import preflight
from workspace.archive import NotUsable, opened
from workspace.models import Workspace
from workspace.occupancy import Occupied, at_work
from workspace.restoring import restore
from workspace.snapshot import applied


class Command(BaseCommand):
    help = "Reads a file that `backup` wrote, of this or an older version, from SQLite or PostgreSQL."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="throw away what is there now")

    def handle(self, *_args: object, file: Path, replace: bool, **_options: object) -> None:
        preflight.data_dir(Path(settings.DATA_DIR))
        preflight.database()
        try:
            with at_work(Path(settings.DATA_DIR), alone=True), opened(file) as archive:
                if not replace and _holds_something():
                    raise CommandError(
                        "There are people or projects here already. To throw them away and have the backup "
                        "in their place, add --replace."
                    )
                restore(archive)
        except Occupied:
            raise CommandError("Loggia is running on this DATA_DIR. Stop it, then restore.") from None
        except NotUsable as error:
            raise CommandError(str(error)) from None
        made_at = str(archive.manifest.get("made_at", "an unknown moment"))
        rows = sum(table.rows for table in archive.tables)
        self.stdout.write(
            f"Everything is as it was at {made_at}: {rows:,} rows of {len(archive.tables)} tables."
        )


def _holds_something() -> bool:
    from accounts.models import User

    return bool(applied()) and (Workspace.objects.exists() or User.objects.exists())

"""Makes the compiled catalogues in `locale/` from those that people write."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workspace.catalogues import as_mo, read_po


class Command(BaseCommand):
    """`manage.py catalogues`, after each change of a `.po`; a test notices where it was forgotten."""

    help = "Make the compiled catalogues of translations."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for path in sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.po")):
            path.with_suffix(".mo").write_bytes(as_mo(read_po(path)))
            self.stdout.write(f"{path.parent.parent.name}: {len(read_po(path)) - 1} sentences")

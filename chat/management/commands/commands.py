"""`manage.py commands`: prints the reference of all slash commands, as `docs/commands.md` has it."""

from django.core.management.base import BaseCommand

from chat.commands.reference import markdown


class Command(BaseCommand):
    """Prints the reference of all slash commands as Markdown."""

    help = "Prints the reference of all slash commands as Markdown: manage.py commands > docs/commands.md"

    def handle(self, *_args: object, **_options: object) -> None:
        self.stdout.write(markdown(), ending="")

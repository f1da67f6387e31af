"""The registry as a page of Markdown: `docs/commands.md`, which a test compares with it."""

from itertools import groupby

from chat.commands import registry
from chat.commands.registry import Command
from chat.language.tongue import Tongue
from chat.language.tongues import TONGUES

HEAD = """# Commands

Made from the registry by `manage.py commands`; `/help` and `/help due` say the same where you type.

A message that begins with a command is a script: each line that begins with `/` is a command, the lines under it belong to
it, and all of it happens or nothing. What is not understood is refused in private, and the text stays where it was typed.
"""
TONGUES_HEAD = """
## In other tongues

English always works. German, French and Spanish add names of commands, words for dates (`morgen um 9 Uhr`, `vendredi
prochain`, `en 3 días`), priorities (`!hoch`, `!haute`, `!alta`) and the small words between arguments (`/zuweisen 12 an @bob
und mich`); accents may be left out. Settings → Profile says which of them is yours, and otherwise your browser does. A word
that means something in English means just that: `17h` is in 17 hours, and `à 17h` a time of day. The keys of tokens and of
filters (`due:`, `every:`, `is:open`) are the same in all of them.

What only you read, which is answers, refusals, previews and help, is in your tongue.
What everybody reads is in English words, so that each can run it again: `/aufgabe Kuchen !hoch` is posted as `/task Kuchen
!high`. Pages are in English but for the one of all commands.
"""
TITLES = {"tasks": "Tasks", "board": "Board", "people": "People", "fun": "Talk", "help": "Help"}


def markdown() -> str:
    """The whole page."""
    parts = [HEAD]
    for group, commands in groupby(registry.commands(), key=lambda each: each.group):
        parts += [f"## {TITLES[group]}\n", *map(_entry, commands)]
    parts.append("## What stands for what\n")
    parts += [f"* {sentence}" for sentence in _details()]
    parts += [TONGUES_HEAD, *_names()]
    return "\n".join(parts) + "\n"


def _entry(command: Command) -> str:
    lines = [f"### `{command.spec.signature}`\n", command.summary]
    if command.spec.aliases:
        lines.append("Also " + ", ".join(f"`/{alias}`" for alias in command.spec.aliases) + ".")
    if command.spec.is_private:
        lines.append("Answered to you alone.")
    examples = "\n".join(command.spec.examples)
    return f"{lines[0]}\n{' '.join(lines[1:])}\n\n```text\n{examples}\n```\n"


def _names() -> list[str]:
    """A table of the names that commands have in other tongues."""
    others = [tongue for tongue in TONGUES.values() if tongue.commands]
    head = f"| | {' | '.join(tongue.name for tongue in others)} |\n|{' --- |' * (len(others) + 1)}"
    rows = [
        f"| `/{command.spec.name}` | {' | '.join(_called(command, tongue) for tongue in others)} |"
        for command in registry.commands()
    ]
    return [head, *rows]


def _called(command: Command, tongue: Tongue) -> str:
    return ", ".join(f"`/{alias}`" for alias in tongue.commands[command.spec.name])


def _details() -> list[str]:
    return list(dict.fromkeys(detail for command in registry.commands() for detail in command.details))

"""The registry as a page of Markdown: `docs/commands.md`, which a test compares with it."""

from itertools import groupby

from chat.commands import registry
from chat.commands.registry import Command

HEAD = """# Commands

Made from the registry by `manage.py commands`; `/help` and `/help due` say the same where you type.

A message that begins with a command is a script: each line that begins with `/` is a command, the lines under it belong to
it, and all of it happens or nothing. What is not understood is refused in private, and the text stays where it was typed.
"""
TITLES = {"tasks": "Tasks", "board": "Board", "people": "People", "fun": "Talk", "help": "Help"}


def markdown() -> str:
    """The whole page."""
    parts = [HEAD]
    for group, commands in groupby(registry.commands(), key=lambda each: each.group):
        parts += [f"## {TITLES[group]}\n", *map(_entry, commands)]
    parts.append("## What stands for what\n")
    parts += [f"* {sentence}" for sentence in _details()]
    return "\n".join(parts) + "\n"


def _entry(command: Command) -> str:
    lines = [f"### `{command.spec.signature}`\n", command.summary]
    if command.spec.aliases:
        lines.append("Also " + ", ".join(f"`/{alias}`" for alias in command.spec.aliases) + ".")
    if command.spec.is_private:
        lines.append("Answered to you alone.")
    examples = "\n".join(command.spec.examples)
    return f"{lines[0]}\n{' '.join(lines[1:])}\n\n```text\n{examples}\n```\n"


def _details() -> list[str]:
    return list(dict.fromkeys(detail for command in registry.commands() for detail in command.details))

"""Lines: which of them are commands, which only look like it, and what belongs under which."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from chat.language.words import SOFT_PUNCTUATION, Word

FULLWIDTH_SLASH = "\uff0f"  # what a Japanese keyboard types
_NAME = re.compile(r"[^\W\d_][\w-]{0,31}")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True)
class Head:
    """The start of a line that calls a command. `is_clean`: no punctuation is stuck to the name ("/done!")."""

    name: str
    word: Word
    is_clean: bool


@dataclass
class CommandLine:
    """A line that calls a command, its number, and the lines under it."""

    number: int
    text: str
    head: Head
    under: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """The lines under the command, without escapes and without blank lines around them."""
        return "\n".join(self.under).strip("\n").rstrip()


def head_of(line: str) -> Head | None:
    """The command that `line` calls, or seems to. A path (/etc/hosts), a number or a lone slash is none."""
    if not line.startswith("/"):
        return None
    called = (line[1:].split(maxsplit=1) or [""])[0] if not line[1:2].isspace() else ""
    name = unicodedata.normalize("NFC", called.rstrip(SOFT_PUNCTUATION))
    if not _NAME.fullmatch(name):
        return None
    word = Word(line[: len(called) + 1], 0, len(called) + 1)
    return Head(name, word, is_clean=called[-1] not in SOFT_PUNCTUATION)


def straightened(text: str) -> str:
    """`text` with a plain slash where its first line starts with a fullwidth one."""
    return "/" + text[1:] if text.startswith(FULLWIDTH_SLASH) else text


def unescaped(text: str) -> str:
    """`text` without the one space or slash that keeps its first line from being a command."""
    if not text or not (text[0].isspace() or text[0] in {"/", FULLWIDTH_SLASH}):
        return text
    first_line = text[1:].partition("\n")[0]
    return text[1:] if head_of(straightened(first_line)) else text


def command_lines(lines: Iterable[str]) -> list[CommandLine]:
    """The commands of a script, the first of which is its first line. Nothing within a code fence is a command."""
    commands: list[CommandLine] = []
    fence = ""
    for number, line in enumerate(lines, 1):
        head = None if fence else head_of(line)
        if head:
            commands.append(CommandLine(number, line, head))
            continue
        commands[-1].under.append(line if fence else unescaped(line))
        fence = _fence_after(line, fence)
    return commands


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open after `line`; a fence is closed by one at least as long, with nothing after it."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    closes = found[1].startswith(fence) and not line[found.end() :].strip()
    return "" if closes else fence

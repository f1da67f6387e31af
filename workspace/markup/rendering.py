"""Markdown → bleach → nh3, in a bounded time."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypedDict, Unpack

from django.utils.html import escape

from workspace.markup.dialect import command_dialect, message_dialect
from workspace.markup.inline import COMMAND
from workspace.markup.lines import TooMuchMarkup, pieces
from workspace.markup.sanitize import Sanitizer
from workspace.markup.scope import Person, Scope, Scoped

LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")
# What no text is made of: controls, halves of surrogate pairs, and what turns the direction of the text around it. The
# direction comes from the letters, so that an address cannot be made to read backwards.
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
NOT_TEXT = re.compile(rf"[{CONTROLS}\u202a-\u202e\u2066-\u2069\ufeff]")
COMMAND_LINE = re.compile(COMMAND)
ESCAPED_COMMAND = re.compile(r"[ /](?=[/\uff0f][^\W\d_])")
# A line in which no sign means anything, as most of what people say: Markdown and bleach would take ten times as long to
# find that out. It begins with a letter, so it is no list; a dash before a digit may be the name of a task.
PLAIN = re.compile(r"""[^\W\d_](?:[\w ,.;:!?'"()%+=–—…’“”€](?<!_)|-(?!\d))*(?<! )""")

LONGEST = 20_000
MOST_TAGS = 800  # bleach takes 30 to 60 µs for each, and a third of that for an entity


@dataclass(frozen=True)
class Rendered:
    """The safe HTML of a text, the handles of the members that it mentions and the numbers of the tasks."""

    html: str
    mentions: frozenset[str]
    tasks: frozenset[int]


class Names(TypedDict, total=False):
    """How names are looked up. The functions are asked once for each name, so they may look in the database."""

    mention: Callable[[str], Person | None]  # a member by handle
    task: Callable[[int], str | None]  # the address of a task by its number
    key: str  # the project's: WEB of WEB-12


def render(text: str, **names: Unpack[Names]) -> Rendered:
    """A message as HTML."""
    return _rendered(text, Scope(**names), Renderer.message)


def render_notes(text: str, **names: Unpack[Names]) -> Rendered:
    """The notes of a task as HTML: what holds for a message holds for them."""
    return render(text, **names)


def render_script(text: str, **names: Unpack[Names]) -> Rendered:
    """A message of slash commands as HTML: their lines as they were typed, the lines between them as Markdown."""
    return _rendered(text, Scope(**names), Renderer.script)


def _rendered(text: str, scope: Scope, read: "Callable[[Renderer, str, Scope], str]") -> Rendered:
    text = NOT_TEXT.sub("", LINE_END.sub("\n", text)).strip("\n")
    with _renderer() as renderer:
        html = read(renderer, text, scope)
    people = frozenset(person.handle for person in scope.people.values() if person)
    return Rendered(html, people, frozenset(number for number, url in scope.tasks.items() if url))


class Renderer:
    """The parsers and the sanitizer, to be used again and again, by one thread at a time."""

    def __init__(self) -> None:
        self.messages, self.commands = message_dialect(), command_dialect()
        self.sanitizer = Sanitizer()

    def message(self, text: str, scope: Scope) -> str:
        """Markdown to HTML, or the text as it is where that would take too long."""
        if PLAIN.fullmatch(text):
            return self.sanitizer.clean_plain(f'<p dir="auto">{escape(text)}</p>')
        return self.bounded(text, scope, lambda: self.converted(self.messages, text, scope))

    def script(self, text: str, scope: Scope) -> str:
        """Slash commands, with Markdown between them, to HTML, or the text as it is where that would take too long."""
        return self.bounded(text, scope, lambda: "".join(self.paragraphs(text, scope)))

    def bounded(self, text: str, scope: Scope, convert: Callable[[], str]) -> str:
        """What `convert` makes of `text`, cleaned, unless it is more than bleach should have to read."""
        try:
            html = convert() if len(text) <= LONGEST else None
        except (TooMuchMarkup, RecursionError):
            html = None
        if html is None or html.count("<") + html.count("&") / 3 > MOST_TAGS:
            return self.sanitizer.clean_plain(f'<p class="plain" dir="auto">{escape(text)}</p>')
        return self.sanitizer.clean(html, scope.code)

    def paragraphs(self, text: str, scope: Scope) -> Iterator[str]:
        """The HTML of each command's line and of the lines that follow it."""
        body: list[str] = []
        for piece in pieces(text.split("\n")):
            if not isinstance(piece, str):
                body += piece.source
            elif not COMMAND_LINE.match(piece):
                body.append(piece[1:] if ESCAPED_COMMAND.match(piece) else piece)
            else:
                yield self.converted(self.messages, "\n".join(body), scope)
                yield self.converted(self.commands, piece, scope)
                body = []
        yield self.converted(self.messages, "\n".join(body), scope)

    @staticmethod
    def converted(dialect: Scoped, text: str, scope: Scope) -> str:
        """The HTML of `text` in a dialect, not yet cleaned."""
        dialect.scope = scope
        return dialect.reset().convert(text)


# One renderer for each thread that renders at the moment. A renderer costs more than a message, and under ASGI each request
# has a thread of its own, so they are not kept by thread. A list's `append` and `pop` are atomic.
_idle: list[Renderer] = []


@contextmanager
def _renderer() -> Iterator[Renderer]:
    try:
        renderer = _idle.pop()
    except IndexError:
        renderer = Renderer()
    yield renderer
    _idle.append(renderer)  # not in a `finally`: one that failed in the middle of a text is not used again

"""Fenced code, coloured by Pygments with classes: the colours are in static/css/components/code.css."""

import re
import time
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from django.utils.html import escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Name, Number, String, _TokenType

LANGUAGES = {
    "bash": "bash sh shell zsh",
    "c": "c h",
    "console": "console terminal",
    "cpp": "cpp c++ hpp",
    "csharp": "csharp c# cs",
    "css": "css",
    "diff": "diff patch",
    "docker": "docker dockerfile",
    "go": "go golang",
    "html": "html vue svelte",
    "html+django": "django jinja",
    "http": "http",
    "ini": "ini cfg conf env",
    "java": "java",
    "javascript": "javascript js jsx mjs",
    "json": "json",
    "kotlin": "kotlin kt",
    "make": "make makefile",
    "nginx": "nginx",
    "php": "php",
    "powershell": "powershell ps1",
    "pycon": "pycon",
    "pytb": "pytb traceback",
    "python": "python py python3",
    "ruby": "ruby rb",
    "rust": "rust rs",
    "scss": "scss",
    "sql": "sql postgresql sqlite",
    "swift": "swift",
    "toml": "toml",
    "typescript": "typescript ts tsx",
    "xml": "xml svg",
    "yaml": "yaml yml",
}
LEXERS = {alias: name for name, aliases in LANGUAGES.items() for alias in aliases.split()}
SHADES = {
    Comment: "c",
    Keyword: "k",
    Name.Tag: "k",
    String: "s",
    Number: "m",
    Name.Function: "nf",
    Name.Class: "nf",
    Name.Decorator: "nf",
    Name.Attribute: "nf",
    Name.Builtin: "nb",
    Name.Exception: "nb",
    Name.Variable: "nb",
    Generic.Heading: "c",
    Generic.Subheading: "c",
    Generic.Prompt: "c",
    Generic.Deleted: "gd",
    Generic.Inserted: "gi",
}
CLASSES = frozenset(SHADES.values())

# Pygments' lexers are quadratic in places: 4,000 spaces take its C lexer 1.3 s. So code of machines stays plain, and what
# takes longer than people's code ever does is abandoned between two tokens.
LONGEST = 6_000
MACHINE_MADE = re.compile(r"\s{60}|\S{200}|[^\n]{400}")
SECONDS = 0.02


class CodeBlocks:
    """The fenced code of one message, while the text around it is read and cleaned.

    A block is hundreds of elements made from escaped text and eleven classes. Bleach would take longer over them than over
    all the rest, so they go back in behind it, before nh3.
    """

    PLACE = re.compile(r"<pre>(\d+)</pre>")

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.seconds = SECONDS

    def set_aside(self, code: str, language: str) -> str:
        """Keep a block; the answer stands for it. No other `<pre>` comes into a message."""
        name = LEXERS.get(language.lower())
        inner = name and len(code) <= LONGEST and not MACHINE_MADE.search(code) and self.coloured(code, name)
        self.blocks.append(f"<pre><code>{inner or escape(code)}</code></pre>")
        return f"<pre>{len(self.blocks) - 1}</pre>"

    def put_back(self, html: str) -> str:
        """`html` with the blocks where they were."""
        return self.PLACE.sub(lambda place: self.blocks[int(place[1])], html) if self.blocks else html

    def coloured(self, code: str, name: str) -> str:
        """The code with a `<span>` around each comment, string, keyword …, or "" when that takes too long."""
        parts = []
        tokens = lexer(name).get_tokens(f"{code}\n")  # a lexer knows a line by its end
        deadline = time.thread_time() + self.seconds
        for shade, text in runs(tokens):
            self.seconds = deadline - time.thread_time()
            if self.seconds < 0:
                return ""
            parts.append(f'<span class="{shade}">{escape(text)}</span>' if shade else escape(text))
        before, _, after = "".join(parts).rpartition("\n")
        return before + after


def runs(tokens: Iterable[tuple[_TokenType, str]]) -> Iterator[tuple[str, str]]:
    """The tokens as (class, text), neighbours of one class joined."""
    for shade, group in groupby(tokens, lambda token: shade_of(token[0])):
        yield shade, "".join(text for _, text in group)


@cache
def shade_of(token: _TokenType) -> str:
    """The class of a token, by the nearest of its parents that has one."""
    return next((SHADES[parent] for parent in reversed(token.split()) if parent in SHADES), "")


@cache
def lexer(name: str) -> Lexer:
    """The lexer of a language: it keeps nothing of what it reads, so that one serves all threads."""
    return get_lexer_by_name(name, stripnl=False)

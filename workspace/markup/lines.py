"""What is done to the lines of a message before Markdown reads them.

People in a chat type lists and quotes without blank lines around them, nest by two spaces or by four, and forget to close
a fence. Python-Markdown wants it exact, and follows nesting as deep as it goes. Both are put right here, line by line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown.preprocessors import Preprocessor

from workspace.markup.scope import Scoped

FENCE = re.compile(r"( *+)(`{3,}+|~{3,}+) *+([\w#+.-]{0,32})[^`]*$")
QUOTE = re.compile(r"(?: *> ?){1,3}")
ITEM = re.compile(r"(?P<indent> *+)(?P<mark>[-*+]|(?P<number>\d{1,9})\.) +(?=\S)")
OTHER_MARK = re.compile(r" *(?:(?=>|[-*+](?: |$))|\d{1,9}(?=\.(?: |$)))")
DEEPEST_LIST = 4

# Python-Markdown takes quadratic time over some of these marks. A message that nobody wrote by hand is not worth it.
MARK = re.compile(r"[*_~`\\\[@#&\n]|://")
MOST_MARKS = 1_000
RULER = re.compile(r"([*_~])\1{30}")


class TooMuchMarkup(Exception):
    """The text would take too long to render, so it has to be shown as it is."""


@dataclass
class Code:
    """Fenced code: its lines with their fences, and without."""

    indent: str
    language: str
    source: list[str]
    lines: list[str]


def pieces(lines: Iterable[str]) -> Iterator[str | Code]:
    """The lines of a text, fenced code as one piece. A fence that is not closed reaches to the end."""
    rest = iter(lines)
    for line in rest:
        fence = FENCE.match(line)
        if fence is None:
            yield line
            continue
        indent, mark, language = fence.groups()
        code = Code(indent, language, [line], [])
        for inner in rest:
            code.source.append(inner)
            ticks = inner.strip(" ")
            if len(ticks) >= len(mark) and not ticks.strip(mark[0]):
                break
            code.lines.append(inner.removeprefix(indent))
        yield code


class ChatLines(Preprocessor):
    """Lines as people type them in, lines as Python-Markdown reads them out."""

    md: Scoped

    def begin(self) -> None:
        """Forget the message before."""
        self.out: list[str] = []
        self.before = ""  # the kind of the line before: "", "text" or "item"
        self.quote = ""  # how deep in quotes that line is, as it is written
        self.levels: list[tuple[int, bool]] = []  # of the items around it: indentation, and whether numbered

    def run(self, lines: list[str]) -> list[str]:
        """Set fenced code aside, then write each line that is left."""
        self.begin()
        for piece in pieces(lines):
            if isinstance(piece, str):
                self.put_line(piece)
            else:
                self.put_code(piece)
        text = "\n".join(self.out)
        if RULER.search(text) or len(MARK.findall(text)) > MOST_MARKS:
            raise TooMuchMarkup
        return self.out

    def put_code(self, code: Code) -> None:
        """Set the code aside, inside of the item above when it is indented."""
        inside = "    " * len(self.levels) if code.indent else ""
        place = self.md.scope.code.set_aside("\n".join(code.lines), code.language)
        self.put_break()
        self.out += [inside + self.md.htmlStash.store(place), "", ""]

    def put_line(self, line: str) -> None:
        """Write a line that is not code, with what Markdown needs around it."""
        line = line.expandtabs(4)
        quoted = QUOTE.match(line)
        quote = "> " * quoted[0].count(">") if quoted else ""
        text = line[quoted.end() :] if quoted else line
        if quote != self.quote:
            self.quote = ""
            self.put_break()
            self.quote, self.levels = quote, []
        item = ITEM.match(text)
        if not text.strip(" "):
            self.out.append(quote)
            self.before = ""
        elif item and (self.before != "text" or item["number"] in (None, "1")):
            self.put_item(item, text[item.end() :])
        else:
            self.put_text(text)

    def put_item(self, item: re.Match[str], text: str) -> None:
        """Write an item of a list, four spaces for each level whatever was typed."""
        level = len(item["indent"]), item["number"] is not None
        while self.levels and level[0] < self.levels[-1][0]:
            self.levels.pop()
        if not self.levels or (level[0] > self.levels[-1][0] + 1 and len(self.levels) < DEEPEST_LIST):
            self.levels.append(level)
        elif level[1] != self.levels[-1][1]:
            self.levels[-1] = level
            self.put_break()
        if self.before == "text":
            self.put_break()
        nesting = "    " * (len(self.levels) - 1)
        self.out.append(f"{self.quote}{nesting}{item['mark']} {shielded(text)}")
        self.before = "item"

    def put_text(self, text: str) -> None:
        """Write a line of a paragraph. An indented one belongs to the item above, any other ends the list."""
        inside = "    " * len(self.levels) if text.startswith("  ") else ""
        if not inside:
            if self.before == "item":
                self.put_break()
            self.levels = []
        self.out.append(self.quote + inside + shielded(text.lstrip(" ")))
        self.before = "item" if inside else "text"

    def put_break(self) -> None:
        """Write an empty line, so that Markdown begins something new."""
        self.out.append(self.quote)
        self.before = ""


def shielded(text: str) -> str:
    """`text` with a backslash in a mark that would begin a list or a quote here: one line nests nothing."""
    mark = OTHER_MARK.match(text)
    return f"{text[: mark.end()]}\\{text[mark.end() :]}" if mark else text

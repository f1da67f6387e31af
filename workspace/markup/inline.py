"""What is read inside a line, beside Python-Markdown's own emphasis: code, links, people and tasks.

Every pattern here looks at each character a fixed number of times. Python-Markdown's own processors of links and images take
seconds on a few thousand open brackets, and that of code half a second on a hundred ticks, so they are not used.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX, AtomicString, code_escape

from workspace.markup.scope import Scope, Scoped

# No group is repeated possessively: before Python 3.11.5 such a group keeps what it has to give back.
# \x02 and \x03 are around what Python-Markdown has set aside already; no message contains them.
IN_URL = r"[^\s<>()\x02\x03]"
URL = rf"(?P<url>(?:https?://|mailto:){IN_URL}++(?:\({IN_URL}*+\){IN_URL}*+)*)"
LINK = rf"""!?\[(?P<text>[^\[\]\n]{{0,500}}+)\]\(<?{URL}>?(?: +"(?P<title>[^"\n]{{0,200}}+)")?\)"""
ANGLE_LINK = rf"<{URL}>"
# In running text the comma after an address is not part of it, and neither is the asterisk that ends what is bold.
ENDS = r""".,:;!?'"*_~"""
BARE_LINK = (
    rf"(?<![^\W_])https?://(?:[^\s<>()\x02\x03{ENDS}]|[{ENDS}]++(?=[^\s<>)\x02\x03{ENDS}])|\({IN_URL}*+\))+"
)
ENTITY = r"&(?=(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,9}|[a-zA-Z][a-zA-Z0-9]{0,31});)"
MENTION = r"(?<![\w@/])@([\w.-]{1,32}+)(?![\w@])"
TASK = r"(?<![\w#&/-])(?:#|([A-Z][A-Z0-9]{1,9})-)([0-9]{1,9}+)(?![\w-])"
CODE = r"(?<!\\)(?:(?P<pairs>(?:\\\\)+)(?=`)|(?P<ticks>`+))"
COMMAND = r"\A[/\uff0f]([^\W\d_][\w-]{0,31}+)(?=\s|\Z)"

# Python-Markdown takes the `&` of `&lt;` for the beginning of an entity. This one is an ampersand to everybody.
AMPERSAND = "&#38;"
BACKSLASH = f"{STX}92{ETX}"  # as Python-Markdown sets one aside that stands for itself

Found = tuple[ET.Element | str | None, int]
NOTHING: Found = None, 0


class Reader(InlineProcessor):
    """A pattern, and the function that says what is there and how far it reaches."""

    md: Scoped

    def __init__(self, pattern: str, md: Scoped, read: Callable[[re.Match[str], Scope], Found]) -> None:
        super().__init__(pattern, md)
        self.read = read

    def handleMatch(  # type: ignore[override] # noqa: N802, the name is Python-Markdown's
        self, m: re.Match[str], _data: str
    ) -> tuple[ET.Element | str | None, int | None, int | None]:
        """Ask the function. What it does not know stays text."""
        node, end = self.read(m, self.md.scope)
        return (None, None, None) if node is None else (node, m.start(), end)


class NameReader(Reader):
    """The same for people, tasks and addresses, which are not looked for in the text of a link."""

    ANCESTOR_EXCLUDES = ("a",)


def mention(m: re.Match[str], scope: Scope) -> Found:
    """`@ana`, where Ana is a member."""
    found = scope.person(m[1])
    if found is None:
        return NOTHING
    name, person = found
    span = ET.Element("span", {"class": "mention", "data-user": str(person.pk)})
    # A name has a direction of its own, which must not turn the sentence around it.
    ET.SubElement(span, "bdi").text = AtomicString(f"@{person.handle}")
    return span, m.start(1) + len(name)


def task(m: re.Match[str], scope: Scope) -> Found:
    """`#12` or `WEB-12`, where there is such a task in the project whose key is WEB."""
    url = scope.url(int(m[2])) if m[1] in {None, scope.key} else None
    if url is None:
        return NOTHING
    link = ET.Element("a", {"class": "task-ref", "href": url, "data-task": str(int(m[2]))})
    link.text = AtomicString(m[0])
    return link, m.end()


def link(m: re.Match[str], _scope: Scope) -> Found:
    """`[text](https://…)`, `![text](https://…)`, which shows a link and no image, and `<https://…>`."""
    found = m.groupdict()
    link = outward(found["url"])
    link.text = (found.get("text") or "").strip() or link.text
    if found.get("title"):
        link.set("title", found["title"])
    return link, m.end()


def code(m: re.Match[str], _scope: Scope) -> Found:
    """What stands between two runs of as many ticks, or the backslashes before a run, each pair of them for one."""
    if m["pairs"]:
        return m["pairs"].replace("\\\\", BACKSLASH), m.end()
    ticks, text = m["ticks"], m.string
    closing = find_run(ticks, text, m.end())
    if closing < 0:
        return NOTHING
    node = ET.Element("code")
    node.text = AtomicString(code_escape(text[m.end() : closing].strip()))
    return node, closing + len(ticks)


def find_run(ticks: str, text: str, start: int) -> int:
    """Where a run of exactly these ticks begins, from `start` on; -1 where there is none."""
    found = text.find(ticks, start)
    while found >= 0:
        end = found + len(ticks)
        if text[end : end + 1] != "`":
            return found
        while text[end : end + 1] == "`":
            end += 1
        found = text.find(ticks, end)
    return -1


def bare_link(m: re.Match[str], _scope: Scope) -> Found:
    """An address in the text, as it is: nothing in it is emphasis."""
    return outward(m[0]), m.end()


def outward(url: str) -> ET.Element:
    """A link that opens in a tab of its own, and tells nothing about where it was clicked. Its text is the address."""
    url = url.replace("&", AMPERSAND)
    link = ET.Element("a", {"href": url, "rel": "noopener noreferrer nofollow", "target": "_blank"})
    link.text = AtomicString(url)
    return link


def entity(m: re.Match[str], _scope: Scope) -> Found:
    """The ampersand of `&lt;`, which is shown as it was typed."""
    return AMPERSAND, m.end()


def command(m: re.Match[str], _scope: Scope) -> Found:
    """The `/task` at the start of a command's line."""
    word = ET.Element("code", {"class": "cmd"})
    word.text = AtomicString(f"/{m[1]}")
    return word, m.end()

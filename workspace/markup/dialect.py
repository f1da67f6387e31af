"""The two dialects of Markdown that a project speaks: all of a message, and the line of a slash command."""

import xml.etree.ElementTree as ET

from markdown.extensions.sane_lists import SaneListExtension
from markdown.inlinepatterns import DelimiterProcessor, SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER

from workspace.markup import inline
from workspace.markup.inline import NameReader, Reader
from workspace.markup.lines import ChatLines
from workspace.markup.scope import Scoped

# Raw HTML is not read at all, so it is shown as it was typed. Headings, rules and indented code are not what people in a
# chat mean. Reference links, and Python-Markdown's own links and images, take quadratic time.
NO_PREPROCESSORS = ["normalize_whitespace", "html_block"]
NO_BLOCKS = ["code", "hashheader", "setextheader", "hr", "reference"]
NO_LINKS = ["reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"]
NO_INLINES = [*NO_LINKS, "backtick", "autolink", "automail", "linebreak", "html", "entity"]
CODE_PLACE = HTML_PLACEHOLDER.partition("%")[0]


def message_dialect() -> Scoped:
    """Reads all of a message, or the notes of a task."""
    md = bare_dialect()
    SaneListExtension().extendMarkdown(md)
    md.preprocessors.register(ChatLines(md), "lines", 100)
    md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "@", "~", "<"]
    emphasis = md.inlinePatterns["em_strong"]
    assert isinstance(emphasis, DelimiterProcessor)
    emphasis.add("~", "del", double=True)
    md.inlinePatterns.register(Reader(inline.CODE, md, inline.code), "code", 190)
    md.inlinePatterns.register(Reader(inline.LINK, md, inline.link), "link", 160)
    md.inlinePatterns.register(Reader(inline.ANGLE_LINK, md, inline.link), "angle_link", 150)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\n", "br"), "line_break", 40)
    return md


def command_dialect() -> Scoped:
    """Reads the line of a command: the command's word, people and tasks; all else is what the command was told."""
    md = bare_dialect()
    for name in ("escape", "em_strong"):
        md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(Reader(inline.COMMAND, md, inline.command), "command", 200)
    return md


def bare_dialect() -> Scoped:
    """What both dialects have in common: addresses, people, tasks, and a direction for each paragraph."""
    md = Scoped()
    for name in NO_PREPROCESSORS:
        md.preprocessors.deregister(name)
    for name in NO_BLOCKS:
        md.parser.blockprocessors.deregister(name)
    for name in NO_INLINES:
        md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(NameReader(inline.BARE_LINK, md, inline.bare_link), "bare_link", 140)
    md.inlinePatterns.register(Reader(inline.ENTITY, md, inline.entity), "entity", 130)
    md.inlinePatterns.register(NameReader(inline.MENTION, md, inline.mention), "mention", 120)
    md.inlinePatterns.register(NameReader(inline.TASK, md, inline.task), "task", 110)
    md.treeprocessors.deregister("prettify")
    md.treeprocessors.register(Direction(md), "direction", 10)
    return md


class Direction(Treeprocessor):
    """Lets each paragraph and each item run from the left or from the right, as its own letters do."""

    def run(self, root: ET.Element) -> None:
        """Set `dir` on what holds text, but not on the place of a code block, which is found by its bare `<p>`."""
        for block in root.iter():
            if block.tag in {"p", "li"} and not (block.text or "").startswith(CODE_PLACE):
                block.set("dir", "auto")

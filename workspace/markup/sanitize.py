"""The two gates that all HTML made from people's text goes through: bleach, which also links addresses, then nh3.

Bleach gets no more releases. Nothing depends on it alone: nh3 has the same list and the last word.
"""

import re

import nh3
from bleach.sanitizer import Cleaner

from workspace.markup.highlight import CLASSES as SHADES, CodeBlocks

PROTOCOLS = {"http", "https", "mailto"}
TAGS = {"p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "bdi"}
CLASSES = {"a": {"task-ref"}, "code": {"cmd"}, "p": {"plain"}, "span": {"mention", *SHADES}}
NUMBERS = {"a": {"data-task"}, "ol": {"start"}, "span": {"data-user"}}
FIXED = {
    "p": {"dir": {"auto"}},
    "li": {"dir": {"auto"}},
    "a": {"rel": {"noopener noreferrer nofollow"}, "target": {"_blank"}},
}
INSIDE = re.compile(r"/(?![/\\])")  # a path of this server, and not //elsewhere.example


class Sanitizer:
    """Lets through what is listed above and nothing else, for one thread at a time: bleach's parser keeps state."""

    def __init__(self) -> None:
        self.bleach = Cleaner(TAGS, allowed, PROTOCOLS)
        self.nh3 = nh3.Cleaner(
            tags=TAGS,
            clean_content_tags=set(),
            attributes={**NUMBERS, "a": {"href", "title", "data-task"}},
            tag_attribute_values=FIXED,
            allowed_classes=CLASSES,
            url_schemes=PROTOCOLS,
            url_relative=lambda url: url if INSIDE.match(url) else None,
            link_rel=None,
        )

    def clean(self, html: str, code: CodeBlocks) -> str:
        """`html` with nothing in it that is not allowed, and with its code put back. Nothing changes it after this."""
        return self.nh3.clean(code.put_back(self.bleach.clean(html)))

    def clean_plain(self, html: str) -> str:
        """The same for a text that was escaped."""
        return self.nh3.clean(html)


def allowed(tag: str, name: str, value: str) -> bool:
    """Whether bleach may keep this attribute."""
    if name == "class":
        return value in CLASSES.get(tag, ())
    if tag == "a" and name == "href":
        return not value.startswith("/") or bool(INSIDE.match(value))
    if tag == "a" and name == "title":
        return True
    return (name in NUMBERS.get(tag, ()) and value.isdecimal()) or value in FIXED.get(tag, {}).get(name, ())

"""Texts that are made to keep a reader busy: something to begin with, and what is then said over and over.

Those of `cases/markdown-pathological.json` are published; the others are what was found by pumping each sign of Markdown,
of the commands and of Unicode, alone and beside others, up to just below the bounds at which the renderer gives up.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent.parent / "cases"
SLOWEST = 0.1  # seconds of processor time that one text may take
STEEPEST = 2.6  # times longer for a text of twice the length
TRIES = 5  # a shared processor makes any single time longer
TICK = 0.004  # seconds that are noise where a text is given up between one length and the next


class Family(NamedTuple):
    """A kind of text. `filler` fills up what `most` times the unit leave free; without it the unit fills all."""

    name: str
    unit: str
    prefix: str = ""
    suffix: str = ""
    filler: str = ""
    most: int = 0

    def text(self, length: int) -> str:
        """One of `length` characters."""
        room = length - len(self.prefix) - len(self.suffix)
        units = self.unit * (self.most or room)
        return self.prefix + (units + self.filler * room)[:room] + self.suffix


PUBLISHED = [
    Family(case["name"], case["unit"], case["prefix"], case["suffix"])
    for case in json.loads((CASES / "markdown-pathological.json").read_text())["cases"]
]
SIGNS = [
    *("*", "**", "***", "_", "__", "~~", "*a", "_a", "a_b", "*a ", "a* ", "**a** ", "*a **b** c* ", "_*a*_", "*_", "_**"),
    *("`", "``", "`a", "``a`", "`a` ", "\\`", "\\```", "```\n", "```c\n", "~~~\n", "*`", "`*", "`\n"),
    *("[", "]", "[]", "[](", "](", "![", "[a](<", "[a](https://x.y) ", "[a]: x\n", "[^1]", "*[", "[*", "\\[", "[\n"),
    *("<", "</", "<a", "<a@b>", "<!--", "-->", "<?", "<![CDATA[", "<https://a", "<b>", "<*"),
    *("&", "&a", "&amp;", "&#", "&#x", "&lt;", "&colon;", "&*"),
    *("https://x.y/?a=b&c=d ", "https://a", "https://a.b/(", "https://(", "http://a.b/(c)("),
    *("mailto:", "a@b.c ", "x@y.z"),
    *("@ana ", "@ana", "@ana@", "@a.", "@nobody ", "#1 ", "#1", "#", "WEB-1 ", "WEB-", "@a\n"),
    *("- ", "* ", "+ ", "1. ", "1) ", "> ", ">", " > ", "- - ", "> - 1. ", "- a\n", "- a\n  - b\n", "1. a\n   1. b\n"),
    *("|", "|a|b|\n", "|-|", "# ", "=\n", "---\n", "***\n", "- [ ] ", "    a\n", "99999. "),
    *("\n", "\n\n", "\r", "\r\n", "\t", " ", "  \n", "\u2028", "\u0085", "x", "x "),
    *("a" * 50 + " ", "\\", "\\*", "%20", '"', "("),
    *("\u200b", "\u200d", "\u0301", "e\u0301", "\u202e", "\ufeff", "\0", "\u1160", "\ufdfa", "😀", "ª"),
    *("👨\u200d👩\u200d👧",),
]  # fmt: skip
# Up to here the renderer reads; beyond, it shows the text as it is. So the dearest texts are just below.
MARKS_BELOW = 980
FOUND = [
    Family("ticks that nothing closes", "\\```", most=240, filler="("),
    Family("ticks before tabs", "```\n\\", prefix="*", filler="\t", most=160),
    Family("ticks of all lengths", "` `` ``` ```` ", filler="x", most=98),
    Family("entities behind marks", "a_b", prefix="> ", filler="&amp;", most=MARKS_BELOW),
    Family("addresses behind marks", "_**", prefix="|a|b|\n", filler="<https://a", most=300),
    Family("links in links", "\u200d[https://x.y](https://x.y) ]<!--", prefix="&#~_", most=300),
    Family("emphasis at the bound", "*a _b ", filler="x ", most=MARKS_BELOW // 2),
    Family("brackets at the bound", "[a](", filler="x", most=MARKS_BELOW),
    Family("lists at the bound", "- a\n", filler="&lt;", most=MARKS_BELOW),
    Family("quotes at the bound", "> a\n", filler="https://x.y ", most=MARKS_BELOW),
    Family("names at the bound", "@ana #1 ", filler="WEB-1 ", most=MARKS_BELOW // 2),
    Family("fences at the bound", "```\na\n```\n", filler="x ", most=110),
    Family("code that colours slowly", "(a ", prefix="```c\n"),
]
MARKDOWN = [*PUBLISHED, *(Family(repr(sign), sign) for sign in SIGNS), *FOUND]

# How the line of a command begins, and what follows again and again.
COMMANDS = [
    Family(f"{start!r} {unit!r}", unit, start)
    for start, units in {
        "/task ": ["“", '" ', '"a" ', ".", "#a ", "#l1 ", "@bob ", "@bobb", "~1 ", ">1 ", ">done ", "due:", "a.b "],
        "/task y ": ["\\", "\\@", "`", "due:fri ", "!x ", "a:"],
        "/task x": ["\n```", "\n//x", "\n/done 1", "\n", "\n~~~", "\n> /a"],
        "/done ": ["1,", "12 ", "12 and ", "#0", "x ", "1..9 ", "WEB-1 ", "^ ", ",", "99999999999 ", "#12#13 ", "Task 1 "],
        "/move 12 ": ["1,", "a ", "in ", ">", "-_", "col ", "İ"],
        "/assign 12 ": ["@bob ", "@", "@member1 ", "@me ", "and "],
        "/due 12 ": ["a", "in 3 days ", "next ", "12/01 ", "at ", "9", "-"],
        "/rename 12 ": ["#1 ", "\u0301", "\u200b", "&", ". "],
        "/help ": ["x", "/", "task "],
        "/nosuch ": ["x ", "/"],
        "/": ["a", "/", "a-", "ab_", "é", "!"],
        "": [" ", "x", "\n/done 1", "\uff0f", "\u3164", "//"],
    }.items()
    for unit in units
]  # fmt: skip


def seconds(read: Callable[[str], object], text: str, runs: int = 2) -> float:
    """The best of its runs, in the time of this thread: other programs may be busy."""

    def once() -> float:
        start = time.thread_time()
        read(text)
        return time.thread_time() - start

    best = once()
    return best if best < TICK else min(best, *(once() for _ in range(runs - 1)))


def too_slow(read: Callable[[str], object], family: Family, longest: int) -> list[str]:
    """What is wrong with the time that `read` takes over a family, each time it is asked: nothing, or a sentence."""
    faults = []
    for _ in range(TRIES):
        whole = seconds(read, family.text(longest))
        half = seconds(read, family.text(longest // 2)) if whole > TICK else whole
        if whole < SLOWEST and whole <= STEEPEST * half + TICK:
            return []
        faults = [f"{family.name}: {half * 1000:.1f} ms, twice as long {whole * 1000:.1f} ms"]
    return faults

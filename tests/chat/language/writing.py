"""Commands as text again, in one canonical form: what is written here has to be read as the same.

Each kind of argument has a writer. A kind without one is a `KeyError`, so a new kind is not forgotten.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from chat.language import VOCABULARY, Command, Filter
from chat.language.estimates import _MINUTES as SIZES
from chat.language.lines import _fence_after, head_of, unescaped
from chat.language.queries import _OPENED as OPENED_IN_QUERY
from chat.language.titleline import _OPENED, ESCAPED, items_of

Given = Mapping
SIGILS = tuple("@#!~>/")
MOST = 9_999  # weeks, days and hours that one estimate can name


def written(commands: Sequence[Command]) -> str:
    """A script of these commands."""
    last = len(commands)
    return "\n".join(
        line(command.name, command.arguments, is_last=number == last)
        for number, command in enumerate(commands, 1)
    )


def line(name: str, given: Given, *, is_last: bool = True) -> str:
    """One command, with the lines under it. A text stands there, unless its fence would swallow what follows or what is
    escaped within it shows that its first line was no fence.
    """
    spec = VOCABULARY.find(name)
    parts = [WRITERS[place.kind.placeholder](given) for place in spec.arguments]
    head = " ".join(filter(None, [f"/{spec.name}", *(part.partition("\n")[0] for part in parts)]))
    under = ["\n" + part.partition("\n")[2] for part in parts if "\n" in part]
    said = given.get("text", "") if under else ""
    if not can_be_under(said) or (leaves_fence(said) and not is_last):
        first, *more = said.split("\n", 1)
        head, under = f"{head} {first}", ["\n" + body(each) for each in more]
    return head + "".join(under)


def refs(numbers: Sequence[int]) -> str:
    return ", ".join(f"#{number}" for number in numbers)


def tasks_or_items(given: Given) -> str:
    return ", ".join(filter(None, [refs(given.get("refs", ())), *given.get("parts", ())]))


def people(given: Given) -> str:
    return " ".join(f"@{handle}" for handle in given.get("users", ()))


def labels(given: Given) -> str:
    return " ".join(f"#{name}" for name in given.get("labels", ()))


def date(given: Given) -> str:
    return str(given["due"] or "none").replace("T", "@")


def estimate(given: Given) -> str:
    """As `3pt`, or in weeks, days, hours and minutes: a large one has more minutes than can be typed."""
    value = given.get("estimate", "")
    if not value.endswith("min"):
        return value
    left, parts = int(value.removesuffix("min")), []
    for size, unit in zip(SIZES, "wdhm", strict=True):
        count = left if unit == "m" else min(MOST, left // size)
        parts.append(f"{count}{unit}" if count else "")
        left -= count * size
    return "".join(parts)


def title_line(given: Given) -> str:
    """The tokens come first: a quotation mark of the title must not end in one of theirs."""
    tokens = [*(f"@{handle}" for handle in given.get("assignees", ())), labels(given)]
    tokens += [f"!{given['priority']}" if "priority" in given else "", f"~{estimate(given)}".rstrip("~")]
    tokens += [f'>"{given["column"]}"' if "column" in given else ""]
    tokens += [
        f"due:{date(given)}" if "due" in given else "",
        f'every:"{given["every"]}"' if "every" in given else "",
    ]
    return " ".join(filter(None, [*tokens, escaped(given["title"], _OPENED)])) + (
        f"\n{body(given['body'])}" if "body" in given else ""
    )


def escaped(words: str, opened: re.Pattern[str]) -> str:
    """Words none of which is taken for a token. A backslash before an opening quotation mark makes it a letter."""
    parts = []
    while item := next(items_of(words, 0, opened), None):
        if item.text.startswith((*SIGILS, *ESCAPED)):
            first = item.text.split(maxsplit=1)[0]
            parts.append(f"\\{first}")
            words = words[item.start + len(first) :]
        else:
            parts.append(item.text)
            words = words[item.end :]
    return " ".join(parts)


def body(text: str) -> str:
    """Lines under a command, none of which is taken for one."""
    lines, fence = [], ""
    for each in text.split("\n"):
        is_taken = not fence and (head_of(each) or unescaped(each) != each)
        lines.append(f"/{each}" if is_taken else each)
        fence = _fence_after(lines[-1], fence)
    return "\n".join(lines)


def can_be_under(text: str) -> bool:
    """Whether lines under a command can say this: of two slashes before a name, one is an escape and never comes out."""
    fence = ""
    for each in text.split("\n"):
        if not fence and unescaped(each) != each and not head_of(each):
            return False
        fence = _fence_after(each, fence)
    return True


def leaves_fence(text: str) -> bool:
    fence = ""
    for each in text.split("\n"):
        fence = _fence_after(each, fence)
    return bool(fence)


def text(given: Given) -> str:
    return f"\n{body(given['text'])}" if given.get("text") else ""


def poll(given: Given) -> str:
    question, options = given["question"], given["options"]
    if '"' not in question:
        question = f'"{question}"'
    elif not {"“", "”"} & set(question):
        question = f"“{question}”"
    return "\n".join([question, *(f'- "{option}"' for option in options)])


def items(given: Given) -> str:
    return "\n" + "\n".join(f"- [ ] {item}" for item in given["items"])


def hindrance(given: Given) -> str:
    return f"by {refs(given['by'])}" if "by" in given else given.get("reason", "")


def reminder(given: Given) -> str:
    if "items" in given:
        return f"cancel {given['items'][0]}"
    if "at" not in given:
        return "list"
    who = given["who"] if given["who"] == "here" else f"@{given['who']}"
    when = " ".join(filter(None, [who, refs(given.get("refs", ())), str(given["at"]).replace("T", " ")]))
    return f"{when} to{text(given)}" if "text" in given else when


def query(given: Given) -> str:
    words = escaped(given.get("text", ""), OPENED_IN_QUERY)
    return " ".join(filter(None, [*map(condition, given.get("filters", ())), words]))


def condition(each: Filter) -> str:
    sign = {
        "assignee": "@",
        "label": "#",
        "number": "#",
        "priority": "!",
        "column": ">",
        "is": "is:",
        "text": "",
    }
    value = "none" if each.value is None else str(each.value)
    if each.field == "due":
        typed = f"due:{each.sign}{value.replace('T', '@')}"
    else:
        typed = sign[each.field] + (value.replace(" ", "-") if each.field == "column" else value)
    return f"-{typed}" if each.is_negated else typed


WRITERS: dict[str, Callable[[Given], str]] = {
    "tasks": lambda given: refs(given["refs"]),
    "task": lambda given: refs(given["refs"]),
    "tasks or items": tasks_or_items,
    "people": people,
    "column": lambda given: f'"{given["column"]}"',
    "top|bottom": lambda given: given.get("at", ""),
    "date|none": date,
    "title": title_line,
    "new title": lambda given: given["title"],
    "text": text,
    "question and options": poll,
    "labels": labels,
    "its labels": labels,
    "priority": lambda given: f"!{given['priority']}",
    "estimate": estimate,
    "query": query,
    "when and what": reminder,
    "by tasks|reason": hindrance,
    "by tasks": hindrance,
    "items": items,
    "command": lambda given: given.get("text", ""),
}

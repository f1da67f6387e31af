"""What to be reminded of, and when: "me tomorrow at 9am to call Ana", "me call Ana tomorrow", "12 tomorrow"."""

from collections.abc import Sequence
from datetime import datetime, time

from chat.language import mistakes
from chat.language.dates import BadDate, When, read_date
from chat.language.days import in_utc
from chat.language.mistake import Mistake
from chat.language.moments import Found, find_moment
from chat.language.people import find_member
from chat.language.reading import Reading
from chat.language.refs import take_implied, take_ref
from chat.language.words import Word, normal, unquoted
from workspace.sentences import Sentence

MORNING = time(9)  # of a day without a time
TEXT = 2_000  # characters
HERE = "here"  # everybody in the project


def read_reminder(reading: Reading) -> bool:
    """Take the line as a reminder, as "cancel 3", or as "list"."""
    words = reading.left
    if not words:
        return False
    if len(words) == 1 and reading.means(words[0], {"list"}):
        reading.take_all()
        return True
    if reading.means(words[0], {"cancel"}) and _cancel(words[1:], reading):
        return True
    _who(reading)
    found = find_moment(reading)
    if not found:
        raise _no_date(reading.left, reading)
    _take_refs(found, reading)
    _give(found, reading)
    _check(reading)
    reading.body = ""
    reading.take_all()
    return True


def _cancel(words: Sequence[Word], reading: Reading) -> bool:
    numbers = [word.bare.text.lstrip("#") for word in words]
    if numbers and not (len(numbers) == 1 and numbers[0].isdecimal() and len(numbers[0]) < 7):
        return False  # "cancel the order tomorrow"
    if not numbers:
        raise mistakes.missing_argument("Which reminder?", "/remind cancel 3", reading.whole)
    reading.given["items"] = [int(numbers[0])]
    reading.take_all()
    return True


def _who(reading: Reading) -> None:
    word = reading.word
    assert word is not None  # whoever reads has looked
    if _is_called(HERE, word._replace(text=word.text.removeprefix("@")), reading):
        reading.given["who"] = HERE
    elif word.text.startswith("@"):
        reading.given["who"] = find_member(word.bare, reading)
    else:
        reading.given["who"] = reading.context.me
        if not _is_called("me", word, reading):
            return
    reading.take()


def _is_called(english: str, word: Word, reading: Reading) -> bool:
    """Whether it is this English word, or one of the tongue for it that is nobody's handle."""
    name = normal(word.text)
    return name == english or (name not in reading.known.handles and bool(reading.means(word, {english})))


def _take_refs(found: Found, reading: Reading) -> None:
    for word in found.refs:
        reading.position = reading.words.index(word)
        take_ref(reading)


def _no_date(words: list[Word], reading: Reading) -> Mistake:
    """What is wrong with the end of the line, if it was meant as a date; else that there is none."""
    for count in (1, 2, 3):
        where = reading.span(words[-count:])
        try:
            read_date(where.text, reading.context.now, reading.known.tongue)
        except BadDate as problem:
            if problem.code != "bad_date" or problem.suggestions:
                return Mistake(problem.code, problem.message, where, problem.suggestions)
    return mistakes.no_moment(reading.example, reading.whole)


def _give(found: Found, reading: Reading) -> None:
    now, when = reading.context.now, found.when
    at = when.at or MORNING
    if (
        when.day == now.date() and now.fold
    ):  # the second time that the clock shows this hour: what is to come is of it, too
        at = at.replace(fold=1)
    moment = When(when.day, at)
    if in_utc(datetime.combine(when.day, at, now.tzinfo)) <= in_utc(now):
        raise mistakes.over_already(str(moment).replace("T", " "), reading.span(list(found.typed)))
    reading.given["at"] = moment
    text = unquoted(reading.span(list(found.text)).text) if found.text else ""
    if text := "\n".join(filter(None, [text, reading.body])):
        reading.given["text"] = text


def _check(reading: Reading) -> None:
    given = reading.given
    if len(given.get("text", "")) > TEXT:
        raise Mistake(
            "too_long",
            Sentence(
                "A reminder may have {limit:,} characters, and this has {length:,}.",
                limit=TEXT,
                length=len(given["text"]),
            ),
        )
    if "text" in given or "refs" in given or take_implied(reading):
        return
    raise mistakes.missing_argument("What is it about?", reading.example, reading.whole)

"""What to be reminded of, and when: "me tomorrow at 9am to call Ana", "me call Ana tomorrow", "12 tomorrow"."""

from collections.abc import Sequence
from datetime import datetime, time

from chat.language import mistakes
from chat.language.dates import LONGEST, BadDate, When, read_date, seek_date
from chat.language.days import in_utc
from chat.language.mistake import Mistake
from chat.language.people import find_member
from chat.language.reading import Reading
from chat.language.refs import is_ref, take_implied, take_ref
from chat.language.words import Word, normal, unquoted
from workspace.sentences import Sentence

MORNING = time(9)  # of a day without a time
TEXT = 2_000  # characters
HERE = "here"  # everybody in the project
_BEFORE_A_DATE = frozenset({"on", "by"})


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
    _skip(reading, {"to", "about"})
    if not (_when_first(reading) or _tasks_first(reading)):
        _text_first(reading)
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
    if _is_everybody(word, reading):
        reading.given["who"] = HERE
    elif word.text.startswith("@") or reading.means(word, {"me"}):
        reading.given["who"] = find_member(word.bare, reading)
    else:
        reading.given["who"] = reading.context.me
        return
    reading.take()


def _is_everybody(word: Word, reading: Reading) -> bool:
    """Whether "here" or "@here" is said, or a word of the tongue for it that is nobody's handle."""
    name = normal(word.text.removeprefix("@"))
    if name != HERE and name in reading.known.handles:
        return False
    return bool(reading.means(word._replace(text=name), {HERE}))


def _skip(reading: Reading, fillers: set[str]) -> None:
    if (word := reading.word) and reading.means(word, fillers):
        reading.take()


def _when_first(reading: Reading) -> bool:
    """WHEN to TEXT."""
    words = reading.left
    within = [place for place, word in enumerate(words) if word.start - words[0].start <= LONGEST + 5]
    if not any(reading.means(words[place], {"to"}) for place in within[1:]):
        return False
    # The longest date: where "to" and "at" are one word, what follows the first may belong to it.
    for place in reversed(within[1:]):
        if when := _date(words[:place], reading):
            if not reading.means(words[place], {"to"}):
                return False
            _give(reading, when, words[:place], reading.span(words[place + 1 :]).text)
            return True
    return False


def _tasks_first(reading: Reading) -> bool:
    """REF WHEN, and perhaps what to do about it."""
    words = reading.left
    count = 0
    while count < len(words) and is_ref(words[count], reading.known):
        if count and not (words[count].text.startswith("#") or words[count - 1].text.endswith(",")):
            break
        count += 1
    rest = words[count:]
    if not count or not rest:
        return False
    if when := _date(rest, reading):
        _take_refs(reading, count)
        _give(reading, when, rest, "")
        return True
    start = reading.position
    reading.position += count
    if _when_first(reading):
        reading.position = start
        _take_refs(reading, count)
        return True
    reading.position = start
    return False


def _take_refs(reading: Reading, count: int) -> None:
    for _ in range(count):
        take_ref(reading)


def _text_first(reading: Reading) -> None:
    """TEXT WHEN: the longest end of the line that is a date."""
    words = reading.left
    for place in range(len(words)):
        if words[-1].end - words[place].start <= LONGEST and (when := _date(words[place:], reading)):
            before = words[:place]
            if before and reading.means(before[-1], _BEFORE_A_DATE):
                before = before[:-1]
            _give(reading, when, words[place:], reading.span(before).text if before else "")
            return
    for place in range(len(words) - 1, 0, -1):  # "tomorrow call Ana", where the "to" was left out
        if words[place - 1].end - words[0].start <= LONGEST and (when := _date(words[:place], reading)):
            _give(reading, when, words[:place], reading.span(words[place:]).text)
            return
    raise _no_date(words, reading)


def _date(words: Sequence[Word], reading: Reading) -> When | None:
    if len(words) > 1 and reading.means(words[0], _BEFORE_A_DATE):
        words = words[1:]
    return seek_date(reading.span(list(words)).text, reading.context.now, reading.known.tongue)


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


def _give(reading: Reading, when: When, typed: list[Word], text: str) -> None:
    now, at = reading.context.now, when.at or MORNING
    if (
        when.day == now.date() and now.fold
    ):  # the second time that the clock shows this hour: what is to come is of it, too
        at = at.replace(fold=1)
    moment = When(when.day, at)
    if in_utc(datetime.combine(when.day, at, now.tzinfo)) <= in_utc(now):
        raise mistakes.over_already(str(moment).replace("T", " "), reading.span(typed))
    reading.given["at"] = moment
    if text := "\n".join(filter(None, [unquoted(text), reading.body])):
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

"""A question with its choices: `"Lunch?" "Pizza" "Sushi"`, or a line with the choices under it."""

import re

from chat.language import mistakes
from chat.language.reading import Reading
from chat.language.words import Word, unquoted
from workspace.sentences import Sentence

QUESTION, OPTION = 200, 80  # characters
FEWEST, MOST = 2, 10  # options
YES_OR_NO = ("Yes", "No")
_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”')
_BULLET = re.compile(r"\s*(?:[-*+•–]|\d{1,2}[.)])\s+")


def read_poll(reading: Reading) -> bool:
    """Take the line and the lines under it as a question and its options; without any it is a matter of yes or no."""
    rest = reading.rest
    question, options = _in_line(rest)
    options += [_without_bullet(line) for line in reading.body.splitlines() if line.strip()]
    options = [unquoted(_plain(option)) for option in options]
    question = _plain(question)
    if not question:
        raise mistakes.missing_argument("What is the question?", reading.example, rest)
    if len(question) > QUESTION:
        raise mistakes.bad_poll(
            Sentence(
                "The question is {length} characters; the limit is {limit}.",
                length=len(question),
                limit=QUESTION,
            ),
            rest,
        )
    _check(options, rest)
    reading.given["question"] = question
    reading.given["options"] = options or list(YES_OR_NO)
    reading.body = ""
    reading.take_all()
    return True


def _in_line(rest: Word) -> tuple[str, list[str]]:
    """The question and the quoted options after it. A line with other quotes in it is all question."""
    parts = list(_QUOTED.finditer(rest.text))
    if not parts:
        return rest.text, []
    before, between = rest.text[: parts[0].start()], _QUOTED.sub("", rest.text[parts[0].start() :])
    found = ["".join(part.groups("")) for part in parts]
    if not before and between.strip():
        raise mistakes.bad_poll(
            Sentence('Put the question and each option in quotes: "Lunch?" "Pizza" "Sushi".'), rest
        )
    if not before:
        return found[0], found[1:]
    if between.strip() or len(found) < FEWEST:
        return rest.text, []
    return before, found


def _without_bullet(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _check(options: list[str], where: Word) -> None:
    if len(options) == 1:
        raise mistakes.bad_poll(
            Sentence("A poll needs {fewest} options or more, or none for yes and no.", fewest=FEWEST), where
        )
    if len(options) > MOST:
        raise mistakes.bad_poll(
            Sentence("{count} options in one poll; the limit is {limit}.", count=len(options), limit=MOST),
            where,
        )
    if not all(options):
        raise mistakes.bad_poll(
            Sentence("One of the options is empty. Write something between its quotes."), where
        )
    if long := next((option for option in options if len(option) > OPTION), None):
        raise mistakes.bad_poll(
            Sentence(
                "An option is {length} characters; the limit is {limit}.", length=len(long), limit=OPTION
            ),
            where,
        )
    seen = {option.casefold() for option in options}
    if len(seen) < len(options):
        raise mistakes.bad_poll(Sentence("Two of the options are the same."), where)


def _plain(text: str) -> str:
    return " ".join(text.split())

"""From a text to talk, a script, or a refusal."""

import re
from collections.abc import Sequence
from operator import itemgetter

from chat.language import mistakes
from chat.language.arguments import read_arguments
from chat.language.cleaning import clean, is_blank
from chat.language.context import Surroundings
from chat.language.filters import Query
from chat.language.known import Known
from chat.language.lines import CommandLine, Head, command_lines, head_of, straightened, unescaped
from chat.language.mistake import NOWHERE, Mistake
from chat.language.queries import EXAMPLE, query_of
from chat.language.reading import Reading
from chat.language.results import Command, Parsed, Refusal, Script, Talk
from chat.language.specs import VOCABULARY, Spec, Vocabulary
from chat.language.tongue import Tongue

LONGEST = 8_000  # characters
MOST = 20  # commands


def parse(text: str, context: Surroundings, vocabulary: Vocabulary = VOCABULARY) -> Parsed:
    """What `text` means to somebody in these surroundings. Never raises, and asks the context no more than it must.

    The commands are those that `chat.commands` registers, unless another `vocabulary` is given.
    """
    text = clean(text)
    try:
        _check_size(text)
    except Mistake as mistake:
        return _refusal(mistake)
    lines = straightened(text).split("\n")
    if not head_of(lines[0]):
        return Talk(unescaped(text))
    return _script(text, command_lines(lines), context, vocabulary)


def parse_query(text: str, context: Surroundings) -> Query | Refusal:
    """What `text` asks for where it stands alone, in an address or a field. Never raises."""
    text = clean(text).replace("\n", " ")
    line = CommandLine(1, text, Head("", NOWHERE, is_clean=True))
    reading = Reading(line, Known(context, VOCABULARY), EXAMPLE)
    try:
        return query_of(reading)
    except Mistake as mistake:
        return _refusal(mistake, line)


def _check_size(text: str) -> None:
    if len(text) > LONGEST:
        raise mistakes.too_long(len(text), LONGEST)
    if is_blank(text):
        raise mistakes.empty()


def _script(text: str, lines: list[CommandLine], context: Surroundings, vocabulary: Vocabulary) -> Parsed:
    commands = []
    known = Known(context, vocabulary)
    for line in lines[: MOST + 1]:
        try:
            if len(lines) > MOST:
                raise mistakes.too_many(len(lines), "commands in one message", MOST)
            commands.append(_command(line, known, vocabulary, is_alone=len(lines) == 1))
        except Mistake as mistake:
            return _refusal(mistake, line)
    return Script(_as_said(text, commands), commands)


def _as_said(text: str, commands: Sequence[Command]) -> str:
    """The text as everybody reads it: what another tongue has words for is in English."""
    lines = text.split("\n")
    for command in commands:
        if command.in_english != command.source.partition("\n")[0]:
            lines[command.line - 1] = command.in_english
    return "\n".join(lines)


def _command(line: CommandLine, known: Known, vocabulary: Vocabulary, *, is_alone: bool) -> Command:
    spec = _spec_of(line, vocabulary, known.tongue)
    if spec.is_private and not is_alone:
        raise mistakes.not_alone(spec.name, line.head.word)
    reading = read_arguments(spec, line, known)
    source = "\n".join([line.text, *line.under])
    parts, english = sorted(reading.parts, key=itemgetter(1)), _in_english(spec, reading, vocabulary)
    return Command(spec.name, reading.given, line.number, source, reading.notes, parts, english)


def _in_english(spec: Spec, reading: Reading, vocabulary: Vocabulary) -> str:
    head = reading.line.head
    renamed = [] if vocabulary.find(head.name) else [(head.word, f"/{spec.name}")]
    text, end = "", 0
    for word, english in sorted([*renamed, *reading.in_english], key=lambda pair: pair[0].start):
        if word.start >= end:
            text += reading.line.text[end : word.start] + english
            end = word.end
    return text + reading.line.text[end:]


def _spec_of(line: CommandLine, vocabulary: Vocabulary, tongue: Tongue) -> Spec:
    head = line.head
    spec = vocabulary.find(head.name, tongue)
    if spec and head.is_clean:
        return spec
    rest = line.text[head.word.end :].rstrip()
    lines = [f"/{name}{rest}" for name in _meant(head.name, vocabulary, tongue)]
    raise mistakes.unknown_command(head.word.text[1:], head.word, lines)


def _meant(name: str, vocabulary: Vocabulary, tongue: Tongue) -> Sequence[str]:
    """What may have been meant by a name that is not quite one: "done" with something stuck to it, or near it."""
    if known := vocabulary.find(name, tongue):
        return [known.name]
    stuck = re.fullmatch(r"(\D+)(\d+)", name)
    if stuck and (known := vocabulary.find(stuck[1], tongue)):
        return [f"{known.name} {stuck[2]}"]
    return vocabulary.near(name, tongue)


def _refusal(mistake: Mistake, line: CommandLine | None = None) -> Refusal:
    return Refusal(
        mistake.code,
        mistake.message,
        line=line.number + mistake.line if line else 1,
        start=mistake.where.start,
        end=mistake.where.end,
        suggestions=mistake.suggestions,
        fixes=mistake.fixes(line.text) if line else (),
        can_send_as_text=mistake.can_send_as_text,
    )

"""Reading what follows a command's name, as its signature says."""

from chat.language import mistakes
from chat.language.kinds import TEXT
from chat.language.known import Known
from chat.language.lines import CommandLine
from chat.language.reading import Reading
from chat.language.refs import is_ref, take_implied
from chat.language.specs import Argument, Spec
from chat.language.titles import take_by_title


def read_arguments(spec: Spec, line: CommandLine, known: Known) -> Reading:
    """What `line` gives to its command, with notes for its author. Raises `Mistake`."""
    reading = Reading(line, known, spec.example)
    while reading.word and _read_next(spec, reading):
        pass
    if reading.word and spec.takes_tasks_only:
        take_by_title(reading)
    for argument in spec.arguments:
        if argument.kind.reads_body and argument.kind.key not in reading.given:
            argument.kind.read(reading)
        _check_given(argument, spec, reading)
    reading.check_nothing_left()
    return reading


def _read_next(spec: Spec, reading: Reading) -> bool:
    """Whether one more argument was read. What takes the rest of the line waits for what comes before it."""
    for number, argument in enumerate(spec.arguments):
        if argument.kind.takes_rest:
            if argument.kind.key in reading.given:
                continue
            for earlier in spec.arguments[:number]:
                _check_given(earlier, spec, reading)
        start = reading.position
        if argument.kind.read(reading):
            if not argument.kind.has_tokens:
                reading.mark(argument.kind.key, reading.span(reading.words[start : reading.position]))
            return True
    return False


def _check_given(argument: Argument, spec: Spec, reading: Reading) -> None:
    if argument.kind.key in reading.given:
        return
    if not argument.is_required and not _is_begun(argument, reading):
        if argument.kind is TEXT:  # what is said may be nothing
            reading.given["text"] = ""
        return
    if argument.kind.key == "refs":
        _find_task(argument, spec, reading)
    else:
        raise mistakes.missing_argument(argument.kind.question, spec.example, reading.line.head.word)


def _is_begun(argument: Argument, reading: Reading) -> bool:
    """Whether there are fillers, and nothing that they lead to: "/unassign 12 and" must not take everybody off."""
    return argument.kind.has_fillers and any(part.key == argument.kind.key for part in reading.parts)


def _find_task(argument: Argument, spec: Spec, reading: Reading) -> None:
    """No word refers to a task: it is the one whose conversation this is, or a mistake."""
    left = reading.left
    if take_implied(reading):
        return
    if len(left) > 1 and is_ref(left[-1], reading.known):
        first, ref = left[0], left[-1].bare.text
        line = f"{reading.line.head.word.text} {ref} {reading.span(left[:-1]).text}"
        raise mistakes.unknown_task(f'"{first.text}"', first, [line])
    raise mistakes.missing_argument(argument.kind.question, spec.example, reading.line.head.word)

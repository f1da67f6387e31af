"""Readers of what a task is marked with, where a command takes nothing else: labels, a priority, an estimate."""

from collections.abc import Callable

from chat.language import estimates, mistakes
from chat.language.labels import add_known_label, add_label, is_label, name_of
from chat.language.priorities import find_priority
from chat.language.reading import Reading
from chat.language.refs import pieces_up_to_ref
from chat.language.words import Word


def read_labels(reading: Reading) -> bool:
    """Labels, with or without their "#", up to the next reference; unknown ones are to be made."""
    return _labels(reading, add_label)


def read_known_labels(reading: Reading) -> bool:
    """Labels that the project has, up to the next reference."""
    return _labels(reading, add_known_label)


def _labels(reading: Reading, add: Callable[[Word, Reading], None]) -> bool:
    start = reading.position
    for piece in pieces_up_to_ref(reading, "words that name labels", reading.known.labels):
        if not is_label(name_of(piece)):
            raise mistakes.bad_label(piece.text, piece)
        add(piece, reading)
    return reading.position > start


def read_priority(reading: Reading) -> bool:
    """The rest of the line as a priority."""
    reading.given["priority"] = find_priority(reading.rest.bare, reading)
    reading.take_all()
    return True


def read_estimate(reading: Reading) -> bool:
    """The rest of the line as an estimate, or none."""
    typed = reading.rest.bare
    text = "".join(typed.text.lower().removeprefix("~").split())
    found = "none" if text == "none" else reading.means(typed, {"none"}) or estimates.read_estimate(text)
    if not found:
        units = [f"{text}h", f"{text}pt"] if text.isdecimal() and estimates.read_estimate(f"{text}h") else []
        raise mistakes.bad_estimate(typed.text, typed, units)
    reading.given["estimate"] = found
    reading.take_all()
    return True

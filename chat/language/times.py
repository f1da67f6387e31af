"""Times of day."""

import re
from datetime import time

from chat.language.days import BadDate
from workspace.sentences import Sentence


def read_time(text: str) -> time:
    """The time that "17:00", "5pm" or "noon" names. Raises `BadDate`."""
    if text in {"noon", "midnight"}:
        return time(12 if text == "noon" else 0)
    hour, minute = (int(number) for number in [*re.findall(r"\d+", text), 0][:2])
    if text.endswith("m"):
        hour = hour % 12 + (12 if text.endswith("pm") else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise BadDate(Sentence('"{text}" is not a time of day.', text=text))
    return time(hour, minute)

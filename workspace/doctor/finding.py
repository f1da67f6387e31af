"""What the doctor has to say."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One sentence about what is, and one about what to do. A fault breaks a promise; a warning may be meant so."""

    sentence: str
    remedy: str
    is_fault: bool


def fault(sentence: str, remedy: str) -> Finding:
    return Finding(sentence, remedy, is_fault=True)


def warning(sentence: str, remedy: str) -> Finding:
    return Finding(sentence, remedy, is_fault=False)

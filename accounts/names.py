"""What people may be called: display names and handles."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from accounts.lookalikes import disguised

# Words of commands, and those that read as a call to everybody.
RESERVED_HANDLES = frozenset({"me", "here", "all", "everyone", "channel", "none", "last", "and", "to"})
HANDLE_LENGTH = 32
# Han, kana and Hangul are written together with each other and with Latin letters.
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"})
JOINERS = "\u200c\u200d"
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs, says Unicode, that show nothing
MARKS_IN_A_ROW = 3


def visible(text: str) -> str:
    """`text` in one line, without invisible characters, marks piled into a tower, and extra spaces.

    Names are shown beside one another, so one must not reverse, hide or overprint what stands next to it.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    kept: list[str] = []
    for character in spaced:
        if _may_follow(character, kept):
            kept.append(character)
    # What stood around something that was left out is side by side now.
    return unicodedata.normalize("NFC", " ".join("".join(kept).strip(JOINERS + " ").split()))


def is_blank(text: str) -> bool:
    """Whether `text` shows nothing."""
    return all(not _is_shown(each) or unicodedata.category(each)[0] in "ZM" for each in text)


def clean_name(text: str) -> str:
    """`text` as a name to show, as `visible` makes it. Raises `ValidationError` where nothing is left to read."""
    name = visible(text)
    if is_blank(name):
        raise ValidationError("Write a name that others can read.")
    return name


def clean_handle(text: str) -> str:
    """`text` as a handle: lower case, in one normal form. Raises `ValidationError` with what is wrong with it."""
    handle = unicodedata.normalize("NFKC", text.strip().removeprefix("@")).lower()
    if not handle or len(handle) > HANDLE_LENGTH:
        raise ValidationError(f"A handle has 1 to {HANDLE_LENGTH} characters.")
    if not re.fullmatch(r"[\w.-]+", handle) or not all(map(_belongs_in_handle, handle)):
        raise ValidationError("A handle is made of letters, digits, dots, dashes and underscores.")
    if handle[0] in ".-" or handle[-1] in ".-":
        raise ValidationError("A handle does not start or end with a dot or a dash.")
    if not any(map(str.isalpha, handle)):
        raise ValidationError("A handle needs a letter, so that it is not taken for a task number.")
    if handle in RESERVED_HANDLES:
        raise ValidationError(f"@{handle} has a meaning of its own. Choose another handle.")
    if len(_alphabets(handle) - EAST_ASIAN) > 1:
        raise ValidationError("A handle keeps to one alphabet, so that it cannot pass for another one.")
    if latin := disguised(handle):
        raise ValidationError(f"This handle would be read as “{latin}”. Add a letter that gives it away.")
    return handle


def propose_handles(name: str, email: str) -> list[str]:
    """Handles that suit a person, best first: the first name, the whole name, the start of the address."""
    words = [re.sub(r"[^\w-]", "", word) for word in unicodedata.normalize("NFKC", name).lower().split()]
    wishes = [*words[:1], ".".join(words), email.partition("@")[0], "person"]
    return [handle for wish in wishes if (handle := _handle_or_none(wish[:HANDLE_LENGTH]))]


def _handle_or_none(wish: str) -> str | None:
    try:
        return clean_handle(wish.strip(".-"))
    except ValidationError:
        return None


def _belongs_in_handle(character: str) -> bool:
    return character in "._-" or (character not in FILLERS and unicodedata.category(character)[0] in "LNM")


def _alphabets(text: str) -> set[str]:
    return {unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()}


def _may_follow(character: str, before: list[str]) -> bool:
    category = unicodedata.category(character)
    if character in JOINERS:  # emoji families and Persian words need them; Latin names do not
        return bool(before) and not before[-1].isascii() and before[-1] not in JOINERS
    if category == "Mn":
        return any(unicodedata.category(mark) != "Mn" for mark in before[-MARKS_IN_A_ROW:])
    return _is_shown(character)


def _is_shown(character: str) -> bool:
    """Whether it leaves a trace on a screen. Pictures may be younger than what this Python knows of Unicode."""
    if unicodedata.category(character)[0] == "C":
        return "\U0001f000" <= character <= "\U0001faff"
    return character not in FILLERS

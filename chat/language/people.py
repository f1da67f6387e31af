"""Who is meant by "@ana" or "me"."""

from chat.language import mistakes
from chat.language.nearest import nearest
from chat.language.reading import Reading
from chat.language.words import Word, is_wordlike, normal

MOST = 10


def is_handle(text: str) -> bool:
    """Whether `text` can be somebody's handle."""
    return is_wordlike(text, "._-") and text.strip("._-") != ""


def find_member(word: Word, reading: Reading, *, escape: str = "") -> str:
    """The handle of the member that `word` names, with or without its "@". Raises `Mistake`.

    `escape` is how to write the word where no person is meant.
    """
    name = word.text.removeprefix("@")
    if normal(name) == "me":
        return reading.context.me
    handles = reading.known.handles
    if normal(name) in handles:
        return handles[normal(name)]
    if reading.known.tongue.word(name) == "me":
        reading.in_english.append((word, f"{word.text[: -len(name)]}me"))
        return reading.context.me
    raise mistakes.unknown_user(
        name, word, [f"@{each}" for each in nearest(name, handles.values())], escape=escape
    )


def add_member(handle: str, people: list[str], word: Word) -> None:
    """Note a person, once, and ten at most."""
    if handle not in people:
        people.append(handle)
    if len(people) > MOST:
        raise mistakes.too_many(len(people), "people on one task", MOST, word)

"""Everything that can be wrong with a text, in the sentences people read: what is wrong, then what to type."""

from collections.abc import Sequence

from chat.language.words import Word, clipped, listing

NOWHERE = Word("", 0, 0)


class Mistake(Exception):
    """A text cannot be understood; raised by the readers, turned into a `Refusal` by the parser.

    `where` is the wrong part of the line. `quoted`: a suggestion with a space needs quotes to stand there.
    `line` counts from the command's own line.
    """

    def __init__(
        self,
        code: str,
        message: str,
        where: Word = NOWHERE,
        suggestions: Sequence[str] = (),
        *,
        quoted: bool = False,
        line: int = 0,
        can_send_as_text: bool = False,
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.where, self.line = code, message, where, line
        self.suggestions, self.quoted, self.can_send_as_text = suggestions, quoted, can_send_as_text

    def fixes(self, line: str) -> list[str]:
        """The suggestions as complete lines."""
        return [each if each.startswith("/") else self._within(line, each) for each in self.suggestions]

    def _within(self, line: str, suggestion: str) -> str:
        if self.quoted and " " in suggestion:
            suggestion = f'"{suggestion}"'
        return line[: self.where.start] + suggestion + line[self.where.end :]


def empty() -> Mistake:
    return Mistake("empty", "There is nothing to send yet. Write something first.")


def too_long(length: int, limit: int) -> Mistake:
    surplus = length - limit
    noun = "character" if surplus == 1 else "characters"
    return Mistake("too_long", f"This message is {surplus:,} {noun} too long; the limit is {limit:,}.")


def too_many(count: int, what: str, limit: int, where: Word = NOWHERE) -> Mistake:
    return Mistake("too_many", f"{count:,} {what}; the limit is {limit}.", where)


def unknown_command(name: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f"There is no command /{clipped(name)}."
    if not suggestions:
        message += " Type /help to see all of them."
    return Mistake("unknown_command", message, where, suggestions, can_send_as_text=True)


def not_alone(name: str, where: Word) -> Mistake:
    message = f"/{name} is answered to you alone. Send it in a message of its own."
    return Mistake("unexpected_text", message, where)


def missing_argument(question: str, example: str, where: Word = NOWHERE) -> Mistake:
    return Mistake("missing_argument", f"{question} Try {example}.", where)


def unexpected_text(understood: str, where: Word, *, line: int = 0) -> Mistake:
    message = f'I understood {clipped(understood)} but not "{clipped(where.text)}".'
    return Mistake("unexpected_text", message, where, line=line)


def unknown_task(name: str, where: Word, suggestions: Sequence[str] = ()) -> Mistake:
    return Mistake("unknown_task", f"There is no task {clipped(name)} in this project.", where, suggestions)


def several_tasks(title: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f'More than one task matches "{clipped(title)}". Choose one by its number.'
    return Mistake("unknown_task", message, where, suggestions)


def unknown_item(number: int, item: int, where: Word) -> Mistake:
    message = f"#{number}.{item} is an item, and this takes whole tasks. Type #{number} for the task."
    return Mistake("unknown_task", message, where, [f"#{number}"])


def nothing_touched(example: str, where: Word) -> Mistake:
    message = f"You have changed no task here yet, so there is no last one. Try {example}."
    return Mistake("missing_argument", message, where)


def wrong_project(ref: str, where: Word) -> Mistake:
    return Mistake("wrong_project", f"{clipped(ref)} belongs to another project.", where)


def unknown_user(handle: str, where: Word, suggestions: Sequence[str], *, escape: str = "") -> Mistake:
    message = f"There is no member @{clipped(handle)} in this project."
    if escape and not suggestions:
        message += f" To keep the word in the title, type {clipped(escape)}."
    return Mistake("unknown_user", message, where, suggestions)


def unknown_column(name: str, columns: Sequence[str], where: Word) -> Mistake:
    message = f'There is no column "{clipped(name)}" ({", ".join(columns)}).'
    return Mistake("unknown_column", message, where)


def several_columns(name: str, found: Sequence[str], where: Word, *, quoted: bool = False) -> Mistake:
    message = f'"{clipped(name)}" can be {listing(list(found), "or")}. Type more of its name.'
    return Mistake("unknown_column", message, where, found, quoted=quoted)


def unknown_priority(typed: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f'"{clipped(typed)}" is not a priority.'
    return Mistake("unknown_priority", message, where, suggestions)


def not_a_priority(typed: str, known: Sequence[str], where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f'"{clipped(typed)}" is not a priority. Priorities are {", ".join(known[:-1])} and {known[-1]}.'
    return Mistake("unknown_priority", message, where, suggestions)


def bad_label(typed: str, where: Word) -> Mistake:
    message = f'"{clipped(typed)}" cannot be a label. A label is one word with a letter in it, like #bug.'
    return Mistake("bad_label", message, where)


def unknown_label(name: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f"There is no label #{clipped(name)} in this project."
    return Mistake("bad_label", message, where, suggestions)


def bad_estimate(typed: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f'"{clipped(typed)}" is not an estimate. Write 3pt, 2h, 1h30m or none.'
    return Mistake("bad_estimate", message, where, suggestions)


def bad_filter(message: str, where: Word, suggestions: Sequence[str] = ()) -> Mistake:
    return Mistake("bad_filter", message, where, suggestions)


def no_such_label(name: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f"There is no label #{clipped(name)} here."
    if not suggestions:
        message += f" To look for the word, type {clipped(name)} without the #."
    return bad_filter(message, where, suggestions)


def unknown_state(typed: str, where: Word, known: list[str], near: Sequence[str]) -> Mistake:
    message = f'"{clipped(typed)}" is not a filter. There are {listing(known)}.'
    return bad_filter(message, where, near or known[:3])


def query_too_long(length: int, limit: int, where: Word) -> Mistake:
    return bad_filter(f"The query is {length:,} characters; the limit is {limit}.", where)


def bad_repeat(typed: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    hint = "" if suggestions else " Try every:week, every:2w or every:mon,thu."
    message = f'"{clipped(typed)}" is no way to repeat.{hint}'
    return Mistake("bad_repeat", message, where, suggestions)


def reason_too_long(length: int, limit: int, where: Word) -> Mistake:
    return Mistake("too_long", f"The reason is {length:,} characters; the limit is {limit}.", where)


def no_moment(example: str, where: Word) -> Mistake:
    return Mistake("bad_date", f"There is no time in this. Say when: {example}.", where)


def over_already(moment: str, where: Word) -> Mistake:
    message = f"{moment} is over already. Say a later time."
    return Mistake("past_date", message, where, ["in 1 hour", "tomorrow"])


def bad_poll(message: str, where: Word) -> Mistake:
    return Mistake("bad_poll", message, where)


def duplicate_token(what: str, where: Word) -> Mistake:
    return Mistake("duplicate_token", f"This line sets {what} twice.", where)


def title_empty(example: str, where: Word) -> Mistake:
    return Mistake("title_empty", f"A task needs a title. Try {example}.", where)


def title_of_numbers(ref: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = f"A title needs words, not only {clipped(ref)}. Write what is to be done."
    return Mistake("title_empty", message, where, suggestions)


def title_too_long(length: int, limit: int, where: Word) -> Mistake:
    message = f"The title is {length:,} characters; the limit is {limit}. Put the details on the next line."
    return Mistake("title_too_long", message, where)

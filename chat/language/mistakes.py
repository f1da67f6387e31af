"""Everything that can be wrong with a text, in the sentences people read: what is wrong, then what to type."""

from collections.abc import Sequence

from chat.language.mistake import NOWHERE, Mistake
from chat.language.words import Word, clipped, listing
from workspace.sentences import Sentence, together


def empty() -> Mistake:
    return Mistake("empty", Sentence("There is nothing to send yet. Write something first."))


def too_long(length: int, limit: int) -> Mistake:
    surplus = length - limit
    one = "This message is {surplus} character too long; the limit is {limit:,}."
    many = "This message is {surplus:,} characters too long; the limit is {limit:,}."
    return Mistake("too_long", Sentence(one if surplus == 1 else many, surplus=surplus, limit=limit))


def too_many(count: int, what: str, limit: int, where: Word = NOWHERE) -> Mistake:
    return Mistake(
        "too_many",
        Sentence("{count:,} {what}; the limit is {limit}.", count=count, what=Sentence(what), limit=limit),
        where,
    )


def unknown_command(name: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence("There is no command /{name}.", name=clipped(name))
    if not suggestions:
        message = together(message, Sentence("Type /help to see all of them."))
    return Mistake("unknown_command", message, where, suggestions, can_send_as_text=True)


def not_alone(name: str, where: Word) -> Mistake:
    message = Sentence("/{name} is answered to you alone. Send it in a message of its own.", name=name)
    return Mistake("unexpected_text", message, where)


def missing_argument(question: str, example: str, where: Word = NOWHERE) -> Mistake:
    return Mistake(
        "missing_argument",
        Sentence("{question} Try {example}.", question=Sentence(question), example=example),
        where,
    )


def unexpected_text(understood: str, where: Word, *, line: int = 0) -> Mistake:
    message = Sentence(
        'I understood {understood} but not "{text}".',
        understood=clipped(understood),
        text=clipped(where.text),
    )
    return Mistake("unexpected_text", message, where, line=line)


def unknown_task(name: str, where: Word, suggestions: Sequence[str] = ()) -> Mistake:
    return Mistake(
        "unknown_task",
        Sentence("There is no task {name} in this project.", name=clipped(name)),
        where,
        suggestions,
    )


def several_tasks(title: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence(
        'More than one task matches "{title}". Choose one by its number.', title=clipped(title)
    )
    return Mistake("unknown_task", message, where, suggestions)


def unknown_item(number: int, item: int, where: Word) -> Mistake:
    message = Sentence(
        "#{number}.{item} is an item, and this takes whole tasks. Type #{number} for the task.",
        number=number,
        item=item,
    )
    return Mistake("unknown_task", message, where, [f"#{number}"])


def nothing_touched(example: str, where: Word) -> Mistake:
    message = Sentence(
        "You have changed no task here yet, so there is no last one. Try {example}.", example=example
    )
    return Mistake("missing_argument", message, where)


def wrong_project(ref: str, where: Word) -> Mistake:
    return Mistake("wrong_project", Sentence("{ref} belongs to another project.", ref=clipped(ref)), where)


def unknown_user(handle: str, where: Word, suggestions: Sequence[str], *, escape: str = "") -> Mistake:
    message = Sentence("There is no member @{handle} in this project.", handle=clipped(handle))
    if escape and not suggestions:
        message = together(
            message, Sentence("To keep the word in the title, type {word}.", word=clipped(escape))
        )
    return Mistake("unknown_user", message, where, suggestions)


def unknown_column(name: str, columns: Sequence[str], where: Word) -> Mistake:
    message = Sentence(
        'There is no column "{name}" ({columns}).', name=clipped(name), columns=", ".join(columns)
    )
    return Mistake("unknown_column", message, where)


def several_columns(name: str, found: Sequence[str], where: Word, *, quoted: bool = False) -> Mistake:
    message = Sentence(
        '"{name}" can be {columns}. Type more of its name.',
        name=clipped(name),
        columns=listing(list(found), "or"),
    )
    return Mistake("unknown_column", message, where, found, quoted=quoted)


def unknown_priority(typed: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence('"{typed}" is not a priority.', typed=clipped(typed))
    return Mistake("unknown_priority", message, where, suggestions)


def not_a_priority(typed: str, known: Sequence[str], where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence(
        '"{typed}" is not a priority. Priorities are {known}.',
        typed=clipped(typed),
        known=listing(list(known)),
    )
    return Mistake("unknown_priority", message, where, suggestions)


def bad_label(typed: str, where: Word) -> Mistake:
    message = Sentence(
        '"{typed}" cannot be a label. A label is one word with a letter in it, like #bug.',
        typed=clipped(typed),
    )
    return Mistake("bad_label", message, where)


def unknown_label(name: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence("There is no label #{name} in this project.", name=clipped(name))
    return Mistake("bad_label", message, where, suggestions)


def bad_estimate(typed: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence('"{typed}" is not an estimate. Write 3pt, 2h, 1h30m or none.', typed=clipped(typed))
    return Mistake("bad_estimate", message, where, suggestions)


def bad_repeat(typed: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence('"{typed}" is no way to repeat.', typed=clipped(typed))
    if not suggestions:
        message = together(message, Sentence("Try every:week, every:2w or every:mon,thu."))
    return Mistake("bad_repeat", message, where, suggestions)


def reason_too_long(length: int, limit: int, where: Word) -> Mistake:
    return Mistake(
        "too_long",
        Sentence("The reason is {length:,} characters; the limit is {limit}.", length=length, limit=limit),
        where,
    )


def no_moment(example: str, where: Word) -> Mistake:
    return Mistake(
        "bad_date", Sentence("There is no time in this. Say when: {example}.", example=example), where
    )


def over_already(moment: str, where: Word) -> Mistake:
    message = Sentence("{moment} is over already. Say a later time.", moment=moment)
    return Mistake("past_date", message, where, ["in 1 hour", "tomorrow"])


def bad_poll(message: str, where: Word) -> Mistake:
    return Mistake("bad_poll", message, where)


def duplicate_token(what: str, where: Word) -> Mistake:
    return Mistake("duplicate_token", Sentence("This line sets {what} twice.", what=Sentence(what)), where)


def title_empty(example: str, where: Word) -> Mistake:
    return Mistake("title_empty", Sentence("A task needs a title. Try {example}.", example=example), where)


def title_of_numbers(ref: str, where: Word, suggestions: Sequence[str]) -> Mistake:
    message = Sentence("A title needs words, not only {ref}. Write what is to be done.", ref=clipped(ref))
    return Mistake("title_empty", message, where, suggestions)


def title_too_long(length: int, limit: int, where: Word) -> Mistake:
    message = Sentence(
        "The title is {length:,} characters; the limit is {limit}. Put the details on the next line.",
        length=length,
        limit=limit,
    )
    return Mistake("title_too_long", message, where)

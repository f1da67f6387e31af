"""The kinds of arguments that commands can take: how each is read, and what is asked when it is missing.

A signature names them: "/due <tasks> <date|none>". A new kind is one `Kind` here.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chat.language import markers, readers
from chat.language.polls import read_poll
from chat.language.queries import read_query
from chat.language.reading import Reading
from chat.language.reminders import read_reminder
from chat.language.titleline import read_title_line


@dataclass(frozen=True)
class Kind:
    """A kind of argument. `name` is for programs, `placeholder` stands in signatures, `key` in `Arguments`.

    `read` takes words and says whether it took any. A kind that `takes_rest` leaves nothing to the arguments after it
    but what it knows they want, so it is read in its turn; the others are told by their looks and come in any order.
    A kind that `reads_body` goes on in the lines under the command.
    """

    name: str
    placeholder: str
    key: str
    question: str
    read: Callable[[Reading], bool]
    takes_rest: bool = False
    reads_body: bool = False
    help: str = ""


TASKS = Kind(
    name="tasks",
    placeholder="tasks",
    key="refs",
    question="Which task?",
    read=readers.read_tasks,
    help="Tasks are 12 or #12, several are 12, 13 or 10..14, and last is the one you changed last.",
)
# Before a value that can be anything, references must not reach into it: "/due 12 13 nov".
LEADING_TASKS = replace(TASKS, read=readers.read_leading_tasks)
TASK = replace(TASKS, name="task", placeholder="task", read=readers.read_task, help="")
PEOPLE = Kind(
    name="people",
    placeholder="people",
    key="users",
    question="Who?",
    read=readers.read_people,
    help="People are @ana, or me.",
)
COLUMN = Kind(
    name="column",
    placeholder="column",
    key="column",
    question="Which column?",
    read=readers.read_column,
    takes_rest=True,
    help="A column goes by its name, the beginning of it, or one of its words.",
)
PLACE = Kind(
    name="place",
    placeholder="top|bottom",
    key="at",
    question="Top or bottom?",
    read=readers.read_place,
)
DATE = Kind(
    name="date",
    placeholder="date|none",
    key="due",
    question="When?",
    read=readers.read_date,
    takes_rest=True,
    help="Dates are fri, tomorrow, 27 nov, 27.11. or 2026-11-27, times 17:00 or 5pm, in your time zone. A bare weekday is "
    "the next such day, never today; next friday is the Friday of next week.",
)
TITLE = Kind(
    name="title",
    placeholder="title",
    key="title",
    question="What is to be done?",
    read=read_title_line,
    takes_rest=True,
    reads_body=True,
    help="In the title, @ana, #bug, !high, ~2h or ~3pt, >review and due:fri set what they name. every:week, every:2w, "
    "every:mon,thu or every:weekday makes the next one when it is done. Within quotes, or after a backslash, they are text.",
)
NEW_TITLE = Kind(
    name="new_title",
    placeholder="new title",
    key="title",
    question="What is the new title?",
    read=readers.read_new_title,
    takes_rest=True,
)
TEXT = Kind(
    name="text",
    placeholder="text",
    key="text",
    question="What is there to say?",
    read=readers.read_text,
    takes_rest=True,
    reads_body=True,
)
POLL = Kind(
    name="poll",
    placeholder="question and options",
    key="question",
    question="What is the question?",
    read=read_poll,
    takes_rest=True,
    reads_body=True,
    help="Each option stands in quotes, or on a line of its own; without any the choice is Yes or No.",
)
LABELS = Kind(
    name="labels",
    placeholder="labels",
    key="labels",
    question="Which label?",
    read=markers.read_labels,
    help="Labels are #bug, or bug: one word with a letter in it.",
)
KNOWN_LABELS = replace(LABELS, placeholder="its labels", read=markers.read_known_labels)
PRIORITY = Kind(
    name="priority",
    placeholder="priority",
    key="priority",
    question="Which priority?",
    read=markers.read_priority,
    takes_rest=True,
    help="Priorities are urgent, high, medium, low and none, or !1 to !4.",
)
ESTIMATE = Kind(
    name="estimate",
    placeholder="estimate",
    key="estimate",
    question="How long does it take?",
    read=markers.read_estimate,
    takes_rest=True,
    help="Estimates are 3pt, 2h, 1h30m or 2d; a day has 8 hours, a week 5 days.",
)
QUERY = Kind(
    name="query",
    placeholder="query",
    key="filters",
    question="What are you looking for?",
    read=read_query,
    takes_rest=True,
    help="A query has words and filters, and all of them hold: @ana, #bug, #12, !high, >review, due:fri, due:<=27-nov, "
    "due:none, is:open, is:done, is:overdue, is:archived and is:unassigned. A - before one turns it round.",
)
REMINDER = Kind(
    name="reminder",
    placeholder="when and what",
    key="who",
    question="When, and what about?",
    read=read_reminder,
    takes_rest=True,
    reads_body=True,
    help="Say when and then what (tomorrow at 9am to call Ana), what and then when (call Ana tomorrow), or a task and when "
    "(12 fri). It is for you, for @ana, or for everybody (here). A day without a time means 9:00. list shows what is to "
    "come, cancel 3 takes one back.",
)
COMMAND = Kind(
    name="command",
    placeholder="command",
    key="text",
    question="Which command?",
    read=readers.read_command,
)

KINDS = {
    kind.placeholder: kind
    for kind in (
        TASKS,
        TASK,
        PEOPLE,
        COLUMN,
        PLACE,
        DATE,
        TITLE,
        NEW_TITLE,
        TEXT,
        POLL,
        REMINDER,
        LABELS,
        KNOWN_LABELS,
        PRIORITY,
        ESTIMATE,
        QUERY,
        COMMAND,
    )
}

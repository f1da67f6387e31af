"""The kinds of arguments that commands can take: how each is read, and what is asked when it is missing.

A signature names them: "/due <tasks> <date|none>". A new kind is one `Kind` here.
"""

from dataclasses import replace

from chat.language import hindrances, markers, readers
from chat.language.kind import Kind
from chat.language.polls import read_poll
from chat.language.queries import read_query
from chat.language.reminders import read_reminder
from chat.language.titleline import read_title_line

TASKS = Kind(
    name="tasks",
    placeholder="tasks",
    key="refs",
    question="Which task?",
    read=readers.read_tasks,
    choices="task",
    help="Tasks are 12 or #12, several are 12, 13 or 10..14, and last is the one you changed last.",
)
# Before a value that can be anything, references must not reach into it: "/due 12 13 nov".
LEADING_TASKS = replace(TASKS, read=readers.read_leading_tasks)
TASK = replace(TASKS, name="task", placeholder="task", read=readers.read_task, help="")
TASKS_OR_ITEMS = replace(TASKS, placeholder="tasks or items", read=readers.read_tasks_or_items)
PEOPLE = Kind(
    name="people",
    placeholder="people",
    key="users",
    question="Who?",
    read=readers.read_people,
    has_fillers=True,
    choices="person",
    help="People are @ana, or me.",
)
COLUMN = Kind(
    name="column",
    placeholder="column",
    key="column",
    question="Which column?",
    read=readers.read_column,
    takes_rest=True,
    choices="column",
    help="A column goes by its name, the beginning of it, or one of its words.",
)
PLACE = Kind(
    name="place",
    placeholder="top|bottom",
    key="at",
    question="Top or bottom?",
    read=readers.read_place,
    choices="top|bottom",
)
DATE = Kind(
    name="date",
    placeholder="date|none",
    key="due",
    question="When?",
    read=readers.read_date,
    takes_rest=True,
    choices="date",
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
    choices="title",
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
    has_fillers=True,
    choices="label",
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
    choices="priority",
    help="Priorities are urgent, high, medium, low and none, or !1 to !4.",
)
ESTIMATE = Kind(
    name="estimate",
    placeholder="estimate",
    key="estimate",
    question="How long does it take?",
    read=markers.read_estimate,
    takes_rest=True,
    choices="estimate",
    help="Estimates are 3pt, 2h, 1h30m or 2d; a day has 8 hours, a week 5 days.",
)
QUERY = Kind(
    name="query",
    placeholder="query",
    key="filters",
    question="What are you looking for?",
    read=read_query,
    takes_rest=True,
    choices="query",
    help="A query has words and filters, and all of them hold: @ana, #bug, #12, !high, >review, due:fri, due:<=27-nov, "
    "due:none, is:open, is:done, is:blocked, is:overdue, is:archived and is:unassigned. A - before one turns it round.",
)
REMINDER = Kind(
    name="reminder",
    placeholder="when and what",
    key="who",
    question="When, and what about?",
    read=read_reminder,
    takes_rest=True,
    reads_body=True,
    choices="me|here|list|cancel",
    help="Say when and then what (tomorrow at 9am to call Ana), what and then when (call Ana tomorrow), or a task and when "
    "(12 fri). It is for you, for @ana, or for everybody (here). A day without a time means 9:00. list shows what is to "
    "come, cancel 3 takes one back.",
)
HINDRANCE = Kind(
    name="hindrance",
    placeholder="by tasks|reason",
    key="by",
    question="What is in its way?",
    read=hindrances.read_hindrance,
    takes_rest=True,
    help="What blocks a task is another one, or a few words. A task that is done is in nobody's way.",
)
BLOCKERS = Kind(
    name="blockers",
    placeholder="by tasks",
    key="by",
    question="Which task is no longer in its way?",
    read=hindrances.read_blockers,
    takes_rest=True,
)
ITEMS = Kind(
    name="items",
    placeholder="items",
    key="items",
    question="What are its steps?",
    read=readers.read_items,
    takes_rest=True,
    reads_body=True,
    help="An item is the rest of the line; more stand on lines of their own. They are called 12.1, 12.2 and so on.",
)
COMMAND = Kind(
    name="command",
    placeholder="command",
    key="text",
    question="Which command?",
    read=readers.read_command,
    choices="command",
)

# Every kind above, by its placeholder; of two with one placeholder the first stands in signatures.
KINDS = {kind.placeholder: kind for kind in reversed([*globals().values()]) if isinstance(kind, Kind)}

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Q, QuerySet

from chat.actions import LENGTH
from chat.commands.call import Call
from chat.commands.outcomes import Speech
from chat.commands.registry import command
from tasks.hindrances import is_blocked
from tasks.models import Column, Task
from workspace.errors import Refused
from workspace.markup import quoted
from workspace.models import Event
from workspace.sentences import Sentence, together

MOST = 15  # tasks of a kind; more is no report
MONDAY, SATURDAY = 0, 5


@command("/standup [text]", group="people", ability="talk", is_speech=True)
def standup(call: Call) -> Speech:
    """Post what you have done since yesterday, or since Friday after a weekend, what you are doing, and what is blocked.

    /standup
    /standup In the dentist's chair until 10
    """
    since, words = _since(call.now)
    doing = _mine(call).filter(~is_blocked(), completed_at=None, column__kind=Column.Kind.DOING)
    kinds = {
        f"Done since {words}": _done(call, since),
        "Doing": doing,
        "Blocked": _mine(call).filter(is_blocked()),
    }
    parts = [part for title, tasks in kinds.items() if (part := _part(title, tasks)).count]
    text = call.arguments.get("text", "")
    if not parts and not text:
        nothing = "You have finished nothing here since {day}, and nothing of yours is in progress."
        message = together(Sentence(nothing, day=Sentence(words)), Sentence("Try /standup and some words."))
        raise Refused("missing_argument", message)
    reports = (
        "\n\n".join([*(part.shown(most) for part in parts), text]).strip() for most in range(MOST, -1, -1)
    )
    return Speech(next((report for report in reports if len(report) <= LENGTH), text))


@dataclass(frozen=True)
class Part:
    """Tasks of a kind: the first `lines` of so many."""

    title: str
    lines: list[str]
    count: int

    def shown(self, most: int) -> str:
        """The part with `most` of its tasks at most."""
        lines = self.lines[:most]
        if left := self.count - len(lines):
            lines = [*lines, f"- and {left} more" if lines else f"- {left} in all"]
        return "\n".join([f"**{self.title}**", "", *lines])


def _since(now: datetime) -> tuple[datetime, str]:
    """When the last day of work before this one began, on the member's clock."""
    day = now.weekday()
    days = {MONDAY: 3, SATURDAY + 1: 2}.get(day, 1)
    start = datetime.combine(now.date() - timedelta(days=days), time.min, now.tzinfo)
    return start.astimezone(UTC), "yesterday" if days == 1 else "Friday"


def _tasks(call: Call) -> QuerySet[Task]:
    return Task.objects.filter(project=call.member.project, archived_at=None)


def _mine(call: Call) -> QuerySet[Task]:
    return _tasks(call).filter(assignees=call.member.user_id).order_by("column__position", "position")


def _done(call: Call, since: datetime) -> QuerySet[Task]:
    """Those assigned to the member, and those that the member finished for somebody."""
    log = Event.objects.filter(project=call.member.project, actor=call.member.user, at__gte=since)
    finished = log.filter(kind="task.completed").values("subject_id")
    own = Q(pk__in=_mine(call).order_by().values("pk")) | Q(pk__in=finished)
    return _tasks(call).filter(own, completed_at__gte=since).order_by("completed_at")


def _part(title: str, tasks: QuerySet[Task]) -> Part:
    lines = [f"- #{task.number} {quoted(task.title)}" for task in tasks[:MOST]]
    return Part(title, lines, len(lines) if len(lines) < MOST else tasks.count())

"""What a command is given: who calls it, and its arguments as rows of the member's project."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from accounts.models import User
from chat.language import Command, Query, Surroundings, When
from chat.language.reminders import HERE
from tasks.models import Column, Task
from tasks.steps import Due
from workspace.errors import Refused
from workspace.models import Event, Membership
from workspace.sentences import Sentence


class Call:
    """One use of a command. `arguments` are what was typed, the other properties what that refers to.

    The parser has seen that it is there; it is looked up again under the lock, for somebody may have been quicker.
    `typed` is the line without the command, in English words. `now` is in the member's time zone, `tongue` is the code of
    theirs, `nonce` that of the say.
    `notes` are sentences for the member alone, `made` the tasks that its words add.
    """

    def __init__(self, member: Membership, command: Command, context: Surroundings, nonce: UUID) -> None:
        self.member, self.now, self.tongue, self.nonce = member, context.now, context.tongue, nonce
        self.name, self.arguments, self.line = command.name, command.arguments, command.line
        self.length = len(command.source.partition("\n")[0])
        self.typed = " ".join(command.in_english.split(maxsplit=1)[1:]).strip()
        self.notes = list(command.notes)
        self.made: list[Task] = []

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks referred to, in the order in which they were named."""
        return self._numbered(self.arguments["refs"])

    @property
    def blockers(self) -> list[Task]:
        """The tasks said to be in the way."""
        return self._numbered(self.arguments.get("by", []))

    @property
    def parts(self) -> list[tuple[Task, int]]:
        """The items referred to: their tasks, and their numbers in them."""
        pairs = [part.split(".") for part in self.arguments.get("parts", [])]
        tasks = {task.number: task for task in self._numbered([int(number) for number, _ in pairs])}
        return [(tasks[int(number)], int(item)) for number, item in pairs]

    def _numbered(self, numbers: Sequence[int]) -> list[Task]:
        rows = Task.objects.filter(project_id=self.member.project_id, number__in=numbers)
        found = {task.number: task for task in rows.select_related("column", "project")}
        for number in numbers:
            if number not in found:
                raise Refused(
                    "unknown_task", Sentence("There is no task #{number} in this project.", number=number)
                )
        return [found[number] for number in numbers]

    @property
    def task(self) -> Task:
        """The one task referred to."""
        return self.tasks[0]

    @property
    def people(self) -> list[User]:
        """The members to assign or to take off."""
        return self._members(self.arguments.get("users", []))

    @property
    def assignees(self) -> list[User]:
        """The members named in a title line."""
        return self._members(self.arguments.get("assignees", []))

    @property
    def column(self) -> Column:
        """The column named."""
        name = self.arguments["column"]
        column = self.member.project.columns.filter(name=name).first()
        if column is None:
            raise Refused(
                "unknown_column", Sentence('There is no column "{name}" in this project.', name=name)
            )
        return column

    @property
    def query(self) -> Query:
        """The query, which may be an empty one."""
        return Query(self.arguments.get("filters", []), self.arguments.get("text", ""))

    @property
    def due(self) -> Due | None:
        """The due date, if one is given; a date that is over is kept, and noted."""
        when = self.arguments.get("due")
        if when is None:
            return None
        if when.day < self.now.date():
            self.notes.append(
                Sentence(
                    "{weekday}, {day} {month} {year} is over already.",
                    weekday=Sentence(f"{when.day:%A}"),
                    day=when.day.day,
                    month=Sentence(f"{when.day:%B}"),
                    year=when.day.year,
                )
            )
        return Due(when.day, self._moment(when))

    @property
    def moment(self) -> datetime:
        """The moment of a reminder."""
        moment = self._moment(self.arguments["at"])
        assert moment is not None  # the parser gives a time to a day that has none
        return moment

    @property
    def reminded(self) -> User | None:
        """Whom to remind; None for everybody in the project."""
        who = self.arguments["who"]
        return None if who == HERE else self._members([who])[0]

    def by_whom(self, task: Task, kind: str) -> str:
        """The name of who last made something happen to the task, or nothing where the log does not say."""
        events = Event.objects.filter(project_id=task.project_id, kind=kind, subject_id=task.pk)
        event = events.select_related("actor").order_by("-seq").first()
        return event.actor.name if event else ""

    def _moment(self, when: When) -> datetime | None:
        if when.at is None:
            return None
        return datetime.combine(when.day, when.at, self.now.tzinfo).astimezone(UTC)

    def _members(self, handles: Sequence[str]) -> list[User]:
        rows = User.objects.filter(memberships__project_id=self.member.project_id, handle__in=handles)
        found = {user.handle: user for user in rows}
        for handle in handles:
            if handle not in found:
                raise Refused(
                    "unknown_user", Sentence("There is no member @{handle} in this project.", handle=handle)
                )
        return [found[handle] for handle in handles]

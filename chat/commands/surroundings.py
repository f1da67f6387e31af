"""What the language may know of a project, looked up when it asks and not before: plain talk asks nothing."""

from collections.abc import ItemsView, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from django.db.models import F
from django.utils import timezone

from accounts.tongues import tongue_of
from accounts.zones import zone_of
from tasks.models import Task
from workspace.models import Event, Membership

BLOCK = 32  # numbers looked up at once: a range of 25 tasks costs two queries
TITLES = 2_000  # tasks whose titles are searched, the newest first
LOOK_BACK = 200  # events of the member among which the last task is looked for


class ProjectTasks(Mapping[int, str]):
    """The titles of a project's tasks by number. Looking one up reads its neighbours too; only `items` reads many."""

    def __init__(self, project_id: int) -> None:
        self._rows = Task.objects.filter(project_id=project_id)
        self._titles: dict[int, str] = {}
        self._read: set[int] = set()

    def __getitem__(self, number: int) -> str:
        block = number // BLOCK
        if block not in self._read:
            self._read.add(block)
            rows = self._rows.filter(number__range=(block * BLOCK, block * BLOCK + BLOCK - 1))
            self._titles.update(rows.values_list("number", "title"))
        return self._titles[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._recent)

    def __len__(self) -> int:
        return self._rows.count()

    def items(self) -> ItemsView[int, str]:
        """The newest tasks on the board with their titles, to find one by its title."""
        return self._recent.items()

    @cached_property
    def _recent(self) -> dict[int, str]:
        rows = self._rows.filter(archived_at=None).order_by(
            F("completed_at").asc(nulls_first=True), "-number"
        )
        return dict(rows.values_list("number", "title")[:TITLES])


class ProjectSurroundings:
    """`chat.language.Surroundings` of a member. `task` is the number of the task in whose conversation they speak, `heard`
    the tongue that their browser asks for.
    """

    def __init__(
        self, member: Membership, now: datetime | None = None, task: int | None = None, heard: str = ""
    ) -> None:
        self._member, self._now, self.task = member, now, task
        self.tongue = tongue_of(member.user, heard)

    @property
    def me(self) -> str:
        return self._member.user.handle

    @property
    def key(self) -> str:
        return self._member.project.key

    @cached_property
    def now(self) -> datetime:
        return (self._now or timezone.now()).astimezone(zone_of(self._member.user))

    @cached_property
    def members(self) -> list[str]:
        rows = Membership.objects.filter(project_id=self._member.project_id, user__is_active=True)
        return list(rows.order_by("user__handle").values_list("user__handle", flat=True))

    @cached_property
    def columns(self) -> list[str]:
        return list(self._member.project.columns.values_list("name", flat=True))

    @cached_property
    def labels(self) -> list[str]:
        return list(self._member.project.labels.values_list("name", flat=True))

    @cached_property
    def tasks(self) -> ProjectTasks:
        return ProjectTasks(self._member.project_id)

    @cached_property
    def last(self) -> int | None:
        mine = Event.objects.filter(project_id=self._member.project_id, actor_id=self._member.user_id)
        mine = mine.exclude(kind="task.purged")  # which nobody did
        recent = mine.order_by("-seq").values_list("kind", "subject_id")[:LOOK_BACK]
        touched = dict.fromkeys(each for kind, each in recent if each and kind.startswith("task."))
        there = dict(Task.objects.filter(pk__in=touched).values_list("pk", "number"))  # some are in the trash
        return next((there[each] for each in touched if each in there), None)

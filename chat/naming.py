"""Who and what a text names."""

from dataclasses import dataclass, field

from accounts.models import User
from tasks.models import Task
from workspace.models import Membership

LOOK_UPS = 100  # people and tasks in one text


@dataclass
class Named:
    """The people and tasks that a text names, looked up one by one as the renderer meets them.

    A text that names hundreds is no conversation: after `LOOK_UPS` of them the rest stay plain words.
    """

    member: Membership
    looked: int = 0
    people: dict[int, User] = field(default_factory=dict)
    tasks: dict[int, Task] = field(default_factory=dict)

    def person(self, handle: str) -> User | None:
        """The member of the project with this handle."""
        rows = Membership.objects.filter(project_id=self.member.project_id, user__handle=handle.lower())
        found = rows.select_related("user").first() if self._may_look() else None
        if found is None:
            return None
        self.people[found.user_id] = found.user
        return found.user

    def task_url(self, number: int) -> str | None:
        """The address of the project's task with this number."""
        rows = self.member.project.tasks.select_related("column").filter(number=number)
        task = rows.first() if self._may_look() else None
        if task is None:
            return None
        task.project = self.member.project
        self.tasks[number] = task
        return task.get_absolute_url()

    def _may_look(self) -> bool:
        self.looked += 1
        return self.looked <= LOOK_UPS

"""The people that rows name by their ids, and those of a project."""

from collections.abc import Iterable

from accounts.models import User
from workspace.models import Membership, Project
from workspace.prepared import Prepared


def users_by_id(ids: Iterable[int | None]) -> dict[int, User]:
    """The people with these ids, whether or not they are still here."""
    return {user.pk: user for user in _users.rows(list({pk for pk in ids if pk}))}


def people_of(project: Project) -> list[User]:
    """The members of the project by name."""
    return [row.user for row in _members.rows(project.pk)]


_users: Prepared[User] = Prepared(User.objects.all(), "pk__in")
_members: Prepared[Membership] = Prepared(
    Membership.objects.filter(user__is_active=True).select_related("user").order_by("user__name", "pk"),
    "project",
)

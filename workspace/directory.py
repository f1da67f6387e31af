"""Who and what a person may find in the workspace, beside the projects that they are in."""

from django.db.models import Count, QuerySet

from accounts.models import User
from workspace.models import Membership, Project


def sees_workspace(user: User) -> bool:
    """Whether open projects and other people show to `user`: to everybody but those who are guests wherever they are."""
    return not user.is_guest or user.memberships.exclude(role=Membership.Role.GUEST).exists()


def joinable_projects(user: User) -> QuerySet[Project]:
    """The open projects that `user` is not in, by name."""
    if not sees_workspace(user):
        return Project.objects.none()
    others = Project.objects.filter(is_private=False).exclude(memberships__user=user)
    return others.annotate(people=Count("memberships")).order_by("name", "pk")


def people_seen_by(user: User) -> QuerySet[User]:
    """Whom `user` may look up: everybody, or for a guest those with whom they share a project. Oneself always."""
    active = User.objects.filter(is_active=True)
    if sees_workspace(user):
        return active
    shared = Membership.objects.filter(project__memberships__user=user).values("user")
    return active.filter(pk__in=shared) | active.filter(pk=user.pk)


def projects_shared(user: User, other: User) -> QuerySet[Project]:
    """The projects that both are in."""
    return (
        Project.objects.filter(memberships__user=user).filter(memberships__user=other).order_by("name", "pk")
    )


def projects_searched(user: User, project: Project | None) -> list[int]:
    """The ids of the projects in which `user` finds things: those they are in, or of these the one that is asked for."""
    rows = Membership.objects.filter(user=user)
    if project is not None:
        rows = rows.filter(project=project)
    return list(rows.values_list("project", flat=True))

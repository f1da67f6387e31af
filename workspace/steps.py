"""What the actions on projects and their members are made of."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from workspace.changes import Recorder
from workspace.errors import Refused
from workspace.models import Invitation, Membership, Project


@contextmanager
def locked(project_id: int) -> Iterator[Project]:
    """The project, locked for somebody who has no membership yet. Who locks anything else locks this first, so that no
    two wait for each other.
    """
    with transaction.atomic():
        yield Project.objects.select_for_update().get(pk=project_id)


def fresh(record: Recorder, other: Membership) -> Membership:
    """The membership as it is now that the lock is held. Raises `Refused`."""
    found = Membership.objects.select_related("user").filter(pk=other.pk, project=record.project).first()
    if found is None:
        raise Refused("unknown_member", "They are not in this project any more.")
    return found


def end_links(other: Membership, *, but: Iterable[str]) -> None:
    """End the invitations that somebody made, but for those to roles that they can still give."""
    made = Invitation.objects.filter(project=other.project_id, created_by=other.user_id, revoked_at=None)
    made.exclude(role__in=but).update(revoked_at=timezone.now())


def keep_an_owner(other: Membership) -> None:
    """Raises `Refused` where the project would be left without an owner."""
    owners = Membership.objects.filter(project=other.project_id, role=Membership.Role.OWNER)
    if other.role == Membership.Role.OWNER and not owners.exclude(pk=other.pk).exists():
        raise Refused("last_owner", "Somebody must own this project. Make another member an owner first.")

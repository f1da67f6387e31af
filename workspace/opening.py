"""How people come in: the first one by /setup, the others by an invitation."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import add_person
from accounts.models import User
from workspace.actions import accept_invitation, create_project, create_workspace
from workspace.errors import Refused
from workspace.models import Invitation, Membership


def is_open_for_setup() -> bool:
    """Whether nobody is here yet."""
    return not User.objects.exists()


def open_workspace(draft: User, *, workspace: str, project: str) -> Membership:
    """The first person, the workspace and its first project, all or nothing. Raises `Refused`: `exists`.

    The first person is trusted with their address: there may be no mail yet to verify it by.
    """
    with transaction.atomic():
        create_workspace(workspace)
        if not is_open_for_setup():
            raise Refused("exists", "Somebody has opened this workspace already.")
        draft.is_staff = draft.is_superuser = True
        return create_project(add_person(draft), project)


def join_as_new_person(draft: User, invitation: Invitation, *, is_verified: bool) -> Membership:
    """Somebody new comes in by an invitation, all or nothing. Raises `Refused` and, by field, `ValidationError`."""
    draft.is_guest = invitation.role == Membership.Role.GUEST
    with transaction.atomic():
        return accept_invitation(invitation, add_person(draft, is_verified=is_verified))


def find_invitation(code: str) -> Invitation | None:
    """The invitation with this code, usable or not."""
    rows = Invitation.objects.select_related("project", "created_by")
    return rows.filter(digest=Invitation.digest_of(code)).first()


def why_closed(invitation: Invitation | None) -> str:
    """The sentence for a link that lets nobody in, or nothing when it does."""
    if invitation is None:
        return "This link leads to no invite. Check that it is whole, or ask for a new one."
    ask = f"Ask {invitation.created_by.name} for a new one."
    if invitation.is_taken_back:
        return f"This invite was taken back. {ask}"
    if invitation.expires_at <= timezone.now():
        end = timezone.localtime(invitation.expires_at)
        return f"This invite ended on {end.day} {end:%B}. {ask}"
    if invitation.is_used_up:
        return f"This invite has been used as often as it could be. {ask}"
    return ""

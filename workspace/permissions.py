"""Who may do what: one table, read by `require`, by the template filter `may`, and by the tests."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.models import User
from workspace.errors import Denied
from workspace.models import Membership
from workspace.sentences import Sentence

OWNER, MEMBER, GUEST = Membership.Role.OWNER, Membership.Role.MEMBER, Membership.Role.GUEST

ABILITIES: dict[str, frozenset[str]] = {
    "read": frozenset({OWNER, MEMBER, GUEST}),
    "talk": frozenset({OWNER, MEMBER, GUEST}),
    "edit_tasks": frozenset({OWNER, MEMBER}),
    "invite": frozenset({OWNER, MEMBER}),
    "manage_project": frozenset({OWNER}),
    "manage_members": frozenset({OWNER}),
}

SENTENCES = {
    "edit_tasks": "Guests can chat here but not change tasks. Ask {owners}.",
    "invite": "Guests cannot invite people. Ask {owners}.",
    "manage_project": "Only an owner can change this project. Ask {owners}.",
    "manage_members": "Only an owner can change who is here. Ask {owners}.",
}


def membership_for(
    user: User | AnonymousUser, *, slug: str = "", project_id: int | None = None
) -> Membership:
    """The membership through which `user` reaches a project, with its project and user.

    Raises `Http404` for a project that does not exist and for one that the user is not a member of alike.
    """
    where = {"project__slug": slug} if slug else {"project_id": project_id}
    rows = Membership.objects.select_related("project", "user").filter(user_id=user.pk or 0, **where)
    found = rows.first()
    if found is None or not found.user.is_active:
        raise Http404
    return found


def may(member: Membership, ability: str) -> bool:
    """Whether the member's role has the ability. Raises `KeyError` for an ability that is not in the table."""
    return member.role in ABILITIES[ability]


def require(member: Membership, ability: str) -> None:
    """Raises `Denied`, with a sentence that names who can help, unless the member's role has the ability."""
    if not may(member, ability):
        raise Denied(Sentence(SENTENCES[ability], owners=owners_of(member)))


def may_give(role: str) -> tuple[str, ...]:
    """The roles to which somebody of this role can invite."""
    return {OWNER: (OWNER, MEMBER, GUEST), MEMBER: (MEMBER, GUEST)}.get(Membership.Role(role), ())


def owners_of(member: Membership) -> str:
    """The names of the project's owners in a sentence: "Ana or Ivo"."""
    rows = Membership.objects.filter(project_id=member.project_id, role=OWNER).select_related("user")
    names = [row.user.name for row in rows.order_by("joined_at")[:3]]
    return " or ".join(names) or "an administrator"

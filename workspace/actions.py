"""All that can happen to the workspace, its projects and their members."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import HUES, User
from workspace.changes import changes
from workspace.errors import Refused
from workspace.models import Invitation, Membership, Project, Workspace
from workspace.names import checked_key, checked_name, free_key, free_slug
from workspace.permissions import may_give, require
from workspace.signals import project_created
from workspace.steps import end_links, fresh, keep_an_owner, locked


def create_workspace(name: str) -> Workspace:
    """The one workspace of this installation. Raises `Refused` when there is one already."""
    name = checked_name(name, "workspace")
    try:
        with transaction.atomic():  # everybody's first is number 1, so of two at once one wins
            return Workspace.objects.create(pk=1, name=name)
    except IntegrityError:
        raise Refused("exists", "This installation has its workspace already.") from None


def create_project(
    user: User,
    name: str,
    *,
    key: str = "",
    slug: str = "",
    is_private: bool = False,
    at: datetime | None = None,
) -> Membership:
    """A new project that `user` owns, with the default columns, begun now or `at` an earlier moment.

    Raises `Refused` for a bad or taken name, key or slug.
    """
    name = checked_name(name, "project")
    key = checked_key(key or free_key(name))
    slug = slug or free_slug(name)
    hue = HUES[Project.objects.count() % len(HUES)]
    try:
        with transaction.atomic():
            project = Project.objects.create(name=name, key=key, slug=slug, hue=hue, is_private=is_private)
            member = Membership.objects.create(user=user, project=project, role=Membership.Role.OWNER)
            project_created.send(Project, project=project)
            with changes(member) as record:
                record.at = at or record.at
                record("project.created", record.project, in_chat=True, name=name, key=key)
    except IntegrityError:
        raise Refused(
            "taken", f"There is a project with the key {key} or the address {slug} already."
        ) from None
    return member


def edit_project(member: Membership, *, name: str, key: str, hue: str, is_private: bool) -> Project:
    """Change what a project is called and who can find it. Raises `Denied`, `Refused`."""
    require(member, "manage_project")
    wanted = {
        "name": checked_name(name, "project"),
        "key": checked_key(key),
        "hue": hue,
        "is_private": is_private,
    }
    try:
        with changes(member) as record:
            project = record.project
            was = {field: getattr(project, field) for field in wanted}
            now = {field: value for field, value in wanted.items() if value != was[field]}
            if now:
                for field, value in now.items():
                    setattr(project, field, value)
                project.save(update_fields=list(now))
                record(
                    "project.edited", project, in_chat="name" in now, was={f: was[f] for f in now}, now=now
                )
    except IntegrityError:
        raise Refused("taken", f"There is a project with the key {key} already.") from None
    return project


def add_member(member: Membership, user: User, role: str = Membership.Role.MEMBER) -> Membership:
    """Make `user` a member of the project. Nothing happens to somebody who is one already."""
    require(member, "manage_members")
    return _join(member, user, role)


def join_project(project: Project, user: User) -> Membership:
    """A person of the workspace joins an open project by themselves. Raises `Refused` for a private one."""
    with locked(project.pk) as found:
        if found.is_private:
            raise Refused("private", "This project is private. Ask somebody who is in it for an invitation.")
        return _enter(found, user, Membership.Role.MEMBER)


def change_role(member: Membership, other: Membership, role: str) -> None:
    """Give another member a role. Raises `Denied`, and `Refused` where no owner would be left."""
    require(member, "manage_members")
    with changes(member) as record:
        other = fresh(record, other)
        if other.role == role:
            return
        if role != Membership.Role.OWNER:
            keep_an_owner(other)
        was, other.role = other.role, role
        other.save(update_fields=["role"])
        end_links(other, but=may_give(role))
        record("member.role_changed", other.user, user=other.user_id, was=was, now=role, note=f"to {role}")


def remove_member(member: Membership, other: Membership) -> None:
    """Take somebody out of the project, or leave it. Their sockets close before anything else is delivered to them."""
    if other.pk != member.pk:
        require(member, "manage_members")
    with changes(member) as record:
        other = fresh(record, other)
        keep_an_owner(other)
        record("member.removed", other.user, in_chat=True, user=other.user_id, role=other.role)
        end_links(other, but=())  # one that they made must not let them in again
        other.delete()


def invite(
    member: Membership, role: str, *, expires_at: datetime, max_uses: int | None
) -> tuple[Invitation, str]:
    """A new invitation and its code, which is not stored. Nobody can give more than they have. Raises `Denied`."""
    require(member, "invite")
    if role == Membership.Role.OWNER:
        require(member, "manage_members")
    code = secrets.token_urlsafe(18)
    with changes(member) as record:  # who has just been removed makes no link that outlives it
        invitation = Invitation.objects.create(
            project=record.project,
            role=role,
            digest=Invitation.digest_of(code),
            created_by=member.user,
            expires_at=expires_at,
            max_uses=max_uses,
        )
        ends = expires_at.isoformat()
        record("invitation.made", invitation, role=role, expires_at=ends, max_uses=max_uses)
    return invitation, code


def accept_invitation(invitation: Invitation, user: User) -> Membership:
    """Join by an invitation: each use counts once, however many people press at once. Raises `Refused`: `not_usable`."""
    with locked(invitation.project_id) as project:
        known = Membership.objects.filter(user=user, project=project).select_related("project").first()
        if known:
            return known
        usable = Invitation.objects.filter(pk=invitation.pk, revoked_at=None, expires_at__gt=timezone.now())
        usable = usable.filter(created_by__is_active=True)  # a way back for who was switched off
        usable = usable.exclude(max_uses__isnull=False, uses__gte=F("max_uses"))
        if not usable.update(uses=F("uses") + 1):
            raise Refused("not_usable", "This invitation can no longer be used.")
        return _enter(project, user, invitation.role)


def revoke_invitation(member: Membership, invitation: Invitation) -> None:
    """End an invitation at once. Raises `Denied` unless the member made it or manages the people here."""
    if invitation.created_by_id != member.user_id:
        require(member, "manage_members")
    with changes(member) as record:
        rows = Invitation.objects.filter(pk=invitation.pk, project=record.project, revoked_at=None)
        if rows.update(revoked_at=record.at):
            record("invitation.revoked", invitation, role=invitation.role)


def _enter(project: Project, user: User, role: str) -> Membership:
    """Somebody comes in by themselves: the event is theirs."""
    member, is_new = Membership.objects.get_or_create(user=user, project=project, defaults={"role": role})
    if is_new:
        with changes(member) as record:
            record("member.joined", user, in_chat=True, user=user.pk, role=member.role)
    return member


def _join(member: Membership, user: User, role: str) -> Membership:
    with changes(member) as record:
        other, is_new = Membership.objects.get_or_create(
            user=user, project=record.project, defaults={"role": role}
        )
        if is_new:
            record("member.added", user, in_chat=True, user=user.pk, role=other.role)
    return other

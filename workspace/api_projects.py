"""Projects and their members, for programs."""

from typing import Any

from ninja import Router

from workspace.api_kit import ApiRequest, member_of
from workspace.models import Membership

router = Router(tags=["projects"])


@router.get("/projects")
def projects(request: ApiRequest) -> list[dict[str, Any]]:
    """The projects that you are a member of, by name."""
    rows = (
        Membership.objects.filter(user=request.auth).select_related("project").order_by("project__name", "pk")
    )
    return [_project(member) for member in rows]


@router.get("/projects/{int:project_id}")
def project(request: ApiRequest, project_id: int) -> dict[str, Any]:
    """One project."""
    return _project(member_of(request, project_id))


@router.get("/projects/{int:project_id}/members")
def members(request: ApiRequest, project_id: int) -> list[dict[str, Any]]:
    """Who is in the project, in the order in which they came."""
    project = member_of(request, project_id).project
    return [_member(row) for row in project.memberships.select_related("user").order_by("joined_at", "pk")]


def _project(member: Membership) -> dict[str, Any]:
    project = member.project
    return {
        "id": project.pk,
        "name": project.name,
        "slug": project.slug,
        "key": project.key,
        "is_private": project.is_private,
        "seq": project.last_seq,
        "role": member.role,
        "url": project.get_absolute_url(),
    }


def _member(member: Membership) -> dict[str, Any]:
    return {
        "id": member.user.pk,
        "handle": member.user.handle,
        "name": member.user.name,
        "role": member.role,
        "joined_at": member.joined_at.isoformat(),
    }

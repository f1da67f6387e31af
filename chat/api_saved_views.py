"""Your saved views, for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from accounts.tongues import heard_by
from chat.models import SavedView
from chat.saved_views import as_dict, delete_view, rename_view, save_view, views_of
from workspace.api_kit import ApiRequest, Body, member_of, within
from workspace.models import Membership

router = Router(tags=["views"])


class NewView(Body):
    """A query of the board, as after `/board`, and its name. A view of yours that has the name gets the query."""

    name: str
    query: str


class NewName(Body):
    """What a view is called from now on."""

    name: str


class View(Schema):
    """A saved view. Only you see it."""

    id: int
    name: str
    query: str


@router.get("/projects/{int:project_id}/views")
def views(request: ApiRequest, project_id: int) -> dict[str, Any]:
    """Your saved views of the project, by name."""
    return {"views": [as_dict(view) for view in views_of(member_of(request, project_id))]}


@router.post("/projects/{int:project_id}/views", response={201: View})
def save(request: ApiRequest, project_id: int, body: NewView) -> Status[Any]:
    """Keep a query under a name."""
    view = save_view(member_of(request, project_id), body.name, body.query, heard_by(request))
    return Status(201, as_dict(view))


@router.patch("/projects/{int:project_id}/views/{int:view_id}", response={200: View})
def rename(request: ApiRequest, project_id: int, view_id: int, body: NewName) -> dict[str, Any]:
    """Rename one of your views."""
    member, view = _own(request, project_id, view_id)
    return as_dict(rename_view(member, view.pk, body.name))


@router.delete("/projects/{int:project_id}/views/{int:view_id}", response={204: None})
def delete(request: ApiRequest, project_id: int, view_id: int) -> Status[None]:
    """Delete one of your views."""
    member, view = _own(request, project_id, view_id)
    delete_view(member, view.pk)
    return Status(204, None)


def _own(request: ApiRequest, project_id: int, view_id: int) -> tuple[Membership, SavedView]:
    member = member_of(request, project_id)
    return member, get_object_or_404(member.saved_views, pk=within(view_id))

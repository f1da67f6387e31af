"""What the forms of saved views post to. They answer JSON to scripts, a redirect to people."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.tongues import heard_by
from chat.models import SavedView
from chat.saved_views import as_dict, delete_view, rename_view, save_view
from workspace.middleware import wants_json
from workspace.models import Membership
from workspace.permissions import membership_for


@login_required
@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the query of a board: POST `name` and `query`."""
    member = membership_for(request.user, slug=slug)
    form = request.POST
    view = save_view(member, form.get("name", ""), form.get("query", ""), heard_by(request))
    return _answer(request, member, view)


@login_required
@require_POST
def rename(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Rename a view: POST `name`."""
    member, view = _own(request, slug, pk)
    return _answer(request, member, rename_view(member, view.pk, request.POST.get("name", "")))


@login_required
@require_POST
def delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Delete a view. The board stays as it is."""
    member, view = _own(request, slug, pk)
    delete_view(member, view.pk)
    return _answer(request, member, view)


def _own(request: HttpRequest, slug: str, pk: int) -> tuple[Membership, SavedView]:
    member = membership_for(request.user, slug=slug)
    return member, get_object_or_404(member.saved_views, pk=pk)


def _answer(request: HttpRequest, member: Membership, view: SavedView) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(as_dict(view))
    shown = {"view": request.POST.get("view", ""), "q": view.query}
    return redirect(f"{member.project.get_absolute_url()}?{urlencode(shown)}")

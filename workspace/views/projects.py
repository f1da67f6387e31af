"""The list of projects, joining an open one, and starting one."""

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from workspace.actions import create_project, join_project
from workspace.directory import joinable_projects, sees_workspace
from workspace.errors import Refused
from workspace.forms import ProjectForm


@require_safe
@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """The projects one is in, and the open ones that one can join."""
    mine = request.user.memberships.select_related("project").order_by("project__name")
    context = {
        "mine": mine,
        "others": joinable_projects(request.user),
        "may_start": sees_workspace(request.user),
        "current_page": "projects",
    }
    return render(request, "workspace/projects.html", context)


@require_safe
@login_required
def unread(request: SignedInRequest) -> JsonResponse:
    """The projects in which something is new, for the rail of a page that stays open."""
    rows = request.user.memberships.filter(project__last_seq__gt=F("read_seq"))
    return JsonResponse({"unread": list(rows.values_list("project", flat=True))})


@require_POST
@login_required
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Joins an open project; a private one looks as if it were not there."""
    mine = request.user.memberships.select_related("project").filter(project__slug=slug).first()
    if mine:
        return redirect(mine.project)
    project = get_object_or_404(joinable_projects(request.user), slug=slug)
    return redirect(join_project(project, request.user).project)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Starts a project and opens it. Guests see their projects and no others, so they start none."""
    if not sees_workspace(request.user):
        raise Http404
    form = ProjectForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            member = create_project(
                request.user,
                wanted["name"],
                key=wanted["key"],
                slug=wanted["slug"],
                is_private=wanted["access"] == "private",
            )
            return redirect(member.project)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(request, "workspace/project_new.html", {"form": form})

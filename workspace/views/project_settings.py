"""/p/<slug>/settings/<tab>, and its first tab: the name, the key, the colour and the access of a project."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from workspace.actions import edit_project
from workspace.errors import Refused
from workspace.forms import ProjectSettingsForm
from workspace.permissions import membership_for
from workspace.views import members


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def general(request: SignedInRequest, slug: str) -> HttpResponse:
    """Shows the general settings to every member; an owner changes them."""
    member = membership_for(request.user, slug=slug)
    form = ProjectSettingsForm(member.project, request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            project = edit_project(
                member,
                name=wanted["name"],
                key=wanted["key"],
                hue=wanted["hue"],
                is_private=wanted["access"] == "private",
            )
            messages.success(request, "Project saved.")
            return redirect("project-settings", project.slug, "general")
        except Refused as refusal:
            if refusal.code == "forbidden":
                raise
            form.add_error(None, refusal.message)
    context = {"member": member, "project": member.project, "form": form, "tab": "general"}
    return render(request, "workspace/settings_general.html", context)


TABS = {"general": general, "people": members.people}


def settings(request: SignedInRequest, slug: str, tab: str) -> HttpResponse:
    """The page of a tab."""
    return TABS[tab](request, slug)

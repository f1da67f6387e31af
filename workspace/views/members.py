"""/p/<slug>/settings/people: who is in a project, their roles, and the links by which others come in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from workspace.actions import change_role, invite, remove_member, revoke_invitation
from workspace.errors import Refused, TooFast
from workspace.forms import ROLES, InvitationForm, RoleForm
from workspace.middleware import with_refusal
from workspace.models import Invitation, Membership
from workspace.pace import INVITATIONS
from workspace.permissions import may, membership_for, require


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def people(request: SignedInRequest, slug: str) -> HttpResponse:
    """Lists the members and the open links. A POST makes a link, whose address is in this one answer and nowhere else."""
    member, link = membership_for(request.user, slug=slug), ""
    if request.method == "POST":
        require(member, "invite")
    form, refusal = InvitationForm(member, request.POST or None), None
    if form.is_valid():
        try:
            INVITATIONS.spend(request.user.pk)
            _, code = invite(member, **form.terms())
            link, form = request.build_absolute_uri(reverse("join", args=[code])), InvitationForm(member)
        except TooFast as error:
            refusal = error
            form.add_error(None, error.message)
    context = {
        "member": member,
        "project": member.project,
        "members": member.project.memberships.select_related("user").order_by("joined_at"),
        "invitations": _open_links(member),
        "form": form,
        "link": link,
        "roles": ROLES,
        "tab": "people",
    }
    response = render(request, "workspace/settings_people.html", context)
    return with_refusal(response, refusal) if refusal else response


@require_POST
@login_required
def role(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Gives a member another role."""
    member = membership_for(request.user, slug=slug)
    other = _other(member, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            change_role(member, other, form.cleaned_data["role"])
            messages.success(request, f"{other.user.name} has a new role: {form.cleaned_data['role']}.")
        except Refused as refusal:
            _tell(request, refusal)
    return redirect("project-settings", slug, "people")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Asks, then takes a member out of the project. For oneself this is leaving."""
    member = membership_for(request.user, slug=slug)
    other = _other(member, pk)
    if other.pk != member.pk:
        require(member, "manage_members")
    links = _open_links(member)
    if request.method != "POST":
        context = {
            "member": member,
            "project": member.project,
            "other": other,
            "links": links,
            "tab": "people",
        }
        return render(request, "workspace/remove_member.html", context)
    try:
        remove_member(member, other)
    except Refused as refusal:
        _tell(request, refusal)
        return redirect("project-settings", slug, "people")
    if other.pk == member.pk:
        messages.success(request, f"You have left {member.project.name}.")
        return redirect("projects")
    if request.POST.get("links"):
        for invitation in links:
            revoke_invitation(member, invitation)
    messages.success(request, f"{other.user.name} is no longer in {member.project.name}.")
    return redirect("project-settings", slug, "people")


@require_POST
@login_required
def revoke(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ends a link at once."""
    member = membership_for(request.user, slug=slug)
    revoke_invitation(member, get_object_or_404(Invitation, pk=pk, project=member.project))
    messages.success(request, "The link lets nobody in any more.")
    return redirect("project-settings", slug, "people")


def _other(member: Membership, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user"), pk=pk, project=member.project)


def _open_links(member: Membership) -> list[Invitation]:
    """The usable links: all of them for an owner, else one's own."""
    rows = Invitation.objects.filter(project=member.project, revoked_at=None, expires_at__gt=timezone.now())
    if not may(member, "manage_members"):
        rows = rows.filter(created_by=member.user)
    return [row for row in rows.select_related("created_by").order_by("-pk") if row.is_usable]


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    """A refusal that the page can show beside the list; who lacks the right gets the page for that."""
    if refusal.code == "forbidden":
        raise refusal
    messages.error(request, refusal.message)

"""/p/<slug>/settings/columns and /labels: the names, limits and order of columns, the names and hues of labels."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import HUES
from accounts.requests import SignedInRequest
from tasks.columns import edit_column, edit_label, move_column
from tasks.models import Column, Label
from workspace.errors import Refused
from workspace.permissions import membership_for

STEPS = {"left": -1, "right": 1}
MOST = 999  # tasks that a limit can be set to


@require_safe
@login_required
def index(request: SignedInRequest, slug: str, tab: str) -> HttpResponse:
    """Lists the columns or the labels; owners get a form for each."""
    member = membership_for(request.user, slug=slug)
    context = {"member": member, "project": member.project, "tab": tab, "hues": HUES, "most": MOST}
    return render(request, f"tasks/settings_{tab}.html", context)


@require_POST
@login_required
def column(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Changes the name and the limit of a column, or moves it: POST `name` and `limit`, or `move` (left, right)."""
    member = membership_for(request.user, slug=slug)
    row = get_object_or_404(Column, pk=pk, project=member.project)
    try:
        if step := STEPS.get(request.POST.get("move", "")):
            move_column(member, row, by=step)
        else:
            limit = _limit(request.POST.get("limit", ""))
            edit_column(member, row, name=request.POST.get("name", ""), limit=limit)
        messages.success(request, "Columns saved.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("project-settings", slug, "columns")


@require_POST
@login_required
def label(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Changes the name and the hue of a label: POST `name` and `hue`."""
    member = membership_for(request.user, slug=slug)
    row = get_object_or_404(Label, pk=pk, project=member.project)
    try:
        edit_label(member, row, name=request.POST.get("name", ""), hue=request.POST.get("hue", ""))
        messages.success(request, "Labels saved.")
    except Refused as refusal:
        _tell(request, refusal)
    return redirect("project-settings", slug, "labels")


def _limit(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text)):
        raise Refused("bad_limit", f"A limit is a number from 1 to {MOST}, or nothing.")
    return int(text)


def _tell(request: SignedInRequest, refusal: Refused) -> None:
    if refusal.code == "forbidden":
        raise refusal
    messages.error(request, refusal.message)

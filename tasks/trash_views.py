"""/p/<slug>/settings/trash: what was thrown away, and the way back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from tasks.models import Task
from tasks.trash import KEPT_FOR, in_trash, is_own, restore_task, trash
from workspace.permissions import may, membership_for


@dataclass
class Thrown:
    """A task in the trash, and whether the reader may take it back."""

    task: Task
    may_come_back: bool

    @property
    def goes_at(self) -> datetime:
        assert self.task.deleted_at is not None  # it is in the trash
        return self.task.deleted_at + KEPT_FOR


@require_safe
@login_required
def index(request: SignedInRequest, slug: str) -> HttpResponse:
    """Lists the tasks in the trash; who may take one back gets a button for it."""
    member = membership_for(request.user, slug=slug)
    may_restore = may(member, "edit_tasks")
    rows = [Thrown(task, may_restore and is_own(member, task)) for task in trash(member.project)]
    context = {
        "member": member,
        "project": member.project,
        "tab": "trash",
        "rows": rows,
        "days": KEPT_FOR.days,
    }
    return render(request, "tasks/settings_trash.html", context)


@require_POST
@login_required
def restore(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Takes a task out of the trash."""
    member = membership_for(request.user, slug=slug)
    task = restore_task(member, get_object_or_404(in_trash(member.project), number=number))
    messages.success(request, f"{task.ref} is back.")
    return redirect("trash", slug)

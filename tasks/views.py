"""What a task's forms, the board's drags and its quick adds post to. They answer JSON to scripts, a redirect to people."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tasks import actions, edits
from tasks.checklists import tick_item
from tasks.models import Column, Task
from tasks.queries import as_dict
from workspace.errors import Refused
from workspace.middleware import wants_json
from workspace.models import Membership
from workspace.permissions import membership_for

Do = Callable[[Membership, Task], Task]
VERBS: dict[str, Do] = {
    "done": actions.complete_task,
    "reopen": actions.reopen_task,
    "start": actions.start_task,
    "archive": actions.archive_task,
}


@login_required
@require_POST
def move(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Move a task: POST `column`, and `before` or `after` (numbers) or `at` (top, bottom)."""
    member, task = _task(request, slug, number)
    form = request.POST
    moved = actions.move_task(
        member,
        task,
        _column(member, form.get("column", "")),
        before=_neighbour(member, form.get("before", "")),
        after=_neighbour(member, form.get("after", "")),
        at=form.get("at", "") if form.get("at") in {"top", "bottom"} else "",
    )
    return answer(request, member, moved)


@login_required
@require_POST
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a task: POST `do` (done, reopen, start, archive), or any of the fields of its page.

    With `item`, the number of an item, `do` finishes or reopens that.
    """
    member, task = _task(request, slug, number)
    if number_of_item := request.POST.get("item", ""):
        is_done = request.POST.get("do") == "done"
        return answer(request, member, tick_item(member, task, _number(number_of_item), is_done=is_done))
    if verb := request.POST.get("do", ""):
        if verb not in VERBS:
            raise Refused("bad_request", f"A task cannot be {verb[:20]!r}.")
        return answer(request, member, VERBS[verb](member, task))
    return answer(request, member, edits.apply(member, task, request.POST))


@login_required
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new task in a column: POST `column` and `title`."""
    member = membership_for(request.user, slug=slug)
    column = _column(member, request.POST.get("column", ""))
    task = actions.create_task(member, request.POST.get("title", ""), column=column)
    return answer(request, member, task, status=201)


@login_required
@require_safe
def short(request: HttpRequest, ref: str) -> HttpResponse:
    """`/WEB-12` leads to the task's page."""
    key, _, number = ref.rpartition("-")
    tasks = Task.objects.filter(project__memberships__user=request.user.pk, project__key=key.upper())
    task = tasks.select_related("project").filter(number=int(number)).first()
    if task is None:
        raise Http404
    return redirect(task)


def _task(request: HttpRequest, slug: str, number: int) -> tuple[Membership, Task]:
    member = membership_for(request.user, slug=slug)
    task = get_object_or_404(Task.objects.select_related("column"), project=member.project, number=number)
    return member, task


def _column(member: Membership, pk: str) -> Column:
    column = Column.objects.filter(project=member.project, pk=_number(pk)).first()
    if column is None:
        raise Refused("unknown_column", "There is no such column in this project.")
    return column


def _neighbour(member: Membership, number: str) -> Task | None:
    return Task.objects.filter(project=member.project, number=_number(number)).first() if number else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def answer(request: HttpRequest, member: Membership, task: Task, status: int = 200) -> HttpResponse:
    """The task as JSON for scripts; for people the way back to where they were, or to the task's page."""
    if wants_json(request):
        task.project = member.project
        return JsonResponse(as_dict(task), status=status)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return redirect(target if safe else f"/p/{member.project.slug}/t/{task.number}")

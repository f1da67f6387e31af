"""What the Undo and Redo of an event's line post to."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from chat.undoing import undo_event
from tasks.views import answer
from workspace.permissions import membership_for


@login_required
@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back one's own change, with all that its message did, or do again what one took back: POST `seq`, of an event;
    the last change without it.
    """
    member = membership_for(request.user, slug=slug)
    seq = request.POST.get("seq", "")
    tasks = undo_event(member, int(seq) if seq.isdecimal() and len(seq) < 19 else None)
    return answer(request, member, tasks[0])

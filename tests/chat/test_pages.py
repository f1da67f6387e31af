"""What the pages of a project are made of."""

from collections.abc import Callable

from chat.pages import notes_of, read_up_to
from chat.queries import timeline
from tasks.actions import edit_task
from tasks.models import Task
from workspace.models import Event, Membership


def test_notes_are_shown_as_messages_are(alice: Membership, task: Task) -> None:
    task = edit_task(alice, task, description=f"**Before** #{task.number}, ask @alice <script>")
    shown = notes_of(alice, task)
    assert "<strong>Before</strong>" in shown
    assert 'class="task-ref"' in shown
    assert 'class="mention"' in shown
    assert "<script" not in shown


def test_what_one_said_oneself_is_not_new(
    alice: Membership, bob: Membership, say: Callable[..., Event]
) -> None:
    bob.read_seq = say(alice, "First").seq
    mine = say(bob, "Second")
    bob.project.refresh_from_db()
    assert read_up_to(bob, timeline(bob.project)) == mine.seq
    say(bob, "Third")
    answer = say(alice, "Fourth")
    assert read_up_to(bob, timeline(bob.project)) == answer.seq - 1

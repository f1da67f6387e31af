"""What the pages of a project are made of."""

from chat.pages import notes_of
from tasks.actions import edit_task
from tasks.models import Task
from workspace.models import Membership


def test_notes_are_shown_as_messages_are(alice: Membership, task: Task) -> None:
    task = edit_task(alice, task, description=f"**Before** #{task.number}, ask @alice <script>")
    shown = notes_of(alice, task)
    assert "<strong>Before</strong>" in shown
    assert 'class="task-ref"' in shown
    assert 'class="mention"' in shown
    assert "<script" not in shown

"""The cards of tasks, as they are shown."""

from django.template.loader import render_to_string

from tasks.actions import archive_task
from tasks.models import Task
from tasks.queries import tasks_by_id
from workspace.models import Membership


def shown(task: Task) -> str:
    return render_to_string("tasks/_chat_card.html", {"task": tasks_by_id(task.project, [task.pk])[task.pk]})


def test_a_card_in_the_chat_says_where_its_task_is(task: Task) -> None:
    assert 'aria-label="Task WEB-1, Fix login"' in shown(task)
    assert ">Next<" in shown(task)
    assert "Archived" not in shown(task)


def test_a_card_in_the_chat_says_that_its_task_was_archived(alice: Membership, task: Task) -> None:
    archive_task(alice, task)
    card = shown(task)
    assert ">Archived<" in card
    assert ">Next<" not in card
    assert "<button" not in card

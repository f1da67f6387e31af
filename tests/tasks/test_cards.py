"""A card is rendered once for each state of its task, and never shows an older one."""

from collections.abc import Callable
from datetime import date

import pytest
from django.template.loader import render_to_string

from tasks import actions
from tasks.models import Task
from tasks.queries import tasks_by_id
from tasks.steps import Due
from tasks.templatetags.cards import card
from workspace.models import Membership

Change = Callable[[Membership, Task], object]

CHANGES: dict[str, Change] = {
    "its title": lambda member, task: actions.rename_task(member, task, "Fix logout"),
    "its date": lambda member, task: actions.set_due(member, task, Due(date(2031, 1, 2))),
    "its people": lambda member, task: actions.assign_task(member, task, [member.user]),
    "its labels": lambda member, task: actions.edit_task(member, task, labels=["bug"]),
    "its priority": lambda member, task: actions.edit_task(member, task, priority=4),
    "its estimate": lambda member, task: actions.edit_task(member, task, estimate="90min"),
    "its column": actions.complete_task,
}


def shown(task: Task) -> str:
    return card(tasks_by_id([task.pk])[task.pk])


@pytest.mark.parametrize("what", CHANGES)
def test_a_card_shows_what_has_changed(what: str, alice: Membership, task: Task) -> None:
    before = shown(task)
    CHANGES[what](alice, task)
    fresh = render_to_string("tasks/_card.html", {"task": tasks_by_id([task.pk])[task.pk]})
    assert shown(task) == fresh != before


def test_a_card_shows_the_new_name_of_a_person(alice: Membership, task: Task) -> None:
    actions.assign_task(alice, task, [alice.user])
    assert "Alice" in shown(task)
    alice.user.name = "Alicia Keen"
    alice.user.save()
    assert "Alicia Keen" in shown(task)


def test_two_readers_get_the_same_card(task: Task) -> None:
    assert shown(task) is shown(task)

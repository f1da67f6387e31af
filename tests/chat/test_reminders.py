"""A reminder is posted at its moment, once, to those who are still here."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.actions import deactivate
from chat import reminders
from chat.models import Message, Reminder
from chat.pages import read_up_to
from chat.queries import timeline
from chat.reminders import post_what_is_due, set_reminder
from tasks.actions import create_task
from workspace import actions
from workspace.models import Membership, Project


@pytest.fixture
def remind():
    """Sets a reminder, for its author and a second ago where nothing else is said."""

    def set_one(member: Membership, text: str = "call Ana", **more) -> Reminder:
        words = {
            "for_whom": member.user,
            "at": timezone.now() - timedelta(seconds=1),
            "tasks": [],
            "nonce": uuid4(),
        }
        return set_reminder(member, text=text, **(words | more))

    return set_one


def texts(project: Project) -> list[str]:
    return list(Message.objects.filter(project=project).order_by("pk").values_list("text", flat=True))


def test_what_is_due_is_posted_as_a_mention_and_once(alice, project, remind) -> None:
    remind(alice)
    post_what_is_due()
    post_what_is_due()
    assert texts(project) == ["Reminder for @alice: call Ana"]
    event = project.events.get(kind="message.posted")
    assert event.actor == alice.user
    assert event.details == {"mentions": [alice.user_id], "reminder": True}
    assert event.in_chat


def test_what_is_to_come_waits_and_says_when(alice, project, remind) -> None:
    later = timezone.now() + timedelta(hours=1)
    remind(alice, at=later + timedelta(hours=1))
    remind(alice, at=later)
    assert post_what_is_due() == later
    assert texts(project) == []


def test_with_none_there_is_no_next_moment(alice, remind) -> None:
    assert post_what_is_due() is None
    remind(alice)
    assert post_what_is_due() is None


def test_a_reminder_about_tasks_names_them(alice, task, project, remind) -> None:
    remind(alice, "", tasks=[task.number])
    remind(alice, "merge it", tasks=[task.number])
    post_what_is_due()
    assert texts(project) == [
        "Reminder for @alice: #1 Fix login",
        "Reminder for @alice: #1 Fix login: merge it",
    ]
    assert list(Message.objects.first().tasks.all()) == [task]


def test_a_title_is_shown_as_it_is_and_calls_nobody(alice, bob, project, remind) -> None:
    task = create_task(bob, "Fix *all* [links](x) for @bob &lt;")
    remind(alice, "ask @bob **now**", tasks=[task.number])
    post_what_is_due()
    html = Message.objects.get(project=project).html
    assert "*all* [links](x) for @" in html
    assert "&amp;\u2060lt;" in html
    assert "<strong>now</strong>" in html, "what its author wrote is Markdown"
    event = project.events.get(kind="message.posted")
    assert event.details["mentions"] == [alice.user_id, bob.user_id]


def test_titles_alone_call_nobody(alice, bob, project, remind) -> None:
    task = create_task(bob, "Ask @bob")
    remind(alice, "", tasks=[task.number])
    post_what_is_due()
    assert project.events.get(kind="message.posted").details["mentions"] == [alice.user_id]


def test_where_there_is_no_room_for_titles_their_numbers_say_it(alice, project, remind) -> None:
    numbers = [create_task(alice, "*" * 199 + "a").number for _ in range(25)]
    remind(alice, "merge them", tasks=numbers)
    post_what_is_due()
    assert texts(project)[0].endswith("#24, #25: merge them")


def test_it_can_be_for_another_or_for_everybody(alice, bob, project, remind) -> None:
    remind(alice, for_whom=bob.user)
    remind(alice, for_whom=None)
    post_what_is_due()
    assert texts(project) == ["Reminder for @bob: call Ana", "Reminder for @here: call Ana"]


def test_it_is_dropped_where_its_author_or_the_person_is_gone(alice, bob, gina, project, remind) -> None:
    for member, whom in (
        (bob, bob.user),
        (bob, alice.user),
        (alice, bob.user),
        (gina, alice.user),
        (alice, gina.user),
    ):
        remind(member, for_whom=whom)
    remind(alice, "still here")
    actions.remove_member(alice, bob)
    deactivate(gina.user)
    post_what_is_due()
    assert texts(project) == ["Reminder for @alice: still here"]
    assert not Reminder.objects.filter(done_at=None).exists(), "none of them is looked at again"


def test_a_role_that_changed_meanwhile_drops_nothing(alice, bob, project, remind) -> None:
    remind(bob)
    actions.change_role(alice, bob, "guest")
    post_what_is_due()
    assert texts(project) == ["Reminder for @bob: call Ana"]


def test_one_that_cannot_be_posted_holds_up_no_other(alice, project, remind, monkeypatch, caplog) -> None:
    remind(alice, "first")
    remind(alice, "second")
    post = reminders.post_message

    def broken(member, text, **more):
        if "first" in text:
            raise ValueError("a fault of ours")
        return post(member, text, **more)

    monkeypatch.setattr(reminders, "post_message", broken)
    post_what_is_due()
    assert texts(project) == ["Reminder for @alice: second"]
    assert "cannot be posted" in caplog.text


def test_while_one_project_is_locked_those_of_the_others_are_posted(
    alice, project, remind, monkeypatch, caplog
) -> None:
    other = actions.create_project(alice.user, "Other", key="OTH", slug="other")
    for _ in range(reminders.AT_ONCE):
        remind(alice)
    remind(other)
    post = reminders.post_message

    def locked(member, text, **more):
        if member.project_id == project.pk:
            raise OperationalError("lock timeout")
        return post(member, text, **more)

    with monkeypatch.context() as patched:
        patched.setattr(reminders, "post_message", locked)
        assert post_what_is_due() is None, "it does not try without a pause"
    assert texts(other.project) == ["Reminder for @alice: call Ana"]
    assert caplog.text.count("wait: lock timeout") == 1, "and asks once for the lock"
    post_what_is_due()
    assert texts(project) == ["Reminder for @alice: call Ana"] * reminders.AT_ONCE


def test_where_the_database_is_away_the_next_look_comes_later(alice, remind, monkeypatch) -> None:
    remind(alice)

    def away(*_args, **_more):
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(Reminder, "objects", type("Away", (), {"filter": away})())
        with pytest.raises(OperationalError):
            post_what_is_due()
    post_what_is_due()
    assert texts(alice.project) == ["Reminder for @alice: call Ana"]


def test_it_is_news_to_its_author(alice, project, remind) -> None:
    alice.read_seq = project.last_seq
    remind(alice)
    post_what_is_due()
    project.refresh_from_db()
    assert read_up_to(alice, timeline(project)) == project.last_seq - 1

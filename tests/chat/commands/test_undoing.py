"""What /undo and /redo do with polls and reminders, which are no changes of tasks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from chat import polls
from chat.models import Poll, Reminder
from chat.reminders import pending
from chat.undoing import undo_event
from tasks.history import differences
from workspace.models import Event

LATER = "1.1.2070 9:00"


@pytest.fixture
def poll(run, alice, task) -> Poll:
    run(alice, "/done 1")
    run(alice, '/poll "Lunch?" "Pizza" "Soup"')
    return Poll.objects.get()


def is_open(poll: Poll) -> bool:
    return Poll.objects.get(pk=poll.pk).is_open


def test_a_poll_is_taken_back_before_what_was_done_before_it(
    run, alice, poll, task, fresh, project, kinds
) -> None:
    polls.vote(alice, poll, 0)
    since = project.events.count()
    run(alice, "/undo")
    assert kinds(project, since) == ["message.posted", "poll.closed"]
    assert project.events.latest("seq").cause == since + 1
    assert not is_open(poll)
    assert fresh(task).is_done
    run(alice, "/undo")
    assert not fresh(task).is_done


def test_it_is_opened_again_and_keeps_its_votes(run, refusal, alice, poll, project, kinds) -> None:
    polls.vote(alice, poll, 0)
    for _ in range(2):
        run(alice, "/undo")
        assert not is_open(poll)
        since = project.events.count()
        run(alice, "/redo")
        assert kinds(project, since) == ["message.posted", "poll.reopened"]
        assert is_open(poll)
    assert poll.votes.count() == 1
    assert refusal(alice, "/redo").code == "nothing_to_undo"


def test_what_somebody_has_voted_in_is_left_alone_and_nothing_in_place_of_it(
    run, refusal, alice, bob, gina, poll, task, fresh
) -> None:
    polls.vote(bob, poll, 1)
    refused = refusal(alice, "/undo")
    assert (refused.code, refused.message) == (
        "conflict",
        "Somebody has voted in “Lunch?”, so it was not taken back. It can be closed.",
    )
    polls.vote(gina, poll, 1)
    assert refusal(alice, "/undo").message.startswith("2 people have voted")
    assert is_open(poll)
    assert fresh(task).is_done
    polls.vote(bob, poll, None)
    polls.vote(gina, poll, None)
    run(alice, "/undo")
    assert not is_open(poll)


def test_a_poll_that_is_closed_is_done_with(run, alice, poll, task, fresh) -> None:
    polls.close_poll(alice, poll)
    run(alice, "/undo")
    assert not fresh(task).is_done
    run(alice, "/redo")
    assert fresh(task).is_done
    assert not is_open(poll), "it was not /undo that closed it"


def test_one_that_was_opened_again_and_closed_by_hand_stays_closed(run, refusal, alice, poll) -> None:
    run(alice, "/undo")
    run(alice, "/redo")
    assert is_open(poll)
    polls.close_poll(alice, poll)
    assert refusal(alice, "/redo").code == "nothing_to_undo"
    assert not is_open(poll)


def test_nobody_takes_back_the_poll_of_another(run, refusal, bob, poll) -> None:
    assert refusal(bob, "/undo").code == "nothing_to_undo"
    assert is_open(poll)


def test_a_message_is_taken_back_whole(run, alice, project) -> None:
    run(alice, "/task One\n/poll Ship it?\n/task Two")
    run(alice, "/undo")
    assert not Poll.objects.get().is_open
    assert not project.tasks.filter(archived_at=None).exists()
    run(alice, "/redo")
    assert Poll.objects.get().is_open
    assert project.tasks.filter(archived_at=None).count() == 2
    assert differences(project) == []


def test_within_a_message_the_line_above_is_taken_back(run, alice, task, fresh) -> None:
    run(alice, "/done 1")
    run(alice, "/poll Ship it?\n/undo")
    assert not Poll.objects.get().is_open
    assert fresh(task).is_done


def test_a_reminder_is_cancelled_and_set_again(run, alice, project, task, fresh, kinds) -> None:
    run(alice, "/done 1")
    run(alice, f"/remind me {LATER} to call Ana")
    since = project.events.count()
    assert run(alice, "/undo").notes == ["Taken back: your reminder 1, call Ana"]
    assert kinds(project, since) == ["message.posted"], "nobody is told what it was"
    assert pending(alice) == []
    assert fresh(task).is_done
    assert run(alice, "/redo").notes == ["Set again: your reminder 1, call Ana"]
    assert [each.number for each in pending(alice)] == [1]
    run(alice, "/undo")
    run(alice, "/undo")
    assert not fresh(task).is_done
    run(alice, "/redo")
    assert fresh(task).is_done
    assert pending(alice) == []


def test_a_reminder_that_came_or_was_cancelled_is_done_with(run, refusal, alice) -> None:
    run(alice, f"/remind me {LATER} to call Ana")
    run(alice, "/remind cancel 1")
    for way in ("/undo", "/redo"):
        assert refusal(alice, way).code == "nothing_to_undo"
    run(alice, f"/remind me {LATER} to call Ben")
    run(alice, "/undo")
    Reminder.objects.update(at=datetime(2026, 1, 1, tzinfo=UTC))
    assert refusal(alice, "/redo").code == "nothing_to_undo"


def test_neither_is_taken_back_after_an_hour(run, refusal, alice, poll, date_back) -> None:
    run(alice, f"/remind me {LATER} to call Ana")
    long_ago = timezone.now() - timedelta(hours=2)
    date_back(Event.objects.all(), long_ago)
    Reminder.objects.update(created_at=long_ago)
    assert refusal(alice, "/undo").code == "nothing_to_undo"
    assert is_open(poll)
    assert len(pending(alice)) == 1


def test_all_that_a_message_did_goes_with_it_several_polls_and_tasks_alike(run, alice, project) -> None:
    run(alice, '/task Cake\n/poll "A?" "1" "2"\n/poll "B?" "1" "2"')
    for said, are_open in (("/undo", [False, False]), ("/redo", [True, True])):
        run(alice, said)
        assert [is_open(each) for each in Poll.objects.order_by("pk")] == are_open
        assert (project.tasks.filter(archived_at=None).count() == 1) is are_open[0]


def test_the_button_of_a_line_takes_back_the_polls_of_its_message_too(run, alice, project) -> None:
    run(alice, "/task Cake\n/poll Shall we?")
    created = project.events.get(kind="task.created")
    undo_event(alice, created.seq)
    assert not is_open(Poll.objects.get())
    assert project.tasks.get().archived_at
    undo_event(alice, project.events.get(kind="task.undone").seq)
    assert is_open(Poll.objects.get())
    assert project.tasks.get().archived_at is None
    assert differences(project) == []

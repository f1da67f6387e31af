from datetime import UTC, datetime
from uuid import uuid4

import pytest

from chat.commands import Answer
from chat.models import Reminder

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_is_acknowledged_privately(run, alice, project, kinds) -> None:
    before = kinds(project)
    answer = run(alice, "/remind me tomorrow at 9am to call <b>Ana")
    assert isinstance(answer, Answer)
    assert "You will be reminded on Fri 20 Nov 2026 at 09:00" in answer.html
    assert "call &lt;b&gt;Ana" in answer.html
    assert answer.data["reminders"] == [
        {
            "number": 1,
            "for": "alice",
            "at": NINE.isoformat(),
            "when": "Fri 20 Nov 2026 at 09:00",
            "text": "call <b>Ana",
        }
    ]
    assert kinds(project) == before, "nobody is told"
    assert not project.messages.exists()
    assert Reminder.objects.get().at == NINE


def test_a_time_is_one_of_the_persons_time_zone(run, alice) -> None:
    alice.user.time_zone = "Pacific/Auckland"
    alice.user.save()
    run(alice, "/remind me tomorrow at 9am to call Ana")  # it is the 20th there already
    assert Reminder.objects.get().at == datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "now", "at"),
    [
        ("in 30 min", "00:45", "01:15"),  # 2:45, and half an hour later it is 2:15 there: once more
        ("in 90 min", "00:45", "02:15"),
        ("in 5 min", "01:05", "01:10"),
        ("2:30", "01:05", "01:30"),  # it is 2:05 for the second time, and the 2:30 to come is the second, too
    ],
)
def test_in_the_hour_that_comes_twice_time_goes_on(run, alice, typed, now, at) -> None:
    alice.user.time_zone = "Europe/Berlin"
    alice.user.save()
    moment, wanted = (datetime.fromisoformat(f"2026-10-25T{each}:00+00:00") for each in (now, at))
    run(alice, f"/remind me {typed} to call Ana", now=moment)
    assert Reminder.objects.get().at == wanted


def test_in_that_hour_too_what_is_over_is_refused(refusal, run, alice) -> None:
    alice.user.time_zone = "Europe/Berlin"
    alice.user.save()
    moment = datetime(2026, 10, 25, 1, 45, tzinfo=UTC)  # 2:45, for the second time
    assert refusal(alice, "/remind me today 2:30 to call Ana", now=moment).code == "past_date"
    assert run(alice, "/remind me today 2:50 to call Ana", now=moment).data["reminders"]


def test_the_same_nonce_sets_one(run, alice) -> None:
    nonce = uuid4()
    first, second = (run(alice, "/remind me tomorrow to call", nonce) for _ in range(2))
    assert first == second
    assert Reminder.objects.count() == 1


def test_said_once_more_it_tells_what_has_become_of_the_reminder(run, alice, project) -> None:
    nonce, text = uuid4(), "/remind me 1.1.2070 9:00 to call"
    assert run(alice, text, nonce).data["what"] == "set"
    run(alice, "/remind cancel 1")
    again = run(alice, text, nonce)
    assert again.data["what"] == "cancelled"
    assert "Taken back" in again.html
    moment = datetime(2070, 1, 1, 9, 0, tzinfo=UTC)
    Reminder.objects.update(done_at=moment)
    again = run(alice, text, nonce)
    assert again.data["what"] == "over"
    assert f"Its moment, {moment:%a} 1 Jan 2070 at 09:00, has come" in again.html
    assert Reminder.objects.count() == 1


def test_lists_ones_own_and_takes_them_back(run, refusal, alice, bob) -> None:
    run(alice, "/remind me fri to call Ana")
    run(alice, "/remind @bob tomorrow 8:00 to write")
    run(bob, "/remind here 17:00 to close the windows")
    listed = run(alice, "/remind list").data["reminders"]
    assert [(each["number"], each["for"], each["text"]) for each in listed] == [
        (2, "bob", "write"),
        (1, "alice", "call Ana"),
    ]
    assert "Taken back" in run(alice, "/remind cancel 2").html
    assert [each["number"] for each in run(alice, "/remind").data["reminders"]] == [1]
    for number in (2, 7):
        refused = refusal(alice, f"/remind cancel {number}")
        assert refused.message == f"You have no reminder {number} here. /remind list shows them."
    assert len(run(bob, "/remind list").data["reminders"]) == 1
    run(alice, "/remind me fri to call Ben")
    assert run(alice, "/remind list").data["reminders"][-1]["number"] == 3, "a number is not used again"


def test_in_a_tasks_conversation_it_is_about_the_task(run, alice, task) -> None:
    run(alice, "/remind tomorrow", task=task.number)
    assert Reminder.objects.get().tasks == [task.number]


@pytest.mark.parametrize("text", ["/remind me call Ana", "/remind @nobody tomorrow to call"])
def test_what_is_refused_sets_none(refusal, run, alice, text) -> None:
    refusal(alice, text)
    assert not Reminder.objects.exists()
    run(alice, "/remind tomorrow to call")
    assert Reminder.objects.exists()


def test_a_guest_may(run, gina) -> None:
    run(gina, "/remind tomorrow to call")
    assert Reminder.objects.get().author == gina.user

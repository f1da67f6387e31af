from datetime import UTC, datetime, timedelta

import pytest

from chat.models import Message
from tasks.actions import complete_task, create_task, start_task
from tasks.hindrances import block_task
from tasks.models import Task
from workspace.models import Event

NOON = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)  # a Thursday


@pytest.fixture
def finished(bob, alice):
    """A task of Bob's that was finished at a moment, by Alice: `finished("Title", at)`."""

    def make(title: str, at: datetime, **more) -> Task:
        task = create_task(alice, title, **{"assignees": [bob.user]} | more)
        complete_task(alice, task)
        Task.objects.filter(pk=task.pk).update(completed_at=at)
        return task

    return make


def said() -> Message:
    return Message.objects.latest("pk")


def test_posts_what_was_done_since_yesterday_and_what_is_in_progress(
    run, alice, bob, finished, project, kinds
) -> None:
    finished("Last week", NOON - timedelta(days=7))
    finished("Yesterday", datetime(2026, 11, 18, 0, 0, tzinfo=UTC))
    finished("The day before", datetime(2026, 11, 17, 23, 59, tzinfo=UTC))
    finished("Not his", NOON, assignees=[alice.user])
    start_task(bob, create_task(alice, "In progress"))
    create_task(alice, "To come", assignees=[bob.user])
    since = project.events.count()
    run(bob, "/standup Dentist at 4")
    assert kinds(project, since) == ["message.posted"]
    assert said().text == (
        "**Done since yesterday**\n\n- #2 Yesterday\n\n**Doing**\n\n- #5 In progress\n\nDentist at 4"
    )
    assert said().html.count('class="task-ref"') == 2
    assert sorted(task.number for task in said().refs) == [2, 5]


def test_what_is_blocked_is_told_apart(run, alice, bob) -> None:
    first = create_task(alice, "First")
    for title in ("Waits", "Goes on"):
        start_task(bob, create_task(alice, title))
    block_task(bob, Task.objects.get(title="Waits"), by=[first])
    run(bob, "/standup")
    assert said().text == "**Doing**\n\n- #3 Goes on\n\n**Blocked**\n\n- #2 Waits"


def test_yesterday_begins_on_my_own_clock(run, bob, finished) -> None:
    bob.user.time_zone = "Pacific/Auckland"  # 13 hours ahead
    bob.user.save()
    finished("Early", datetime(2026, 11, 18, 11, 0, tzinfo=UTC))  # the first minute of his yesterday
    finished("Before", datetime(2026, 11, 18, 10, 59, tzinfo=UTC))
    run(bob, "/standup")
    assert said().text == "**Done since yesterday**\n\n- #1 Early"


def test_after_a_weekend_it_goes_back_to_friday(run, bob, finished) -> None:
    finished("On Friday", datetime(2026, 11, 13, 9, 0, tzinfo=UTC))
    finished("On Thursday", datetime(2026, 11, 12, 9, 0, tzinfo=UTC))
    run(bob, "/standup", now=datetime(2026, 11, 16, 9, 0, tzinfo=UTC))
    assert said().text == "**Done since Friday**\n\n- #1 On Friday"


def test_what_i_finished_for_somebody_is_mine_too(run, alice, bob) -> None:
    task = create_task(alice, "Help out", assignees=[alice.user])
    complete_task(bob, task)
    moment = NOON - timedelta(hours=1)
    Task.objects.filter(pk=task.pk).update(completed_at=moment)
    assert Event.objects.filter(kind="task.completed", actor=bob.user).exists()
    run(bob, "/standup")
    assert "- #1 Help out" in said().text


def test_a_title_is_shown_as_it_is_and_calls_nobody(run, alice, bob, task, finished) -> None:
    title = "Fix *all* [links](x) `now` <b>&lt; @alice ~~1~~ _x_"
    finished(title, NOON)
    run(bob, "/standup")
    html = said().html
    assert "mention" not in html
    assert "<em>" not in html
    assert "<code>" not in html
    assert "*all* [links](x) `now` &lt;b&gt;" in html


def test_a_long_list_is_cut(run, bob, finished) -> None:
    for number in range(18):
        finished(f"Chair {number}", NOON + timedelta(seconds=number))
    run(bob, "/standup")
    assert said().text.count("- #") == 15
    assert said().text.endswith("- and 3 more")


def test_what_is_too_long_for_a_message_is_cut_evenly(run, bob, finished, alice) -> None:
    for number in range(15):
        finished("*" * 190 + f" {number}", NOON + timedelta(seconds=number))
        start_task(bob, create_task(alice, "*" * 190 + f" {number}"))
    run(bob, "/standup Dentist at 4")
    assert 7_000 < len(said().text) <= 8_000
    done, doing = said().text.removesuffix("\n\nDentist at 4").split("\n\n**Doing**\n\n")
    assert done.count("- #") == doing.count("- #") == 10
    assert done.endswith("- and 5 more")
    assert doing.endswith("- and 5 more")


def test_where_ones_own_words_leave_no_room_the_tasks_are_counted(run, bob, finished) -> None:
    for _ in range(2):
        finished("*" * 190 + "a", NOON)
    words = "x" * 7_900
    run(bob, f"/standup {words}")
    assert said().text == f"**Done since yesterday**\n\n- 2 in all\n\n{words}"
    words = "x" * 7_985
    run(bob, f"/standup {words}")
    assert said().text == words


def test_with_nothing_to_tell_it_asks_for_words(refusal, run, gina) -> None:
    assert "You have finished nothing here since yesterday" in refusal(gina, "/standup").message
    run(gina, "/standup Reading in")
    assert said().text == "Reading in"

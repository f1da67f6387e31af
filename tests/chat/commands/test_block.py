import pytest

from tasks.history import differences
from tasks.queries import tasks_by_id


@pytest.fixture
def two(run, alice, task):
    run(alice, "/task Second")
    return task


def is_blocked(task) -> bool:
    return tasks_by_id(task.project, [task.pk])[task.pk].is_blocked


def test_says_what_is_in_the_way(run, alice, two, project, kinds) -> None:
    since = project.events.count()
    ack = run(alice, "/block 1 by 2")
    assert kinds(project, since) == ["message.posted", "task.blocked"]
    assert ack.events[-1].details["note"] == "by #2"
    assert is_blocked(two)
    assert differences(project) == []


def test_what_is_done_or_in_the_trash_is_in_nobodys_way(run, alice, two) -> None:
    run(alice, "/block 1 by 2")
    for gone, back in (("/done 2", "/reopen 2"), ("/archive 2", "/undo"), ("/delete 2", "/undo")):
        run(alice, gone)
        assert not is_blocked(two), gone
        run(alice, back)
        assert is_blocked(two), back


def test_a_reason_will_do(run, alice, task, project, fresh) -> None:
    run(alice, "/blocked 1 waiting for the vendor")
    assert fresh(task).blocked_reason == "waiting for the vendor"
    assert is_blocked(task)
    run(alice, "/block 1 by the way")
    assert fresh(task).blocked_reason == "by the way"
    run(alice, "/block 1")
    assert fresh(task).blocked_reason == "no reason given"


def test_once_more_changes_nothing_and_says_so(run, alice, two, project, kinds) -> None:
    run(alice, "/block 1 by 2\n/block 2 the vendor")
    since = project.events.count()
    assert run(alice, "/block 1 by #2").notes == ["#1 waits for that already."]
    assert run(alice, "/block 2 the vendor").notes == ["#2 is blocked already (the vendor)."]
    assert kinds(project, since) == ["message.posted", "message.posted"]


def test_nothing_waits_in_a_circle(run, refusal, alice, two, project) -> None:
    run(alice, "/task Third")
    refused = refusal(alice, "/block 1 by 1")
    assert (refused.code, refused.message) == ("cycle", "#1 cannot block itself.")
    run(alice, "/block 2 by 1\n/block 3 by 2")
    assert refusal(alice, "/block 2 by 3").message == "That would make #2 → #3 → #2."
    assert refusal(alice, "/block 1 by 3").message == "That would make #1 → #3 → #2 → #1."
    assert run(alice, "/block 3 by 1").events[-1].kind == "task.blocked"


def test_is_taken_back(run, alice, two, project, fresh) -> None:
    run(alice, "/block 1 by 2\n/block 1 the vendor")
    run(alice, "/undo")
    assert not is_blocked(fresh(two))
    assert differences(project) == []


def test_says_what_is_missing_or_wrong(refusal, alice, task) -> None:
    assert refusal(alice, "/block").message == "Which task? Try /block 12 by 9."
    assert refusal(alice, "/block 1 by 99").code == "unknown_task"
    assert (
        refusal(alice, f"/block 1 {'x' * 201}").message == "The reason is 201 characters; the limit is 200."
    )


def test_the_card_and_the_page_say_it(run, client, alice, two) -> None:
    client.force_login(alice.user)
    run(alice, "/block 1 by 2\n/block 1 waiting for the vendor")
    card = client.get("/p/web/board").content.decode().partition('id="task-1"')[2].partition("</li>")[0]
    assert "Blocked" in card
    page = client.get("/p/web/t/1").content.decode()
    assert "Waiting for the vendor" in page
    assert 'href="/p/web/t/2"' in page
    run(alice, "/done 1")
    assert "Blocked" not in client.get("/p/web/t/1").content.decode().partition('id="task-talk"')[0]


def test_the_cards_of_those_that_wait_change_with_the_task_live(run, alice, two) -> None:
    from workspace.live import frames

    run(alice, "/block 1 by 2")
    (frame,) = frames([run(alice, "/done 2").events[-1]])
    assert r"id=\"task-1\"" in frame.html


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/block 1 the vendor").code == "forbidden"

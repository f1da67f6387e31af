import pytest


@pytest.fixture
def waiting(run, alice, task):
    run(alice, "/task Second\n/task Third")
    run(alice, "/block 1 by 2, 3\n/block 1 the vendor")
    return task


def blockers(task) -> list[int]:
    return sorted(task.blockers.values_list("number", flat=True))


def test_takes_everything_out_of_the_way(run, alice, waiting, project, kinds, fresh) -> None:
    since = project.events.count()
    run(alice, "/unblock 1")
    assert kinds(project, since) == ["message.posted", "task.unblocked"]
    assert (blockers(waiting), fresh(waiting).blocked_reason) == ([], "")
    run(alice, "/undo")
    assert (blockers(waiting), fresh(waiting).blocked_reason) == ([2, 3], "the vendor")


def test_takes_some_out_of_the_way(run, alice, waiting, fresh) -> None:
    run(alice, "/unblock 1 by 2")
    assert (blockers(waiting), fresh(waiting).blocked_reason) == ([3], "the vendor")


def test_once_more_changes_nothing_and_says_so(run, alice, waiting, project, kinds) -> None:
    run(alice, "/unblock 1")
    since = project.events.count()
    assert run(alice, "/unblock 1").notes == ["#1 is not blocked."]
    assert run(alice, "/unblock 1 by 2").notes == ["#1 does not wait for #2."]
    assert kinds(project, since) == ["message.posted", "message.posted"]


def test_says_what_is_wrong(refusal, alice, waiting) -> None:
    assert refusal(alice, "/unblock").message == "Which task? Try /unblock 12."
    assert refusal(alice, "/unblock 1 the vendor").code == "unexpected_text"


def test_a_guest_may_not(refusal, gina, waiting) -> None:
    assert refusal(gina, "/unblock 1").code == "forbidden"

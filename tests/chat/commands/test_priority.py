import pytest


@pytest.mark.parametrize(("typed", "rank"), [("high", 3), ("!urgent", 4), ("!1", 4), ("4", 1), ("Medium", 2)])
def test_says_how_much_a_task_presses(run, alice, task, project, kinds, fresh, typed, rank) -> None:
    since = project.events.count()
    run(alice, f"/priority 1 {typed}")
    assert kinds(project, since) == ["message.posted", "task.prioritized"]
    assert fresh(task).priority == rank
    run(alice, "/undo")
    assert fresh(task).priority == 0


def test_none_is_none(run, alice, task, fresh) -> None:
    run(alice, "/prio 1 high")
    assert run(alice, "/pri 1 none").events[-1].details["note"] == "as having no priority"
    assert fresh(task).priority == 0


def test_once_more_changes_nothing_and_says_so(run, alice, task, project, kinds) -> None:
    run(alice, "/priority 1 high")
    since = project.events.count()
    assert run(alice, "/priority 1 high").notes == ["#1 is high already."]
    run(alice, "/priority 1 none")
    assert run(alice, "/priority 1 none").notes == ["#1 has no priority already."]
    assert kinds(project, since).count("task.prioritized") == 1


def test_says_what_is_missing_or_wrong(refusal, alice, task) -> None:
    assert refusal(alice, "/priority 1").message == "Which priority? Try /priority 12 high."
    refused = refusal(alice, "/priority 1 hgih")
    assert (refused.code, refused.suggestions) == ("unknown_priority", ["/priority 1 high"])
    assert refusal(alice, "/priority high 1").suggestions == ["/priority 1 high"]


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/priority 1 high").code == "forbidden"

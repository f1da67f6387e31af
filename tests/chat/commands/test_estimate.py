import pytest


@pytest.mark.parametrize(
    ("typed", "stored"), [("3pt", "3pt"), ("~2h", "120min"), ("1h 30m", "90min"), ("1d", "480min")]
)
def test_says_how_long_a_task_takes(run, alice, task, project, kinds, fresh, typed, stored) -> None:
    since = project.events.count()
    run(alice, f"/est 1 {typed}")
    assert kinds(project, since) == ["message.posted", "task.estimated"]
    assert fresh(task).estimate == stored
    run(alice, "/undo")
    assert fresh(task).estimate == ""


def test_none_is_none(run, alice, task, fresh) -> None:
    assert run(alice, "/estimate 1 2h").events[-1].details["note"] == "at 2h"
    run(alice, "/estimate 1 none")
    assert fresh(task).estimate == ""


def test_once_more_changes_nothing_and_says_so(run, alice, task, project, kinds) -> None:
    run(alice, "/estimate 1 90m")
    since = project.events.count()
    assert run(alice, "/estimate 1 1h30m").notes == ["#1 is estimated at 1h 30min already."]
    assert kinds(project, since) == ["message.posted"]


def test_says_what_is_missing_or_wrong(refusal, alice, task) -> None:
    assert refusal(alice, "/estimate 1").message == "How long does it take? Try /estimate 12 2h."
    refused = refusal(alice, "/estimate 1 5")
    assert (refused.code, refused.suggestions) == ("bad_estimate", ["/estimate 1 5h", "/estimate 1 5pt"])
    assert refusal(alice, "/estimate 1 0h").suggestions == []


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/estimate 1 2h").code == "forbidden"

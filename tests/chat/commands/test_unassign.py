import pytest


@pytest.fixture
def shared(run, alice, bob, task):
    run(alice, "/assign 1 @alice @bob")
    return task


def test_takes_somebody_off_a_task(run, alice, bob, shared, project, kinds) -> None:
    since = project.events.count()
    run(bob, "/unassign 1 me")
    assert kinds(project, since) == ["message.posted", "task.unassigned"]
    assert list(shared.assignees.all()) == [alice.user]


def test_takes_everybody_off_when_nobody_is_named(run, bob, shared) -> None:
    run(bob, "/unassign 1")
    assert not shared.assignees.exists()


def test_says_what_is_missing(refusal, alice) -> None:
    assert refusal(alice, "/unassign").message == "Which task? Try /unassign 12 @me."


def test_a_guest_may_not(refusal, gina, shared) -> None:
    assert refusal(gina, "/unassign 1").code == "forbidden"

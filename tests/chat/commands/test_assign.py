import pytest


@pytest.mark.parametrize("text", ["/assign 1 @bob @me", "/assign @bob 1 @alice", "/assign 1 to me and bob"])
def test_gives_a_task_to_people(text, run, alice, bob, task, project, kinds) -> None:
    since = project.events.count()
    run(alice, text)
    assert kinds(project, since) == ["message.posted", "task.assigned"]
    assert set(task.assignees.all()) == {alice.user, bob.user}


def test_people_who_have_it_already_are_no_event(run, alice, bob, task, project, kinds) -> None:
    run(alice, "/assign 1 @bob")
    since = project.events.count()
    assert run(alice, "/assign 1 @bob").notes
    assert kinds(project, since) == ["message.posted"]


def test_says_what_is_missing(refusal, alice, task) -> None:
    assert refusal(alice, "/assign 1").message == "Who? Try /assign 12 @me."
    assert refusal(alice, "/assign @me").message == "Which task? Try /assign 12 @me."


def test_a_person_outside_is_unknown(refusal, alice, bob, charlie, task) -> None:
    refused = refusal(alice, "/assign 1 @charlie")
    assert refused.message == "There is no member @charlie in this project."


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/assign 1 @me").code == "forbidden"

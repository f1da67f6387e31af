from tasks.history import differences
from tasks.state import state_of


def test_puts_a_task_into_the_trash(run, refusal, client, alice, task, project, kinds) -> None:
    since = project.events.count()
    run(alice, "/delete 1")
    assert kinds(project, since) == ["message.posted", "task.deleted"]
    assert refusal(alice, "/show 1").code == "unknown_task"
    assert refusal(alice, "/delete 1").code == "unknown_task"
    assert not project.tasks.exists()
    client.force_login(alice.user)
    assert client.get("/p/web/t/1").status_code == client.get("/WEB-1").status_code == 404
    assert 'id="task-1"' not in client.get("/p/web/board").content.decode()
    assert "In the trash" in client.get("/p/web").content.decode()
    assert "Fix login" not in client.get("/search?q=login").content.decode().partition("<main")[2]
    assert differences(project) == []


def test_undo_brings_back_its_number_its_place_and_its_conversation(run, alice, task, project, fresh) -> None:
    run(alice, "/task Second\n/label 1 #bug")
    run(alice, "It broke again", task=1)
    before = state_of(fresh(task))
    run(alice, "/trash 1")
    run(alice, "/undo")
    assert state_of(fresh(task)) == before
    assert fresh(task).number == 1
    assert [message.text for message in task.conversation.all()] == ["It broke again"]
    assert differences(project) == []


def test_a_new_task_does_not_take_its_number(run, alice, task, project) -> None:
    run(alice, "/delete 1")
    run(alice, "/task Next")
    assert project.tasks.get().number == 2


def test_is_for_its_author_and_for_owners(run, refusal, alice, bob, task, project) -> None:
    refused = refusal(bob, "/task A\n/delete 1")
    assert (refused.code, refused.line) == ("forbidden", 2)
    assert refused.message == "You cannot delete #1: only its author (Alice) or an owner can."
    assert refused.suggestions == ["/archive 1"]
    assert [task.title for task in project.tasks.all()] == ["Fix login"]
    run(bob, "/task His\n/task His too")
    run(bob, "/delete 2")
    run(alice, "/delete 3")
    assert project.tasks.get() == task


def test_says_what_is_missing(refusal, alice, task) -> None:
    assert refusal(alice, "/delete").message == "Which task? Try /delete 12."


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/delete 1").code == "forbidden"

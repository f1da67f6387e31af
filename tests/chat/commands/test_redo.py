import pytest

from tasks.history import differences


def test_does_again_what_was_taken_back(run, alice, task, project, kinds, fresh) -> None:
    run(alice, "/done 1")
    run(alice, "/undo")
    since = project.events.count()
    run(alice, "/redo")
    assert kinds(project, since) == ["message.posted", "task.redone"]
    assert project.events.latest("seq").details["note"] == "to after it was completed"
    assert fresh(task).is_done
    assert differences(project) == []


def test_it_goes_back_and_forth(run, refusal, alice, task, project, fresh) -> None:
    run(alice, "/rename 1 Other\n/done 1")
    for _ in range(3):
        run(alice, "/undo")
        assert (fresh(task).title, fresh(task).is_done) == ("Fix login", False)
        run(alice, "/redo")
        assert (fresh(task).title, fresh(task).is_done) == ("Other", True)
    assert refusal(alice, "/redo").code == "nothing_to_undo"
    assert project.events.latest("seq").details["note"] == "to after it was renamed and completed"


def test_a_new_task_comes_back(run, alice, project) -> None:
    run(alice, "/task New")
    run(alice, "/undo")
    run(alice, "/redo")
    assert project.tasks.get().archived_at is None


def test_what_somebody_else_changed_since_is_kept(run, refusal, alice, bob, task, fresh) -> None:
    run(alice, "/rename 1 Mine")
    run(alice, "/undo")
    run(bob, "/rename 1 Theirs")
    assert "Bob has changed WEB-1 since (renamed)" in refusal(alice, "/redo").message
    assert fresh(task).title == "Theirs"


@pytest.mark.parametrize("way", ["/undo", "/redo"])
def test_what_would_make_tasks_wait_in_a_circle_is_refused(
    run, refusal, alice, bob, task, project, way
) -> None:
    run(alice, "/task Second")
    run(alice, "/block 1 by 2")
    run(alice, "/unblock 1" if way == "/undo" else "/undo")
    run(bob, "/block 2 by 1")
    refused = refusal(alice, way)
    assert (refused.code, refused.message) == ("cycle", "That would make #1 → #2 → #1.")
    assert not task.blockers.exists()
    run(bob, "/unblock 2")
    run(alice, way)
    assert [each.number for each in task.blockers.all()] == [2]
    assert differences(project) == []


def test_two_that_were_turned_round_are_turned_back(run, alice, task, project) -> None:
    run(alice, "/task Second")
    run(alice, "/block 1 by 2")
    run(alice, "/unblock 1\n/block 2 by 1")
    run(alice, "/undo")
    run(alice, "/redo")
    run(alice, "/undo")
    assert [each.number for each in task.blockers.all()] == [2]
    assert differences(project) == []


def test_a_guest_may_not(refusal, gina) -> None:
    assert refusal(gina, "/redo").code == "forbidden"


@pytest.fixture
def press(client):
    """Presses the button on an event's line: `press(alice, seq)`."""

    def post(member, seq):
        client.force_login(member.user)
        headers = {"Accept": "application/json"}
        return client.post("/p/web/undo", {"seq": seq}, headers=headers)

    return post


def test_the_button_takes_back_just_that_with_all_that_was_said_with_it(
    run, press, alice, task, project, fresh
) -> None:
    run(alice, "/task Second")
    first = run(alice, "/rename 1 Other\n/due 1 fri\n/done 2").events
    run(alice, "/priority 1 high")
    assert press(alice, first[-1].seq).status_code == 200
    assert (fresh(task).title, fresh(task).due_on, fresh(task).priority) == ("Fix login", None, 3)
    assert not project.tasks.get(number=2).is_done
    assert press(alice, first[1].seq).json()["message"] == "That was taken back already."
    undone = project.events.latest("seq")
    assert undone.in_chat
    assert press(alice, undone.seq).status_code == 200
    assert fresh(task).title == "Other"
    assert project.tasks.get(number=2).is_done


def test_the_button_is_for_who_did_it(run, press, alice, bob, task) -> None:
    seq = run(alice, "/done 1").events[-1].seq
    assert press(bob, seq).json()["message"] == "That was not yours, or it is more than an hour ago."
    assert press(alice, seq).status_code == 200


def test_the_line_has_the_button(run, client, alice, task) -> None:
    client.force_login(alice.user)
    seq = run(alice, "/done 1").events[-1].seq
    assert f'name="seq" value="{seq}">Undo</button>' in client.get("/p/web").content.decode()
    seq = run(alice, "/undo").events[-1].seq
    assert f'name="seq" value="{seq}">Redo</button>' in client.get("/p/web").content.decode()

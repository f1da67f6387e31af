def test_takes_a_task_off_the_board(run, bob, task, project, kinds, fresh) -> None:
    since = project.events.count()
    run(bob, "/archive 1")
    assert kinds(project, since) == ["message.posted", "task.archived"]
    assert fresh(task).archived_at


def test_once_more_changes_nothing(run, alice, task) -> None:
    run(alice, "/archive 1")
    assert run(alice, "/archive 1").notes == ["/archive changed nothing: it was so already."]


def test_what_people_type_for_it_proposes_it(refusal, alice, task) -> None:
    assert refusal(alice, "/rm 1").suggestions == ["/archive 1"]


def test_says_what_is_missing(refusal, alice) -> None:
    assert refusal(alice, "/archive").message == "Which task? Try /archive 12."


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/archive 1").code == "forbidden"

def test_takes_a_finished_task_back(run, alice, bob, task, project, kinds, fresh) -> None:
    run(alice, "/done 1")
    since = project.events.count()
    run(bob, "/open 1")
    assert kinds(project, since) == ["message.posted", "task.reopened"]
    assert fresh(task).column.kind == "next"


def test_an_open_task_stays_as_it_is(run, alice, task, project, kinds) -> None:
    since = project.events.count()
    assert run(alice, "/reopen 1").notes == ["#1 is open already."]
    assert kinds(project, since + 1) == []


def test_says_what_is_missing(refusal, alice) -> None:
    assert refusal(alice, "/reopen").message == "Which task? Try /reopen 12."


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/reopen 1").code == "forbidden"

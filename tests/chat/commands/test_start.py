def test_the_task_is_mine_and_being_done(run, bob, task, project, kinds, fresh) -> None:
    since = project.events.count()
    run(bob, "/start 1")
    assert kinds(project, since) == ["message.posted", "task.started"]
    assert fresh(task).column.kind == "doing"
    assert list(task.assignees.all()) == [bob.user]


def test_once_more_changes_nothing_and_says_so(run, bob, task, project, kinds) -> None:
    run(bob, "/claim 1")
    since = project.events.count()
    assert run(bob, "/take 1").notes == ["/start changed nothing: it was so already."]
    assert kinds(project, since) == ["message.posted"]


def test_says_what_is_missing(refusal, alice) -> None:
    assert refusal(alice, "/start").message == "Which task? Try /start 12."


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/start 1").code == "forbidden"

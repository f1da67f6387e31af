def test_gives_another_title_exactly_as_typed(run, bob, task, project, kinds, fresh) -> None:
    since = project.events.count()
    run(bob, "/rename 1 Log in @alice  #bug !high")
    assert kinds(project, since) == ["message.posted", "task.renamed"]
    assert fresh(task).title == "Log in @alice #bug !high"


def test_the_same_title_changes_nothing(run, alice, task) -> None:
    assert run(alice, "/title 1 Fix login").notes == ["/rename changed nothing: it was so already."]


def test_says_what_is_missing(refusal, alice, task) -> None:
    assert refusal(alice, "/rename").message == "Which task? Try /rename 12 Fix the login page."
    assert refusal(alice, "/rename 1").message == "What is the new title? Try /rename 12 Fix the login page."


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/rename 1 Mine").code == "forbidden"

def test_finishes_tasks(run, alice, task, project, kinds, fresh) -> None:
    run(alice, "/task Second")
    since = project.events.count()
    run(alice, "/done 1 and 2")
    assert kinds(project, since) == ["message.posted", "task.completed", "task.completed"]
    assert fresh(task).column.kind == "done"


def test_once_more_changes_nothing_and_says_who_was_quicker(run, alice, bob, task, project, kinds) -> None:
    run(bob, "/done 1")
    since = project.events.count()
    ack = run(alice, "/done 1")
    assert kinds(project, since) == ["message.posted"]
    assert ack.notes == ["#1 was already done by Bob."]


def test_a_task_that_was_dragged_to_done_is_done_too(run, alice, task) -> None:
    run(alice, "/move 1 done")
    assert run(alice, "/done 1").notes == ["#1 was already done."]


def test_says_what_is_missing(refusal, alice) -> None:
    refused = refusal(alice, "/done")
    assert (refused.code, refused.message) == ("missing_argument", "Which task? Try /done 12.")


def test_a_task_that_does_not_exist_says_so(refusal, alice, task) -> None:
    refused = refusal(alice, "/done 1, 99")
    assert (refused.message, refused.start, refused.end) == ("There is no task #99 in this project.", 9, 11)


def test_a_guest_may_not(refusal, gina, task, fresh) -> None:
    refused = refusal(gina, "/done 1")
    assert (refused.code, refused.message) == (
        "forbidden",
        "Guests can chat here but not change tasks. Ask Alice.",
    )
    assert not fresh(task).is_done

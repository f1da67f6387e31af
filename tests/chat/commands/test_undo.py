def test_takes_back_the_last_change(run, alice, task, project, kinds, fresh) -> None:
    run(alice, "/done 1")
    since = project.events.count()
    run(alice, "/undo")
    assert kinds(project, since) == ["message.posted", "task.undone"]
    assert not fresh(task).is_done


def test_takes_back_a_whole_script(run, alice, task, project, fresh) -> None:
    run(alice, "/rename 1 Other\n/due 1 fri\n/assign 1 @me")
    run(alice, "/undo")
    assert (fresh(task).title, fresh(task).due_on) == ("Fix login", None)
    assert not task.assignees.exists()


def test_what_somebody_else_changed_since_is_kept(run, refusal, alice, bob, task, fresh) -> None:
    run(alice, "/rename 1 Mine")
    run(bob, "/rename 1 Theirs")
    refused = refusal(alice, "/undo")
    assert refused.code == "conflict"
    assert fresh(task).title == "Theirs"


def test_says_when_there_is_nothing_to_take_back(refusal, bob, project) -> None:
    refused = refusal(bob, "/undo")
    assert (refused.code, refused.message) == (
        "nothing_to_undo",
        "You have changed nothing here in the last hour.",
    )


def test_takes_nothing_after_it(refusal, alice) -> None:
    refused = refusal(alice, "/undo 3")
    assert (refused.code, refused.message) == ("unexpected_text", 'I understood /undo but not "3".')


def test_a_guest_may_not(refusal, gina) -> None:
    assert refusal(gina, "/undo").code == "forbidden"

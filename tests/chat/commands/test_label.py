def names(task) -> list[str]:
    return sorted(task.labels.values_list("name", flat=True))


def test_marks_tasks(run, alice, task, project, kinds) -> None:
    run(alice, "/task Second #design")
    since = project.events.count()
    run(alice, "/label 1 2 #design")
    assert kinds(project, since) == ["message.posted", "task.labelled"]
    assert names(task) == ["design"]


def test_the_order_and_the_signs_are_free(run, alice, task) -> None:
    run(alice, "/task Second #bug #design")
    run(alice, "/tag bug, design 1")
    assert names(task) == ["bug", "design"]


def test_one_that_is_new_is_made_and_named(run, alice, task, project) -> None:
    run(alice, "/label 1 #design")
    ack = run(alice, "/label 1 #desgin")
    assert ack.notes == ["#desgin is a new label, similar to #design."]
    assert {label.name for label in project.labels.all()} == {"design", "desgin"}


def test_once_more_changes_nothing_and_says_so(run, alice, task, project, kinds) -> None:
    run(alice, "/label 1 #design")
    since = project.events.count()
    assert run(alice, "/label 1 #Design").notes == ["#1 has #design already."]
    assert kinds(project, since) == ["message.posted"]


def test_the_event_says_which(run, alice, task) -> None:
    run(alice, "/label 1 #bug")
    assert run(alice, "/label 1 #bug #design").events[-1].details["note"] == "#design"


def test_is_taken_back(run, alice, task) -> None:
    run(alice, "/label 1 #bug")
    run(alice, "/label 1 #design #urgent")
    run(alice, "/undo")
    assert names(task) == ["bug"]


def test_says_what_is_missing_or_wrong(refusal, alice, task) -> None:
    assert refusal(alice, "/label 1").message == "Which label? Try /label 12 #design."
    assert refusal(alice, "/label #x").message == "Which task? Try /label 12 #design."
    refused = refusal(alice, "/label 1 #in.review")
    assert (refused.code, refused.start, refused.end) == ("bad_label", 9, 19)


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/label 1 #bug").code == "forbidden"

from datetime import UTC, date, datetime


def test_sets_a_day(run, bob, task, project, kinds, fresh) -> None:
    since = project.events.count()
    run(bob, "/due 1 next friday")
    assert kinds(project, since) == ["message.posted", "task.scheduled"]
    assert (fresh(task).due_on, fresh(task).due_at) == (date(2026, 11, 27), None)


def test_sets_a_moment(run, alice, task, fresh) -> None:
    run(alice, "/due 1 tomorrow at 9am")
    assert fresh(task).due_at == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_none_clears_it(run, alice, task, project, kinds, fresh) -> None:
    run(alice, "/due 1 fri@17:00")
    since = project.events.count()
    run(alice, "/due 1 none")
    assert kinds(project, since) == ["message.posted", "task.unscheduled"]
    assert (fresh(task).due_on, fresh(task).due_at) == (None, None)


def test_the_same_moment_again_changes_nothing(run, alice, task, project, kinds) -> None:
    run(alice, "/due 1 fri@17:00")
    since = project.events.count()
    assert run(alice, "/due 1 fri@17:00").notes == ["/due changed nothing: it was so already."]
    assert kinds(project, since) == ["message.posted"]


def test_says_what_is_missing(refusal, alice, task) -> None:
    assert refusal(alice, "/due").message == "Which task? Try /due 12 fri."
    assert refusal(alice, "/due 1").message == "When? Try /due 12 fri."


def test_two_readings_are_both_proposed(refusal, alice, task) -> None:
    refused = refusal(alice, "/due 1 12/01")
    assert (refused.code, refused.message) == ("ambiguous_date", '"12/01" can be read two ways.')
    assert refused.suggestions == ["/due 1 2027-01-12", "/due 1 2026-12-01"]


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/due 1 fri").code == "forbidden"

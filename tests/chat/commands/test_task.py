from datetime import UTC, date, datetime

from tasks.models import Task


def test_adds_a_task_with_all_that_was_typed(run, alice, bob, project, kinds) -> None:
    since = project.last_seq
    run(alice, "/task Fix login @bob @me #bug !high ~2h >backlog due:fri\nSteps:\n/etc/hosts is wrong")
    task = project.tasks.get()
    assert (task.title, task.description) == ("Fix login", "Steps:\n/etc/hosts is wrong")
    assert set(task.assignees.all()) == {alice.user, bob.user}
    assert [label.name for label in task.labels.all()] == ["bug"]
    assert (task.priority, task.estimate) == (Task.Priority.HIGH, "120min")
    assert (task.column.name, task.due_on, task.due_at) == ("Backlog", date(2026, 11, 20), None)
    assert kinds(project, since) == ["message.posted", "task.created"]


def test_a_bare_title_lands_in_what_comes_next(run, bob, project) -> None:
    run(bob, "/task Fix login")
    task = project.tasks.get()
    assert (task.column.kind, task.priority, task.due_on, task.estimate) == ("next", 0, None, "")


def test_a_time_is_meant_in_the_authors_zone(run, alice, project) -> None:
    alice.user.time_zone = "Europe/Berlin"
    alice.user.save()
    run(alice, "/task Call due:fri@17:00")
    assert project.tasks.get().due_at == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


def test_a_zone_that_no_longer_exists_is_utc(run, alice, project) -> None:
    alice.user.time_zone = "../etc/passwd"
    alice.user.save()
    run(alice, "/task Call due:fri@17:00")
    assert project.tasks.get().due_at == datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def test_a_new_label_is_made_and_noted(run, alice, project) -> None:
    run(alice, "/task First #design")
    ack = run(alice, "/task Second #desgn")
    assert ack.notes == ["#desgn is a new label, similar to #design."]
    assert {label.name for label in project.labels.all()} == {"design", "desgn"}


def test_a_date_that_is_over_is_kept_and_noted(run, alice, project) -> None:
    ack = run(alice, "/task Report due:2026-11-02")
    assert ack.notes == ["Monday, 2 November 2026 is over already."]
    assert project.tasks.get().due_on == date(2026, 11, 2)


def test_says_that_a_title_is_missing(refusal, alice, project) -> None:
    refused = refusal(alice, "/task @me !high")
    assert (refused.code, refused.message) == ("title_empty", "A task needs a title. Try /task Fix login.")
    assert not project.tasks.exists()


def test_a_title_that_is_too_long_says_by_how_much(refusal, alice, project) -> None:
    assert refusal(alice, "/task " + "x" * 231).message == (
        "The title is 231 characters; the limit is 200. Put the details on the next line."
    )


def test_people_outside_the_project_cannot_be_named(refusal, alice, charlie, project) -> None:
    assert refusal(alice, "/task Fix login @charlie").code == "unknown_user"
    assert not project.tasks.exists()


def test_a_guest_may_not(refusal, gina, project) -> None:
    assert refusal(gina, "/task Fix login").message == "Guests can chat here but not change tasks. Ask Alice."
    assert not project.tasks.exists()

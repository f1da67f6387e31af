import pytest


def test_moves_a_task(run, bob, task, project, kinds, fresh) -> None:
    since = project.events.count()
    run(bob, "/move 1 to doing")
    assert kinds(project, since) == ["message.posted", "task.moved"]
    assert fresh(task).column.name == "Doing"


@pytest.mark.parametrize(("at", "first"), [("top", 2), ("bottom", 1)])
def test_moves_it_to_an_end_of_the_column(at, first, run, alice, task, project) -> None:
    run(alice, "/task Second")
    run(alice, "/move 1 doing")
    run(alice, f"/move 2 doing {at}")
    assert project.tasks.filter(column__name="Doing").order_by("position").first().number == first


def test_into_done_finishes_it(run, alice, task, fresh) -> None:
    run(alice, "/move 1 done")
    assert fresh(task).is_done


def test_where_it_is_already_changes_nothing(run, alice, task, project, kinds) -> None:
    since = project.events.count()
    assert run(alice, "/move 1 next").notes == ["/move changed nothing: it was so already."]
    assert kinds(project, since) == ["message.posted"]


def test_says_what_is_missing(refusal, alice, task) -> None:
    assert refusal(alice, "/move").message == "Which task? Try /move 12 done."
    assert refusal(alice, "/move 1").message == "Which column? Try /move 12 done."


def test_an_unknown_column_lists_those_there_are(refusal, alice, task) -> None:
    refused = refusal(alice, "/move 1 nowhere")
    assert refused.message == 'There is no column "nowhere" (Backlog, Next, Doing, Done).'


def test_a_beginning_that_two_columns_share_proposes_both(refusal, alice, task) -> None:
    assert refusal(alice, "/move 1 do").suggestions == ["/move 1 Doing", "/move 1 Done"]


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/move 1 done").code == "forbidden"

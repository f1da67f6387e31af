from datetime import date

from tasks.actions import complete_task, create_task
from tasks.steps import Due


def numbers(answer) -> list[int]:
    return [task["number"] for task in answer.data["tasks"]]


def test_shows_my_open_tasks_the_most_pressing_first(run, alice, bob) -> None:
    create_task(alice, "Some day", assignees=[bob.user])
    create_task(alice, "Next week", assignees=[bob.user], due=Due(date(2026, 11, 26)))
    create_task(alice, "Tomorrow", assignees=[bob.user], due=Due(date(2026, 11, 20)))
    create_task(alice, "Soon, and urgent", assignees=[bob.user], priority=4)
    create_task(alice, "Not his", assignees=[alice.user])
    complete_task(bob, create_task(alice, "Finished", assignees=[bob.user]))
    assert numbers(run(bob, "/mine")) == [3, 2, 4, 1]
    assert numbers(run(bob, "/my due:<=fri")) == [3]
    assert numbers(run(bob, "/mine some")) == [1]
    assert numbers(run(bob, "/mine is:done")) == [6]
    assert run(bob, "/mine some").data["query"] == "@me is:open some"


def test_says_when_there_is_nothing_to_do(run, gina) -> None:
    assert "Nothing here is yours just now." in run(gina, "/mine").html

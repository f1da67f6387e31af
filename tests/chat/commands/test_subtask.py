import pytest

from tasks.history import differences


@pytest.fixture
def items(task, fresh):
    """The items of the task, as `(number, text, whether it is done)`."""
    return lambda: [tuple(item) for item in fresh(task).checklist]


def test_divides_a_task(run, alice, task, project, kinds, items) -> None:
    since = project.events.count()
    run(alice, "/subtask 1 Write tests")
    run(alice, "/sub 1\n- One\n* [ ] Two\n\n3. Three")
    assert kinds(project, since) == ["message.posted", "task.divided"] * 2
    assert items() == [(1, "Write tests", False), (2, "One", False), (3, "Two", False), (4, "Three", False)]
    assert project.events.latest("seq").details["note"] == "into 1.2 to 1.4"
    assert differences(project) == []


def test_items_are_finished_and_opened_again(run, alice, task, kinds, project, items) -> None:
    run(alice, "/step 1 One\n/step 1 Two")
    since = project.events.count()
    run(alice, "/done 1.2")
    assert items() == [(1, "One", False), (2, "Two", True)]
    assert run(alice, "/done 1.2").notes == ["#1.2 was already done."]
    run(alice, "/reopen 1.2")
    assert run(alice, "/reopen 1.2").notes == ["#1.2 is open already."]
    assert kinds(project, since).count("task.ticked") == kinds(project, since).count("task.unticked") == 1
    assert items() == [(1, "One", False), (2, "Two", False)]


def test_tasks_and_items_go_together(run, alice, task, items, fresh) -> None:
    run(alice, "/task Second\n/sub 1 One")
    run(alice, "/done 1.1 and 2")
    assert items() == [(1, "One", True)]
    assert [each.number for each in task.project.tasks.all() if each.is_done] == [2]


def test_is_taken_back_item_by_item(run, alice, bob, task, items, refusal) -> None:
    run(alice, "/sub 1 One")
    run(bob, "/sub 1 Two")
    run(bob, "/done 1.1")
    assert "Bob has changed WEB-1 since (ticked)" in refusal(alice, "/undo").message
    run(bob, "/undo")
    run(alice, "/undo")
    assert items() == [(2, "Two", False)]
    run(alice, "/sub 1 Three")
    assert items() == [(2, "Two", False), (3, "Three", False)]
    assert differences(task.project) == []


def test_says_what_is_missing_or_wrong(refusal, alice, task) -> None:
    assert refusal(alice, "/subtask").message == "Which task? Try /subtask 12 Write the tests."
    assert refusal(alice, "/subtask 1").message == "What are its steps? Try /subtask 12 Write the tests."
    assert refusal(alice, "/done 1.7").message == "#1 has no item 7."
    assert refusal(alice, "/subtask 1" + "\nx" * 51).message == "51 items in #1; the limit is 50."
    assert refusal(alice, f"/subtask 1 {'x' * 201}").code == "title_too_long"


def test_the_card_counts_them_and_the_page_has_boxes(run, client, alice, gina, task, items) -> None:
    run(alice, "/sub 1 One\n/sub 1 Two\n/done 1.1")
    client.force_login(alice.user)
    card = client.get("/p/web/board").content.decode().partition('id="task-1"')[2].partition("</li>")[0]
    assert "items-count" in card
    page = client.get("/p/web/t/1").content.decode()
    assert 'aria-checked="true" aria-labelledby="item-1"' in page
    assert 'aria-checked="false" aria-labelledby="item-2"' in page
    client.post("/p/web/t/1/edit", {"item": "2", "do": "done"})
    assert items() == [(1, "One", True), (2, "Two", True)]
    client.post("/p/web/t/1/edit", {"item": "1", "do": "reopen"})
    assert items() == [(1, "One", False), (2, "Two", True)]
    client.force_login(gina.user)
    assert 'aria-disabled="true"' in client.get("/p/web/t/1").content.decode()


def test_a_guest_may_not(refusal, gina, task) -> None:
    assert refusal(gina, "/subtask 1 One").code == "forbidden"


def test_each_line_is_an_item_whatever_breaks_it(run, alice, task, items) -> None:
    run(alice, "/subtask 1 One\u2028Two")
    assert items() == [(1, "One", False), (2, "Two", False)]

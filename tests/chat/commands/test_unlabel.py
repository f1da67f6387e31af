import pytest


@pytest.fixture
def marked(run, alice, task):
    run(alice, "/label 1 #bug #design")
    return task


def test_takes_labels_off(run, alice, marked, project, kinds) -> None:
    since = project.events.count()
    run(alice, "/unlabel 1 #bug")
    assert kinds(project, since) == ["message.posted", "task.unlabelled"]
    assert marked.labels.get().name == "design"


def test_takes_all_of_them_off_where_none_is_named(run, alice, marked) -> None:
    run(alice, "/untag 1")
    assert not marked.labels.exists()
    run(alice, "/undo")
    assert marked.labels.count() == 2


def test_once_more_changes_nothing_and_says_so(run, alice, marked, project, kinds) -> None:
    run(alice, "/unlabel 1 #bug")
    since = project.events.count()
    assert run(alice, "/unlabel 1 #bug").notes == ["#1 has no #bug."]
    run(alice, "/unlabel 1")
    assert run(alice, "/unlabel 1").notes == ["#1 has no label."]
    assert kinds(project, since) == ["message.posted", "message.posted", "task.unlabelled", "message.posted"]


def test_makes_no_label(refusal, alice, marked, project) -> None:
    refused = refusal(alice, "/unlabel 1 #desgin")
    assert (refused.code, refused.suggestions) == ("bad_label", ["/unlabel 1 #design"])
    assert project.labels.count() == 2


def test_a_guest_may_not(refusal, gina, marked) -> None:
    assert refusal(gina, "/unlabel 1").code == "forbidden"

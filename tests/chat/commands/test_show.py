def test_shows_a_card_in_private(run, gina, task, project, kinds) -> None:
    since = project.events.count()
    answer = run(gina, "/show 1")
    assert answer.data["task"]["ref"] == "WEB-1"
    assert "Fix login" in answer.html
    assert kinds(project, since) == []


def test_what_is_in_a_title_is_text(run, alice, task) -> None:
    run(alice, "/rename 1 <script>alert(1)</script>")
    answer = run(alice, "/show 1")
    assert "<script>" not in answer.html
    assert "&lt;script&gt;" in answer.html


def test_says_what_is_missing(refusal, alice) -> None:
    assert refusal(alice, "/show").message == "Which task? Try /show 12."


def test_a_task_that_does_not_exist_says_so(refusal, alice) -> None:
    assert refusal(alice, "/show 7").message == "There is no task #7 in this project."

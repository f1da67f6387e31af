from chat.commands import registry


def test_lists_all_commands_in_private(run, gina, project, kinds) -> None:
    since = project.events.count()
    answer = run(gina, "/help")
    assert answer.data == {"commands": registry.as_data()}
    for command in registry.commands():
        assert command.summary.replace("'", "&#x27;") in answer.html
    assert kinds(project, since) == []


def test_explains_one_by_any_of_its_names(run, alice) -> None:
    answer = run(alice, "/help /deadline")
    assert answer.data["command"]["name"] == "due"
    assert "/due 12 next friday at 5pm" in answer.html
    assert "A bare weekday is the next such day" in answer.html


def test_an_unknown_one_proposes_what_is_near(refusal, alice) -> None:
    refused = refusal(alice, "/help dnoe")
    assert (refused.code, refused.suggestions) == ("unknown_command", ["/help done"])


def test_stands_alone_in_its_message(refusal, alice, task, fresh) -> None:
    refused = refusal(alice, "/done 1\n/help")
    assert (refused.code, refused.line) == ("unexpected_text", 2)
    assert not fresh(task).is_done

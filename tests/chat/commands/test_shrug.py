from chat.models import Message


def test_says_it_with_both_arms(run, gina, project, kinds) -> None:
    since = project.events.count()
    run(gina, "/shrug")
    assert kinds(project, since) == ["message.posted"]
    assert r"¯\_(ツ)_/¯" in Message.objects.get().html
    assert "<em>" not in Message.objects.get().html


def test_says_what_was_typed_before_it(run, gina) -> None:
    run(gina, "/shrug No idea _who_")
    assert Message.objects.get().html.strip().endswith(r"No idea <em>who</em> ¯\_(ツ)_/¯</p>")


def test_within_a_script_it_is_said_in_a_message_of_its_own(run, alice) -> None:
    run(alice, "/task Find out\n/shrug No idea\n/me is looking")
    script, *said = Message.objects.order_by("pk")
    assert script.text.startswith("/task")
    assert [message.text for message in said] == [r"No idea ¯\\\_(ツ)\_/¯", "_is looking_"]

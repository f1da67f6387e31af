from chat.models import Message


def test_says_it_in_italics(run, gina, project, kinds) -> None:
    since = project.events.count()
    run(gina, "/me is making tea")
    assert kinds(project, since) == ["message.posted"]
    message = Message.objects.get()
    assert message.text == "_is making tea_"
    assert "<em>is making tea</em>" in message.html


def test_every_line_of_it(run, alice) -> None:
    run(alice, "/me is making tea\nand cake")
    assert Message.objects.get().html.count("<em>") == 2


def test_says_what_is_missing(refusal, alice) -> None:
    assert refusal(alice, "/me").message == "What is there to say? Try /me is making tea."

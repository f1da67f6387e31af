from uuid import uuid4

from chat.models import Poll


def test_asks_everybody_under_the_message(run, alice, project, kinds) -> None:
    since = project.events.count()
    ack = run(alice, '/poll "Lunch?" "Pizza" "Sushi"')
    assert kinds(project, since) == ["message.posted", "poll.opened"]
    assert project.events.get(kind="poll.opened").cause == ack.seq
    poll = Poll.objects.get()
    assert (poll.question, poll.options, poll.author) == ("Lunch?", ["Pizza", "Sushi"], alice.user)


def test_the_same_nonce_asks_once(run, alice) -> None:
    nonce = uuid4()
    run(alice, "/poll Ship it?", nonce)
    run(alice, "/poll Ship it?", nonce)
    assert Poll.objects.count() == 1


def test_a_guest_may_ask(run, gina) -> None:
    run(gina, "/poll Ship it?")
    assert Poll.objects.get().author == gina.user

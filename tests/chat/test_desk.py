import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from chat import actions, desk as desk_module, session
from chat.desk import AT_ONCE, CROWD, Desk
from chat.frames import Say
from workspace.changes import Gone
from workspace.models import Event, Membership
from workspace.threads import in_database


def said(text: str, nonce: UUID | None = None) -> Say:
    return Say(nonce or uuid4(), text, None, None)


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many says each commit stored."""
    sizes: list[int] = []
    say_all = session.say_all
    monkeypatch.setattr(session, "say_all", lambda says: (sizes.append(len(says)), say_all(says))[1])
    return sizes


@pytest.mark.django_db(transaction=True)
async def test_says_that_wait_for_each_other_are_stored_together_and_in_order(alice, batches):
    desk = Desk()
    answers = await asyncio.gather(*(desk.say(alice, said(f"line {n}"), False) for n in range(AT_ONCE + 3)))
    assert [answer["type"] for answer in answers] == ["ack"] * (AT_ONCE + 3)
    seqs = [answer["seq"] for answer in answers]
    assert seqs == list(range(seqs[0], seqs[0] + AT_ONCE + 3))
    assert batches == [AT_ONCE, 3]


@pytest.mark.django_db(transaction=True)
async def test_one_who_waits_for_nobody_is_stored_at_once(alice, batches):
    desk = Desk()
    assert (await desk.say(alice, said("hello"), False))["type"] == "ack"
    assert (await desk.say(alice, said("again"), False))["type"] == "ack"
    assert batches == [1, 1]


@pytest.mark.django_db(transaction=True)
async def test_several_who_go_on_as_soon_as_they_are_answered_share_each_commit(alice, batches, monkeypatch):
    monkeypatch.setattr(desk_module, "MOMENT", 0.2)
    desk = Desk()

    async def talk(pause: int) -> None:
        for n in range(4):
            await desk.say(alice, said(f"line {n}"), False)
            for _ in range(pause):  # they are not equally quick
                await asyncio.sleep(0)

    await asyncio.gather(*(talk(n) for n in range(5)))
    assert batches == [5, 5, 5, 5]


@pytest.mark.django_db(transaction=True)
async def test_who_goes_on_waits_for_the_others_no_longer_than_a_moment(alice, batches, monkeypatch):
    monkeypatch.setattr(desk_module, "MOMENT", 0.2)
    desk = Desk()
    await asyncio.gather(*(desk.say(alice, said(f"line {n}"), False) for n in range(CROWD)))
    await desk.say(alice, said("and on"), False)  # the others have nothing to say any more
    assert batches == [CROWD, 1]


@pytest.mark.django_db(transaction=True)
async def test_where_few_talk_nobody_is_waited_for(alice, batches, monkeypatch):
    monkeypatch.setattr(desk_module, "MOMENT", 600)
    desk = Desk()
    async with asyncio.timeout(20):
        await asyncio.gather(*(desk.say(alice, said(f"line {n}"), False) for n in range(CROWD - 1)))
        await desk.say(alice, said("and on"), False)
    assert batches == [CROWD - 1, 1]


@pytest.mark.django_db(transaction=True)
async def test_as_many_as_can_be_stored_together_wait_for_nobody(alice, batches, monkeypatch):
    monkeypatch.setattr(desk_module, "MOMENT", 600)
    desk = Desk()
    await asyncio.gather(*(desk.say(alice, said(f"line {n}"), False) for n in range(2 * AT_ONCE)))
    assert batches == [AT_ONCE, AT_ONCE]


@pytest.mark.django_db(transaction=True)
async def test_a_question_is_answered_beside_what_is_stored(alice, batches):
    desk = Desk()
    says = [said(text) for text in ("hello", "/find login", "/find nothing like it", "/find x\n/done 99")]
    answers = await asyncio.gather(*(desk.say(alice, each, False) for each in says))
    assert [answer["type"] for answer in answers] == ["ack", "answer", "answer", "refused"]
    assert [answer["nonce"] for answer in answers] == [str(each.nonce) for each in says]
    assert sum(batches) == 2


@pytest.mark.django_db(transaction=True)
async def test_a_question_with_the_nonce_of_something_said_gets_its_answer(alice, project):
    desk, nonce = Desk(), uuid4()
    first = await desk.say(alice, said("hello", nonce), False)
    assert await desk.say(alice, said("/remind me tomorrow to call", nonce), False) == first
    assert not await in_database(project.reminders.exists)()


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_takes_nothing_with_it(alice, bob, project, kinds):
    since = project.last_seq
    project.refresh_from_db()
    good, bad, more = session.say_all(
        [(alice, said("before"), False), (bob, said("/done #99"), False), (alice, said("after"), False)]
    )
    assert (good["type"], bad["type"], more["type"]) == ("ack", "refused", "ack")
    assert more["seq"] == good["seq"] + 1
    assert kinds(project, since)[-2:] == ["message.posted", "message.posted"]


@pytest.mark.django_db(transaction=True)
def test_a_nonce_said_twice_in_one_commit_works_once(alice, project):
    nonce = uuid4()
    first, second = session.say_all(
        [(alice, said("once", nonce), False), (alice, said("once", nonce), False)]
    )
    assert first["seq"] == second["seq"]
    assert project.messages.count() == 1


@pytest.mark.django_db(transaction=True)
def test_somebody_who_is_gone_is_told_so_and_the_others_are_stored(alice, bob, project):
    Membership.objects.filter(pk=bob.pk).delete()
    gone, stored = session.say_all([(bob, said("still here"), False), (alice, said("hello"), False)])
    assert isinstance(gone, Gone)
    assert stored["type"] == "ack"


@pytest.mark.django_db(transaction=True)
def test_an_accident_takes_nothing_with_it(alice, project, monkeypatch):
    render = actions.markup.render

    def trips(text: str, **more: Any) -> Any:
        if text == "trip":
            raise RuntimeError("a bug")
        return render(text, **more)

    monkeypatch.setattr(actions.markup, "render", trips)
    good, bad, more = session.say_all([(alice, said(text), False) for text in ("before", "trip", "after")])
    assert (good["type"], str(bad), more["type"]) == ("ack", "a bug", "ack")
    assert more["seq"] == good["seq"] + 1
    assert list(project.messages.values_list("text", flat=True)) == ["before", "after"]


@pytest.mark.django_db(transaction=True)
def test_talk_that_waits_is_stored_by_few_statements(alice, bob, project, django_assert_num_queries):
    session.say_all([(alice, said("warm"), False), (bob, said("up"), False)])
    says = [(member, said(f"line {n}"), False) for n in range(8) for member in (alice, bob)]
    with django_assert_num_queries(
        9
    ):  # begin, savepoint, lock, nonces, messages, events, counters, release, commit
        answers = session.say_all(says)
    assert [answer["nonce"] for answer in answers] == [str(each.nonce) for _, each, _ in says]
    assert [answer["seq"] for answer in answers] == list(range(answers[0]["seq"], answers[0]["seq"] + 16))
    stored = Event.objects.filter(project=project, seq__gte=answers[0]["seq"]).order_by("seq")
    assert [event.nonce for event in stored] == [each.nonce for _, each, _ in says]
    assert [event.actor_id for event in stored] == [member.user_id for member, _, _ in says]
    texts = {message.pk: message.text for message in project.messages.all()}
    assert [texts[event.subject_id] for event in stored] == [each.text for _, each, _ in says]


@pytest.mark.django_db(transaction=True)
def test_talk_and_commands_keep_the_order_in_which_they_came(alice, bob, project, kinds):
    since = Event.objects.filter(project=project).count()
    texts = ["one", "two", "/task Fix login", "three", " /task no task", "/task Another", "four", "five"]
    answers = session.say_all([(alice if n % 2 else bob, said(text), False) for n, text in enumerate(texts)])
    assert [answer["type"] for answer in answers] == ["ack"] * 8
    assert kinds(project, since) == [
        "message.posted", "message.posted", "message.posted", "task.created", "message.posted", "message.posted",
        "message.posted", "task.created", "message.posted", "message.posted",
    ]  # fmt: skip
    assert list(project.messages.order_by("pk").values_list("text", flat=True))[4] == "/task no task"


@pytest.mark.django_db(transaction=True)
def test_what_is_too_long_takes_nothing_with_it(alice, project):
    good, bad, more = session.say_all(
        [(alice, said(text), False) for text in ("before", "x" * (actions.LENGTH + 1), "after")]
    )
    assert (good["type"], bad["code"], more["type"]) == ("ack", "too_long", "ack")
    assert list(project.messages.values_list("text", flat=True)) == ["before", "after"]


@pytest.mark.django_db(transaction=True)
async def test_nobody_is_told_that_it_is_stored_when_the_commit_fails(alice, monkeypatch):
    def fails(self: object) -> None:
        raise transaction.TransactionManagementError("the disk is full")

    desk = Desk()
    monkeypatch.setattr(type(connection._connections["default"]), "_commit", fails)
    both = await asyncio.gather(
        desk.say(alice, said("a"), False), desk.say(alice, said("b"), False), return_exceptions=True
    )
    monkeypatch.undo()
    assert [type(answer).__name__ for answer in both] == ["TransactionManagementError"] * 2
    assert (await desk.say(alice, said("c"), False))["type"] == "ack", "it goes on"
    assert await in_database(alice.project.messages.count)() == 1

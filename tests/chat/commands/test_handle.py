"""What holds for everything that is said, whatever it is."""

from concurrent.futures import ThreadPoolExecutor
from unicodedata import normalize
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from chat import session
from chat.commands import Ack, Answer, context_for, find, handle, is_question, preview
from chat.language.cleaning import clean
from chat.models import Message
from tasks.actions import create_task
from workspace.actions import change_role, remove_member
from workspace.changes import Gone, RoleChanged
from workspace.errors import Refused
from workspace.models import Event, Membership
from workspace.text import clean_text


def test_talk_is_posted(run, gina, project, kinds) -> None:
    since = project.last_seq
    ack = run(gina, "hello")
    assert kinds(project, since) == ["message.posted"]
    assert ack.events == [Event.objects.get(project=project, seq=ack.seq)]
    assert Message.objects.get().text == "hello"


def test_a_script_is_posted_as_it_was_typed_and_causes_its_effects(run, alice, task) -> None:
    text = "/task A\n/task B @me\n/done 1"
    ack = run(alice, text)
    said, *effects = ack.events
    assert Message.objects.get(pk=said.subject_id).text == text
    assert [effect.kind for effect in effects] == ["task.created", "task.created", "task.completed"]
    assert {effect.cause for effect in effects} == {said.seq}
    assert said.cause is None


def test_what_comes_after_a_script_is_not_its_effect(run, alice, project) -> None:
    run(alice, "/task A")
    assert run(alice, "hello").events[0].cause is None


def test_what_is_stored_is_what_was_read() -> None:
    """The language and the ground below it agree on which characters nobody gets to see."""
    everything = "".join(map(chr, range(0x11000))) + "\r\n"
    for character in everything:
        assert clean_text(f"a{character}b") == normalize("NFC", clean(f"a{character}b")), hex(ord(character))


def test_an_escaped_command_is_talk(run, alice, project, kinds) -> None:
    run(alice, "//task Fix login")
    assert Message.objects.get().text == "/task Fix login"
    assert not project.tasks.exists()


def test_nothing_happens_when_a_line_is_not_understood(refusal, alice, project, kinds) -> None:
    since = kinds(project)
    refused = refusal(alice, "/task A\n/doen 1")
    assert (refused.code, refused.line, refused.suggestions) == ("unknown_command", 2, ["/done 1"])
    assert refused.can_send_as_text
    assert kinds(project) == since
    assert not Message.objects.exists()


def test_nothing_happens_when_a_line_cannot_be_done(refusal, alice, task, project, kinds) -> None:
    project.columns.filter(kind="done").delete()
    since = kinds(project)
    refused = refusal(alice, "/task A\n/done 1")
    assert (refused.code, refused.line, refused.start, refused.end) == ("unknown_column", 2, 0, 7)
    assert kinds(project) == since
    assert project.tasks.count() == 1


def test_a_nonce_works_once(run, alice, project, kinds) -> None:
    nonce = uuid4()
    first, second = run(alice, "/task A", nonce), run(alice, "/task A", nonce)
    assert (first.seq, first.is_repeat) == (second.seq, not second.is_repeat)
    assert first.events == second.events
    assert project.tasks.count() == 1


def test_a_repeat_is_answered_when_the_text_has_lost_its_meaning(run, alice, task, project) -> None:
    nonce = uuid4()
    first = run(alice, "/rename 1 Something else\n/done fix login", nonce)
    assert run(alice, "/rename 1 Something else\n/done fix login", nonce).seq == first.seq


def test_the_same_nonce_of_two_people_is_two_sayings(run, alice, bob) -> None:
    nonce = uuid4()
    assert run(alice, "hello", nonce).seq != run(bob, "hello", nonce).seq


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b", "\0"])
def test_nothing_is_not_said(refusal, alice, text) -> None:
    assert refusal(alice, text).code == "empty"


def test_a_text_that_is_too_long_says_by_how_much(refusal, run, alice) -> None:
    assert (
        refusal(alice, "x" * 8412).message == "This message is 412 characters too long; the limit is 8,000."
    )
    assert isinstance(run(alice, "x" * 8000), Ack)


def test_suggestions_are_complete_lines(refusal, alice, bob, task) -> None:
    assert refusal(alice, "/assign 1 @bbo").suggestions == ["/assign 1 @bob"]
    assert refusal(alice, "/due 1 tomorow").suggestions == ["/due 1 tomorrow"]


def test_a_question_is_answered_and_not_posted(run, gina, project, kinds) -> None:
    since = project.last_seq
    answer = run(gina, "/help")
    assert isinstance(answer, Answer)
    assert kinds(project, since) == []


def test_a_nonce_that_has_spoken_asks_nothing(run, alice, project, kinds) -> None:
    nonce = uuid4()
    said = run(alice, "hello", nonce=nonce)
    since = kinds(project)
    for text in ("/help", "", "/doen 1", "x" * 9000, "/task A"):
        assert run(alice, text, nonce=nonce).seq == said.seq
    assert kinds(project) == since


@pytest.mark.parametrize("text", ["/help", "/show 1", "/show fix logn", "/done fix logn"])
def test_somebody_who_was_removed_is_told_nothing(alice, bob, task, text) -> None:
    early = Membership.objects.select_related("project", "user").get(pk=bob.pk)
    remove_member(alice, bob)
    with pytest.raises(Gone):
        handle(early, text, uuid4())
    with pytest.raises(Gone):
        session.preview(early, text, None)


def test_in_a_tasks_conversation_a_command_means_that_task(run, alice, task, fresh) -> None:
    ack = run(alice, "/due fri", task=1)
    assert fresh(task).due_on.isoformat() == "2026-11-20"
    assert Message.objects.get(pk=ack.event.subject_id).task == task


def test_last_is_the_task_this_member_touched(run, refusal, alice, bob, project) -> None:
    run(alice, "/task A")
    run(bob, "/task B")
    run(alice, "hello")
    run(alice, "/rename last C")
    assert [task.title for task in project.tasks.order_by("number")] == ["C", "B"]


def test_the_last_of_somebody_who_touched_none(refusal, alice, bob, task) -> None:
    refused = refusal(bob, "/done last")
    assert (refused.code, refused.message) == (
        "missing_argument",
        "You have changed no task here yet, so there is no last one. Try /done 12.",
    )


def test_a_task_may_be_called_by_its_title(run, alice, task, fresh) -> None:
    run(alice, "/done fix login")
    assert fresh(task).is_done


def test_tasks_of_other_projects_do_not_exist(run, refusal, alice, charlie, person) -> None:
    from workspace.actions import create_project

    stranger = create_project(charlie, "Secret", key="SEC", slug="secret")
    run(stranger, "/task Hidden")
    assert refusal(alice, "/done 1").code == "unknown_task"
    assert refusal(alice, "/done hidden").suggestions == []
    assert refusal(alice, "/done SEC-1").code == "wrong_project"


def test_talk_asks_nothing_of_the_database_to_be_understood(alice, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert preview(alice, "hello #1 @bob, /done is a command") == {
            "talk": "hello #1 @bob, /done is a command"
        }


def test_no_query_grows_with_the_number_of_tasks(run, alice, project, django_assert_max_num_queries) -> None:
    run(alice, "\n".join(f"/task T{number}" for number in range(20)))
    run(alice, "\n".join(f"/task T{number}" for number in range(20)))
    with django_assert_max_num_queries(2):
        assert "script" in preview(alice, "/done 10..30")


def test_a_preview_is_the_parse_and_stores_nothing(alice, project, kinds) -> None:
    since = kinds(project)
    assert preview(alice, "/task Buy paint !high")["script"] == [
        {"command": "task", "title": "Buy paint", "priority": "high"}
    ]
    assert preview(alice, "/doen 1")["fixes"] == ["/done 1"]
    assert kinds(project) == since


def test_a_preview_tells_a_guest_what_sending_would(gina, task) -> None:
    shown = preview(gina, "/me waits\n/done 1")
    assert (shown["refused"], shown["line"]) == ("forbidden", 2)


def test_titles_are_searched_among_open_tasks_first(run, alice, task) -> None:
    run(alice, "/task Second")
    run(alice, "/archive 1")
    assert list(context_for(alice).tasks.items()) == [(2, "Second")]
    assert 1 in context_for(alice).tasks


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_a_task_at_once_one_does(alice, bob, task, project, kinds) -> None:
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads do not share a database in memory")

    def finish(member):
        try:
            return handle(member, "/done 1", uuid4())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        notes = [note for ack in pool.map(finish, [alice, bob]) for note in ack.notes]
    assert kinds(project).count("task.completed") == 1
    assert len(notes) == 1
    assert notes[0].startswith("#1 was already done by ")


def test_one_message_changes_a_hundred_tasks_and_no_more(run, alice, kinds) -> None:
    for number in range(1, 26):
        create_task(alice, f"Task {number}")
    line = "/done " + " ".join(str(number) for number in range(1, 26))
    before = kinds(alice.project)
    with pytest.raises(Refused, match="125 tasks in one message; the limit is 100"):
        run(alice, "\n".join([line] * 5))
    assert kinds(alice.project) == before
    run(alice, "\n".join([line] * 4))
    assert kinds(alice.project).count("task.completed") == 25


LOCKS = ("BEGIN", "SAVEPOINT", "UPDATE", "INSERT")


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("/find login", False),
        ("/mine", False),
        ("/board @me", False),
        ("/show 1", False),
        ("/help", False),
        ("/remind list", False),
        ("/remind me tomorrow to call", True),
        ("hello", True),
    ],
)
def test_a_question_waits_for_no_lock(run, alice, task, django_assert_max_num_queries, text, waits) -> None:
    with django_assert_max_num_queries(100) as asked:
        run(alice, text)
    assert any(query["sql"].startswith(LOCKS) for query in asked.captured_queries) == waits


@pytest.mark.parametrize("how", ["removed", "another role"])
def test_who_is_removed_while_it_is_answered_is_told_nothing(run, alice, bob, task, monkeypatch, how) -> None:
    render = find.listed

    def meanwhile(*args, **more):
        answer = render(*args, **more)
        if how == "removed":
            remove_member(alice, Membership.objects.get(pk=bob.pk))
        else:
            change_role(alice, Membership.objects.get(pk=bob.pk), Membership.Role.GUEST)
        return answer

    assert run(bob, "/find login").data["tasks"]
    with monkeypatch.context() as patched:
        patched.setattr(find, "listed", meanwhile)
        with pytest.raises(Gone if how == "removed" else RoleChanged):
            run(bob, "/find login")


def test_a_question_knows_what_somebody_is_called_now(run, alice, bob, project) -> None:
    create_task(alice, "Bob's", assignees=[bob.user])
    User.objects.filter(pk=bob.user_id).update(handle="robert")
    assert len(run(bob, "/mine").data["tasks"]) == 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("/find x", True),
        ("/List x", True),
        ("\uff0ffind x", True),
        ("/find x\n/done 1", False),
        ("/done 1", False),
        ("/doen 1", False),
        ("find x", False),
        (" /find x", False),
        ("", False),
    ],
)
def test_a_question_is_told_by_its_command(text, is_one) -> None:
    assert is_question(text) is is_one

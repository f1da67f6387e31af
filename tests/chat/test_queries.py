from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat.actions import post_message
from chat.models import Message
from chat.queries import PAGE, around, conversation, timeline
from tasks import actions
from workspace.changes import changes


def texts(lines):
    return [line.message.text for line in lines if line.message]


def script(member, text, *steps):
    with changes(member) as record:
        record.cause = post_message(member, text, nonce=uuid4(), is_script=True).seq
        for step in steps:
            step()


def test_the_timeline_ends_with_the_newest_line_and_goes_back_page_by_page(alice, project, say):
    for number in range(PAGE + 5):
        say(alice, str(number))
    newest = timeline(project)
    assert texts(newest) == [str(number) for number in range(5, PAGE + 5)]
    older = timeline(project, before=newest[0].event.seq)
    assert texts(older) == ["0", "1", "2", "3", "4"]
    assert texts(timeline(project, after=newest[-2].event.seq)) == [str(PAGE + 4)]


def test_what_a_say_caused_stands_under_it_and_has_no_line_of_its_own(alice, project, task):
    script(alice, "/done 1", lambda: actions.complete_task(alice, task))
    line = timeline(project)[-1]
    assert line.message.text == "/done 1"
    assert [effect.event.kind for effect in line.effects] == ["task.completed"]
    assert line.effects[0].task == task


def test_what_was_done_on_the_board_has_a_quiet_line(alice, project, task):
    line = timeline(project)[-1]
    assert line.message is None
    assert line.sentence == (
        '<bdi>Alice</bdi> added <a data-copy="task-1-link" href="/p/web/t/1">WEB-1 <bdi>Fix login</bdi></a> to Next'
    )


def test_moving_cards_about_makes_no_line(alice, project, task):
    before = len(timeline(project))
    actions.move_task(alice, task, project.columns.get(kind="backlog"))
    assert len(timeline(project)) == before


def test_names_and_titles_are_escaped_in_sentences(alice, project):
    alice.user.name = "<b>Al</b>"
    alice.user.save()
    actions.create_task(alice, "<img src=x onerror=alert(1)>")
    sentence = timeline(project)[-1].sentence
    assert "<img" not in sentence
    assert "<b>" not in sentence


def test_around_shows_the_line_itself_with_what_stands_beside_it(alice, project, say):
    events = [say(alice, str(number)) for number in range(80)]
    shown = texts(around(project, events[40].seq))
    assert "40" in shown
    assert shown == [str(number) for number in range(15, 66)]


def test_the_conversation_of_a_task_is_what_was_said_in_it_names_it_or_changed_it(alice, project, task, say):
    say(alice, "nothing to do with it")
    say(alice, "said in its panel", task=1)
    say(alice, "look at #1")
    script(alice, "/done 1", lambda: actions.complete_task(alice, task))
    assert texts(conversation(task)) == ["said in its panel", "look at #1", "/done 1"]


@pytest.mark.parametrize("count", [5, 40])
def test_the_number_of_queries_does_not_grow_with_the_lines(
    alice, bob, project, task, say, count, django_assert_max_num_queries
):
    for _ in range(count):
        say(bob, "talk about #1")
        actions.reopen_task(alice, task)
        script(alice, "/done 1", lambda: actions.complete_task(alice, task))
    with django_assert_max_num_queries(9):
        for line in timeline(project):
            assert line.event.actor.name
            for ref in line.refs:
                assert ref.ref
            for effect in line.effects:
                assert effect.task.column.name


def test_the_messages_of_a_task_and_the_replies_to_them_are_found_by_one_query(alice, project, task, say):
    say(alice, "look at #1", task=1)
    script(alice, "/done 1", lambda: actions.complete_task(alice, task))
    for answered in Message.objects.order_by("pk"):
        say(alice, f"in reply to {answered.text}", reply_to=answered.pk)
    with CaptureQueriesContext(connection) as asked:
        found = texts(conversation(task))
    assert found == ["look at #1", "/done 1", "in reply to look at #1", "in reply to /done 1"]
    finding = [each["sql"] for each in asked.captured_queries if "workspace_event" in each["sql"]]
    assert sum("message.posted" in sql for sql in finding) == 1

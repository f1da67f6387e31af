"""Editing: an author's words change everywhere, what they did stays, and nothing is run or replaced by mistake."""

import json
from uuid import uuid4

import pytest
from django.http import Http404
from django.template.loader import render_to_string

from chat.commands import handle
from chat.editing import edit_message
from chat.models import Message
from chat.pages import edit_form
from chat.queries import as_dict, conversation, timeline, whole
from chat.search import search_messages
from chat.templatetags.stream import rows, shown
from tasks.actions import create_task
from workspace import actions, live
from workspace.changes import Gone
from workspace.errors import Denied, Refused

JSON = {"Accept": "application/json"}


@pytest.fixture
def said(say):
    """Says something, and gives the message: `said(bob, "hello")`."""

    def post(member, text, **more):
        return Message.objects.get(pk=say(member, text, **more).subject_id)

    return post


@pytest.fixture
def run():
    """Gives commands, and the message that they are: `run(alice, "/task Lamp")`."""

    def handled(member, text, **more):
        return Message.objects.get(pk=handle(member, text, uuid4(), **more).event.subject_id)

    return handled


def board(project):
    return list(project.tasks.order_by("pk").values())


def html_of(event):
    return json.loads(live.frames([event])[0].html)["html"]


def test_an_author_edits_and_everybody_is_told(said, bob, alice):
    message = said(bob, "helo")
    edit_message(bob, message.pk, " hello **world** for @alice\r\n")
    edited = Message.objects.get()
    assert edited.text == "hello **world** for @alice"
    assert "<strong>world</strong>" in edited.html
    event = bob.project.events.latest("seq")
    assert (event.kind, event.actor, event.subject_id) == ("message.edited", bob.user, message.pk)
    assert event.details == {"mentions": [alice.user_id]}, (
        "words are in the row alone, where they can be removed"
    )
    assert edited.edited_at == event.at
    assert edited.created_at == message.created_at


def test_the_same_text_again_is_no_event(said, bob, kinds):
    message = said(bob, "hello")
    before = kinds(bob.project)
    assert edit_message(bob, message.pk, "hello ", was="whatever it was").edited_at is None
    assert kinds(bob.project) == before


@pytest.mark.parametrize(("text", "code"), [(" \n", "empty"), ("x" * 8_001, "too_long")])
def test_what_could_not_be_said_cannot_be_put_in_its_place(said, bob, text, code):
    message = said(bob, "hello")
    with pytest.raises(Refused) as refused:
        edit_message(bob, message.pk, text)
    assert refused.value.code == code
    assert Message.objects.get().text == "hello"


def test_only_the_author_may(said, alice, bob, gina):
    message = said(gina, "mine")
    for other in (alice, bob):
        with pytest.raises(Denied, match="Only Gina, who wrote it"):
            edit_message(other, message.pk, "yours")
    assert edit_message(gina, message.pk, "still mine").text == "still mine"


def test_a_message_of_another_project_is_as_absent_as_none(said, bob, alice):
    other = actions.create_project(alice.user, "Other", key="OTH", slug="other")
    foreign = said(other, "elsewhere")
    for pk in (foreign.pk, 888_888):
        with pytest.raises(Http404):
            edit_message(alice, pk, "here")
    assert edit_message(other, foreign.pk, "here").text == "here"


def test_who_has_left_edits_nothing_more(said, alice, bob):
    message = said(bob, "hello")
    edit_message(bob, message.pk, "hello again")
    actions.remove_member(alice, bob)
    with pytest.raises(Gone):
        edit_message(bob, message.pk, "and again")
    assert Message.objects.get().text == "hello again"


def test_words_that_changed_meanwhile_are_not_replaced_unseen(said, bob):
    message = said(bob, "one\ntwo")
    edit_message(bob, message.pk, "one", was="one\r\ntwo")
    with pytest.raises(Refused, match="changed meanwhile") as refused:
        edit_message(bob, message.pk, "two", was="one\ntwo")
    assert refused.value.code == "conflict"
    assert Message.objects.get().text == "one"
    edit_message(bob, message.pk, "two", was="one")
    edit_message(bob, message.pk, "three")
    assert Message.objects.get().text == "three"


def test_an_edit_runs_nothing(said, bob, alice, task, kinds):
    talk = said(bob, "it is broken")
    before = board(alice.project)
    edit_message(bob, talk.pk, f"/done {task.number}\n/task Another")
    assert board(alice.project) == before
    assert kinds(alice.project)[-1] == "message.edited"
    assert 'class="cmd"' not in Message.objects.get(pk=talk.pk).html, "it looks like what it is: words"


def test_a_script_is_edited_in_words_and_its_tasks_keep_their_changes(run, alice, task):
    script = run(alice, f"/done {task.number}")
    before = board(alice.project)
    edit_message(alice, script.pk, "never mind")
    edit_message(alice, script.pk, f"/reopen {task.number}")
    assert board(alice.project) == before
    assert '<code class="cmd">/reopen</code>' in Message.objects.get().html
    assert [effect.task for line in timeline(alice.project) for effect in line.effects] == [task]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/done 1", 'The task keeps its changes. <a href="/p/web/t/1">Edit WEB-1 instead?</a>'),
        ("/done 1\n/start 2", "The tasks keep their changes. Edit"),
        ('/poll "Lunch?" "Soup" "Bread"', "What the command did stays as it is."),
        ("/me is done with #1", ""),
    ],
)
def test_the_form_says_what_stays_as_it_is(run, alice, task, text, words):
    create_task(alice, "Another")
    form = render_to_string("chat/_edit.html", edit_form(run(alice, text)))
    assert words in form
    assert ("msg-edit__keeps" in form) == bool(words)


def test_the_tasks_that_it_names_follow_its_words(said, bob, alice, task):
    second = create_task(alice, "Second")
    message = said(bob, "about #1")
    edit_message(bob, message.pk, "about #2")
    assert list(message.tasks.all()) == [second]
    assert [line.message for line in conversation(task)] == []
    assert [line.message for line in conversation(second)] == [message]


def test_the_tasks_that_were_made_of_it_stay_with_it(said, run, bob, alice):
    message = said(bob, "Could somebody fix the lamp?")
    run(alice, "/task Fix the lamp", reply_to=message.pk)
    made = alice.project.tasks.get()
    for text in ("Fix the lamp, please", f"Fix it, that is #{made.number}", "Fix it"):
        edit_message(bob, message.pk, text)
    assert whole(message).made == [made]
    assert as_dict(whole(message))["made"] == [made.number]


def test_search_finds_the_new_words_and_not_the_old(said, bob):
    message = said(bob, "the pricing table")
    edit_message(bob, message.pk, "the invoice")
    assert search_messages(bob.user, "pricing") == []
    assert search_messages(bob.user, "invoice") == [message]


def test_the_live_frame_puts_what_the_page_shows(said, bob, alice, task):
    message = said(bob, "before")
    said(alice, "a reply", reply_to=message.pk)
    assert "(edited)" not in "".join(shown(row) for row in rows(timeline(bob.project)))
    edit_message(bob, message.pk, "after, see #1")
    frame = html_of(bob.project.events.latest("seq"))
    page = "".join(shown(row) for row in rows(timeline(bob.project)))
    for name in ("said", "made", "quote"):
        patch = f'<live-patch put-copies="message-{message.pk}-{name}">'
        part = frame.split(patch)[1].split("</live-patch>")[0].strip()
        assert part in page, name
    assert "before" not in page
    assert page.count("(edited)") == 1
    assert 'data-copy="task-1-state"' in frame


def test_words_that_are_put_back_are_edited_all_the_same(said, bob):
    message = said(bob, "hello")
    page = lambda: "".join(shown(row) for row in rows(timeline(bob.project)))  # noqa: E731 - twice, below
    assert "(edited)" not in page()
    edit_message(bob, message.pk, "bye")
    edit_message(bob, message.pk, "hello")
    assert "(edited)" in page()


def test_who_catches_up_is_shown_what_it_says_now(said, bob):
    message = said(bob, "the old words")
    edit_message(bob, message.pk, "the new ones")
    events = list(bob.project.events.filter(subject_id=message.pk, kind__startswith="message."))
    for frame in live.frames(events):
        assert "the new ones" in frame.html
        assert "the new ones" in frame.data
        assert "old words" not in frame.html + frame.data
    assert json.loads(live.frames(events)[1].data)["data"]["message"]["edited_at"]


def test_what_was_replaced_before_anybody_was_told_is_shown_to_nobody(say, bob):
    posted = say(bob, "the old words")
    assert "subject" in posted.__dict__, "it is told of with what is still in memory"
    edit_message(bob, posted.subject_id, "the new ones")
    for frame in live.frames([posted, bob.project.events.latest("seq")]):
        assert "the new ones" in frame.html
        assert "old words" not in frame.html + frame.data


def test_an_edit_is_no_line_of_its_own(said, bob):
    message = said(bob, "hello")
    before = [line.event.seq for line in timeline(bob.project)]
    edit_message(bob, message.pk, "hello again")
    assert [line.event.seq for line in timeline(bob.project)] == before


def test_the_form_of_the_row_saves(said, bob, browse):
    message = said(bob, "<b>hello")
    form = browse(bob).get(f"/p/web/m/{message.pk}/edit").content.decode()
    assert "&lt;b&gt;hello</textarea>" in form
    assert "<html" not in form
    answer = browse(bob).post(f"/p/web/m/{message.pk}/edit", {"text": "bye", "was": "<b>hello"}, headers=JSON)
    assert (answer.status_code, answer.json()["text"]) == (200, "bye")
    assert f'put-copies="message-{message.pk}-said"' in answer.json()["patch"]
    assert "bye" in answer.json()["patch"]


def test_nobody_gets_the_form_for_the_words_of_others(said, bob, alice, charlie, browse):
    message = said(bob, "hello")
    assert browse(alice).get(f"/p/web/m/{message.pk}/edit").status_code == 403
    assert browse(charlie).get(f"/p/web/m/{message.pk}/edit").status_code == 404
    assert browse(bob).get(f"/p/web/m/{message.pk}/edit").status_code == 200


def test_without_scripts_a_page_has_the_form_and_leads_back(said, bob, alice, browse, task):
    message = said(bob, "helo", task=task.number, in_chat=False)
    page = browse(bob).get(f"/p/web/m/{message.pk}?do=edit").content.decode()
    assert f'action="/p/web/m/{message.pk}/edit"' in page
    assert browse(alice).get(f"/p/web/m/{message.pk}?do=edit").status_code == 403
    answer = browse(bob).post(f"/p/web/m/{message.pk}/edit", {"text": "hello", "was": "helo"})
    assert answer.url == f"/p/web/m/{message.pk}"
    assert Message.objects.get().text == "hello"


def test_without_scripts_the_page_of_ones_own_message_offers_it(said, bob, alice, browse):
    message = said(bob, "hello")
    assert "?do=edit#asked" in browse(bob).get(f"/p/web/m/{message.pk}").content.decode()
    assert "?do=edit#asked" not in browse(alice).get(f"/p/web/m/{message.pk}").content.decode()


def test_without_scripts_refused_words_come_back_with_the_reason(said, bob, browse):
    message = said(bob, "one")
    edit_message(bob, message.pk, "two")
    client, at = browse(bob), f"/p/web/m/{message.pk}/edit"
    answer = client.post(at, {"text": "three", "was": "one"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This message has been changed meanwhile." in page
    assert ">\nthree</textarea>" in page
    assert '<input type="hidden" name="was" value="two">' in page, (
        "saved again, it replaces what is shown now"
    )
    assert client.post(at, {"text": "three", "was": "two"}).status_code == 302
    assert Message.objects.get().text == "three"


def test_scripts_are_told_why_it_was_refused(said, bob, browse):
    message = said(bob, "one")
    answer = browse(bob).post(f"/p/web/m/{message.pk}/edit", {"text": " "}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "empty")
    assert answer.json()["message"] == "There is nothing to send yet."


def test_telling_of_it_costs_as_many_queries_however_much_is_named(
    said, bob, alice, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    message = said(bob, "hello")
    for number in range(20):
        create_task(alice, f"Task {number}")
    with django_capture_on_commit_callbacks() as callbacks:
        edit_message(bob, message.pk, " ".join(f"#{number}" for number in range(1, 20)))
    with django_assert_max_num_queries(14):
        for tell in callbacks:
            tell()

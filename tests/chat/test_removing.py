"""Removing what was said: its words are in no answer any more, and what came of it stays."""

import json
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.models import ApiToken
from chat.commands import handle
from chat.editing import edit_message, remove_message
from chat.models import Message
from chat.queries import as_dict, conversation, timeline, whole
from chat.search import search_messages
from chat.templatetags.stream import rows, shown
from workspace import actions, live
from workspace.changes import Gone
from workspace.errors import Denied, Refused

JSON = {"Accept": "application/json"}
SECRET = "The password is swordfish"


@pytest.fixture
def said(say):
    """Says something, and gives the message: `said(bob, "hello")`."""

    def post(member, text, **more):
        return Message.objects.get(pk=say(member, text, **more).subject_id)

    return post


def page_of(project):
    return "".join(shown(row) for row in rows(timeline(project)))


def test_its_author_removes_it(said, bob, kinds):
    message = said(bob, SECRET)
    remove_message(bob, message.pk)
    event = bob.project.events.latest("seq")
    assert (event.kind, event.actor, event.subject_id, event.details) == (
        "message.removed",
        bob.user,
        message.pk,
        {},
    )
    gone = Message.objects.get()
    assert (gone.text, gone.html, gone.removed_at, gone.removed_by) == ("", "", event.at, bob.user)
    assert "Message removed by its author." in page_of(bob.project)
    remove_message(bob, message.pk)
    assert kinds(bob.project).count("message.removed") == 1


def test_an_owner_removes_what_others_said_and_nobody_else_does(said, alice, bob, gina):
    message = said(gina, SECRET)
    with pytest.raises(Denied, match="Only Gina, who wrote it, or an owner can remove this message"):
        remove_message(bob, message.pk)
    assert SECRET in page_of(bob.project)
    remove_message(alice, message.pk)
    assert "Message removed by an owner." in page_of(bob.project)
    own = said(gina, "mine")
    remove_message(gina, own.pk)
    assert "Message removed by its author." in page_of(bob.project)


def test_a_message_of_another_project_is_as_absent_as_none(said, bob, alice):
    other = actions.create_project(bob.user, "Other", key="OTH", slug="other")
    foreign = said(other, "elsewhere")
    for pk in (foreign.pk, 888_888):
        with pytest.raises(Http404):
            remove_message(alice, pk)
    assert remove_message(other, foreign.pk).removed_at


def test_who_has_left_removes_nothing_more(said, alice, bob):
    first, second = said(bob, "one"), said(bob, "two")
    remove_message(bob, first.pk)
    actions.remove_member(alice, bob)
    with pytest.raises(Gone):
        remove_message(bob, second.pk)
    assert Message.objects.get(pk=second.pk).text == "two"


def test_its_words_are_in_no_answer_any_more(said, alice, bob, browse, client, task):
    message = said(bob, f"{SECRET}, see #1", task=task.number)
    said(alice, "Really?", reply_to=message.pk)
    bearer = {"Authorization": f"Bearer {ApiToken.issue(alice.user, 'test')[1]}"}
    api = f"/api/v1/projects/{alice.project_id}"
    pages = [
        "/p/web",
        "/p/web/lines",
        "/p/web/events?after=0",
        "/p/web/t/1",
        f"/p/web/m/{message.pk}",
        "/search?q=swordfish",
    ]
    calls = [
        f"{api}/events?after=0",
        f"{api}/messages",
        "/api/v1/search?q=swordfish",
        f"{api}/messages/{message.pk}",
    ]

    def answers():
        shown = [browse(alice).get(path).content.decode() for path in pages]
        return dict(
            zip(
                [*pages, *calls],
                shown + [client.get(path, headers=bearer).content.decode() for path in calls],
                strict=True,
            )
        )

    before = answers()
    assert [
        path for path, answer in before.items() if "The password is" not in answer.replace("<mark>", "")
    ] == []
    edit_message(bob, message.pk, f"{SECRET}! See #1")
    remove_message(bob, message.pk)
    assert [path for path, answer in answers().items() if "The password is" in answer] == []
    assert not alice.project.events.filter(details__icontains="password").exists()
    assert (
        answers()[f"{api}/messages/{message.pk}"]
        == client.get(f"{api}/messages/888888", headers=bearer).content.decode()
    )


def test_who_catches_up_is_shown_that_it_is_gone(said, alice, bob):
    message = said(bob, SECRET)
    said(alice, "Really?", reply_to=message.pk)
    remove_message(bob, message.pk)
    frames = live.frames(list(bob.project.events.filter(kind__startswith="message.").order_by("seq")))
    for frame in frames:
        assert "swordfish" not in frame.html + frame.data
    posted, reply, removed = (json.loads(frame.html)["html"] for frame in frames)
    assert all("Message removed by its author." in html for html in (posted, reply, removed))
    for name in ("said", "made", "quote"):
        part = (
            removed.split(f'put-copies="message-{message.pk}-{name}">')[1].split("</live-patch>")[0].strip()
        )
        assert part in page_of(bob.project), name
    data = json.loads(frames[0].data)["data"]["message"]
    assert (data["text"], data["html"], bool(data["removed_at"])) == ("", "", True)


def test_search_does_not_find_it_any_more(said, bob):
    message = said(bob, SECRET)
    assert search_messages(bob.user, "swordfish") == [message]
    remove_message(bob, message.pk)
    assert search_messages(bob.user, "swordfish") == []
    Message.objects.update(removed_at=None)
    assert search_messages(bob.user, "swordfish") == [], "the index has forgotten it, too"


def test_what_came_of_it_stays(said, alice, bob, task):
    message = said(bob, "Could somebody fix the lamp, as in #1?")
    script = handle(alice, "/task Fix the lamp", uuid4(), reply_to=message.pk).event.subject_id
    made = alice.project.tasks.get(title="Fix the lamp")
    before = list(alice.project.tasks.values())
    for pk in (message.pk, script):
        remove_message(alice, pk)
    assert list(alice.project.tasks.values()) == before
    assert whole(message).made == [made], "and not what it named, which nobody made of it"
    assert as_dict(whole(message))["made"] == [made.number]
    assert [line.message.pk for line in conversation(made)] == [message.pk, script]
    assert conversation(task) == []
    assert "Fix the lamp" in page_of(alice.project)


def test_what_is_removed_cannot_be_edited(said, bob):
    message = said(bob, SECRET)
    remove_message(bob, message.pk)
    with pytest.raises(Refused, match="has been removed") as refused:
        edit_message(bob, message.pk, "back")
    assert refused.value.code == "removed"
    assert Message.objects.get().text == ""


def test_the_button_removes(said, bob, browse):
    message = said(bob, SECRET)
    answer = browse(bob).post(f"/p/web/m/{message.pk}/remove", headers=JSON)
    assert (answer.status_code, answer.json()["text"]) == (200, "")
    assert "Message removed by its author." in answer.json()["patch"]
    assert browse(bob).get(f"/p/web/m/{message.pk}/remove").status_code == 405


def test_without_scripts_a_page_asks_first(said, bob, alice, gina, browse):
    message = said(bob, SECRET)
    for member, by in ((bob, "its author"), (alice, "an owner")):
        assert "?do=remove#asked" in browse(member).get(f"/p/web/m/{message.pk}").content.decode()
        page = browse(member).get(f"/p/web/m/{message.pk}?do=remove").content.decode()
        assert f"Message removed by {by}." in page
    assert "?do=remove#asked" not in browse(gina).get(f"/p/web/m/{message.pk}").content.decode()
    assert browse(gina).get(f"/p/web/m/{message.pk}?do=remove").status_code == 403
    assert browse(bob).post(f"/p/web/m/{message.pk}/remove").url == f"/p/web/m/{message.pk}"
    assert "?do=remove#asked" not in browse(bob).get(f"/p/web/m/{message.pk}").content.decode()


def test_the_menu_offers_to_remove_the_words_of_others_to_owners_alone(alice, bob, browse):
    def item(member):
        page = browse(member).get("/p/web").content.decode()
        return page.split('data-do="remove"')[1].split(">")[0]

    assert "data-own" in item(bob)
    assert "data-own" not in item(alice)


def test_programs_remove(said, bob, gina, client):
    def delete(member, pk):
        headers = {"Authorization": f"Bearer {ApiToken.issue(member.user, 'test')[1]}"}
        return client.delete(f"/api/v1/projects/{bob.project_id}/messages/{pk}", headers=headers)

    message = said(bob, SECRET)
    assert delete(gina, message.pk).status_code == 403
    assert [delete(bob, message.pk).status_code for _ in range(2)] == [204, 204]
    assert Message.objects.get().text == ""
    assert delete(bob, 888_888).status_code == 404


def test_without_scripts_an_edit_that_came_too_late_is_in_the_box(said, bob, alice, browse):
    message = said(bob, "one")
    remove_message(bob, message.pk)
    at = f"/p/web/m/{message.pk}/edit"
    answer = browse(bob).post(at, {"text": "two & three", "was": "one"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This message has been removed, so it cannot be changed." in page
    assert ">two &amp; three</textarea>" in page
    too_long = browse(bob).post(at, {"text": "word " * 2_000, "was": "one"}).content.decode()
    assert "Too long by 1,999 characters." in too_long
    assert "word word word" in too_long
    assert browse(alice).post(at, {"text": "mine"}).status_code == 403
    assert Message.objects.get().text == ""

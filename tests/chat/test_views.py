import json
from datetime import UTC, datetime
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from chat.models import Message
from chat.queries import PAGE
from tasks import actions
from tasks.queries import CARDS
from workspace.models import Event
from workspace.pace import COMMANDS, SENDING

PAGES = [
    "/p/web",
    "/p/web/board",
    "/p/web/lines",
    "/p/web/events?after=0",
    "/p/web/t/1",
    "/p/web/on/2026-11-22",
]


@pytest.mark.parametrize("path", PAGES)
def test_members_see_it_guests_too_and_outsiders_find_nothing(path, bob, gina, charlie, task, browse):
    assert browse(bob).get(path).status_code == 200
    assert browse(gina).get(path).status_code == 200
    foreign = browse(charlie).get(path)
    missing = browse(charlie).get(path.replace("/web", "/nowhere", 1))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert browse(bob).post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_nobody_reads_without_signing_in(path, task):
    response = Client().get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/login")


@pytest.mark.parametrize("path", PAGES)
def test_what_somebody_saw_is_kept_by_no_cache(path, bob, task, browse):
    assert browse(bob).get(path)["Cache-Control"] == "private, no-store"


def test_the_page_shows_the_conversation_and_the_board(alice, browse, say):
    say(alice, "hello **world**")
    actions.create_task(alice, "Fix <login>")
    page = browse(alice).get("/p/web").content.decode()
    assert "<strong>world</strong>" in page
    assert 'id="task-1"' in page
    assert "Fix &lt;login&gt;" in page
    assert "Fix <login>" not in page


def test_a_line_of_the_page_is_the_line_of_the_live_frame(alice, browse, say, task):
    from workspace import live

    event = say(alice, "look at #1")
    frame = json.loads(live.frames([event])[0].html)
    page = browse(alice).get("/p/web/lines").content.decode()
    row = frame["html"].partition('<live-patch put="lines">')[2].partition("</live-patch>")[0].strip()
    assert row.startswith("<li")
    assert row in page


def test_a_card_of_the_board_is_the_card_of_the_live_frame(alice, browse, task):
    from workspace import live

    actions.start_task(alice, task)
    event = alice.project.events.latest("seq")
    frame = json.loads(live.frames([event])[0].html)
    card = frame["html"].partition('order="data-position">')[2].partition("</live-patch>")[0].strip()
    assert card.startswith("<li")
    assert card in browse(alice).get("/p/web").content.decode()


def test_say_posts_and_comes_back_to_the_newest_line(bob, browse):
    answer = browse(bob).post("/p/web/say", {"text": "by form", "nonce": str(uuid4())})
    assert answer.status_code == 302
    assert Message.objects.get().text == "by form"


def test_what_is_said_about_a_task_comes_back_to_the_task(bob, browse, task):
    said = {"text": "about it", "nonce": str(uuid4()), "task": task.number}
    assert browse(bob).post("/p/web/say", said).url == "/p/web/t/1#task-talk"


def test_a_form_that_is_sent_twice_says_it_once(bob, browse):
    nonce = str(uuid4())
    for _ in range(2):
        browse(bob).post("/p/web/say", {"text": "once", "nonce": nonce})
    assert Message.objects.count() == 1


def test_a_refused_command_comes_back_with_its_text_and_the_reason(bob, browse):
    answer = browse(bob).post("/p/web/say", {"text": "/doen 1", "nonce": str(uuid4())})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is no command /doen." in page
    assert ">/doen 1</textarea>" in page
    assert not Message.objects.exists()


def test_a_private_command_is_answered_on_the_page(bob, browse):
    page = browse(bob).post("/p/web/say", {"text": "/help", "nonce": str(uuid4())}).content.decode()
    assert "/done" in page
    assert not Message.objects.exists()


def test_say_answers_scripts_with_frames(bob, browse):
    headers = {"Accept": "application/json"}
    nonce = str(uuid4())
    body = {"text": "by script", "nonce": nonce}
    ack = browse(bob).post("/p/web/say", body, content_type="application/json", headers=headers)
    assert (ack.status_code, ack.json()["type"], ack.json()["nonce"]) == (200, "ack", nonce)
    body = {"text": "/doen", "nonce": str(uuid4())}
    refused = browse(bob).post("/p/web/say", body, content_type="application/json", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_command")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text":1}', b'{"text":"x","nonce":"y"}', b"\xff"])
def test_say_refuses_a_body_it_cannot_read_with_400(bob, browse, body):
    answer = browse(bob).post("/p/web/say", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_say_is_not_for_outsiders(charlie, bob, browse):
    body = {"text": "hello", "nonce": str(uuid4())}
    assert browse(charlie).post("/p/web/say", body).status_code == 404
    assert not Message.objects.exists()
    assert browse(bob).post("/p/web/say", body).status_code == 302


def test_say_needs_the_token_of_the_form(bob):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob.user)
    assert client.post("/p/web/say", {"text": "x", "nonce": str(uuid4())}).status_code == 403
    assert not Message.objects.exists()


def test_a_permalink_opens_at_its_message_and_only_in_its_project(alice, bob, browse, say, person):
    from workspace import actions as workspace

    for number in range(PAGE * 2):
        say(bob, f"number {number}.")
    early = Message.objects.get(text="number 3.")
    page = browse(alice).get(f"/p/web/m/{early.pk}").content.decode()
    assert "number 3." in page
    assert "number 99." not in page
    zoe = workspace.create_project(person("Zoe"), "Elsewhere")
    assert browse(zoe).get(f"/p/{zoe.project.slug}/m/{early.pk}").status_code == 404


def test_older_lines_come_as_a_fragment(alice, browse, say):
    events = [say(alice, f"number {number}.") for number in range(5)]
    text = browse(alice).get(f"/p/web/lines?before={events[3].seq}").content.decode()
    assert "number 2." in text
    assert "number 3." not in text
    assert "<html" not in text


@pytest.mark.parametrize("path", ["/p/web/on/yesterday", "/p/web/on/2026-13-01", "/p/web/m/99999", "/p/web/t/99999",
                                  "/p/web/m/99999999999999999999999999", "/p/web/t/99999999999999999999999999"])  # fmt: skip
def test_what_is_not_there_is_404(alice, browse, path):
    assert browse(alice).get(path).status_code == 404


@pytest.mark.parametrize("query", ["before=x", "before=-1", "after=99999999999999999999", "before=%00"])
def test_a_bad_position_is_no_position(alice, browse, say, query):
    say(alice, "hello")
    assert browse(alice).get(f"/p/web/lines?{query}").status_code == 200


def test_polling_brings_the_frames_after_a_seq(bob, browse, say):
    event = say(bob, "one")
    say(bob, "two")
    answer = browse(bob).get(f"/p/web/events?after={event.seq}").json()
    assert [frame["seq"] for frame in answer["events"]] == [event.seq + 1]
    assert "two" in answer["events"][0]["html"]
    assert answer["seq"] == event.seq + 1


@pytest.mark.parametrize("count", [3, PAGE])
def test_the_page_asks_the_database_no_more_for_a_long_history(
    alice, browse, say, count, django_assert_max_num_queries
):
    task = actions.create_task(alice, "Named")
    for number in range(count):
        say(alice, f"number {number} about #1")
    actions.complete_task(alice, task)
    client = browse(alice)
    with django_assert_max_num_queries(25):
        assert client.get("/p/web").status_code == 200


def test_the_notes_of_a_task_are_shown_as_safe_html(alice, browse, task):
    actions.edit_task(alice, task, description="**bold** <script>alert(1)</script> @alice #1")
    page = browse(alice).get("/p/web/t/1").content.decode()
    assert "<strong>bold</strong>" in page
    assert "<script>alert(1)" not in page
    assert 'class="task-ref" data-task="1"' in page
    assert f'data-user="{alice.user_id}"' in page


def test_a_text_that_names_thousands_asks_the_database_no_more_than_a_hundred_times(
    alice, say, task, django_assert_max_num_queries
):
    with django_assert_max_num_queries(130):
        say(alice, " ".join(f"#{number}" for number in range(1, 1300)))


def test_a_day_begins_where_its_reader_is(client, alice, say, project, date_back):
    client.force_login(alice.user)
    early, late = (say(alice, text) for text in ("before midnight in Tokyo", "after midnight in Tokyo"))
    date_back(Event.objects.filter(pk=early.pk), datetime(2026, 3, 2, 14, 59, tzinfo=UTC))
    date_back(Event.objects.filter(pk=late.pk), datetime(2026, 3, 2, 15, 1, tzinfo=UTC))
    date_back(Event.objects.filter(project=project, seq__lt=early.seq), datetime(2026, 3, 1, tzinfo=UTC))
    User.objects.filter(pk=alice.user_id).update(time_zone="Asia/Tokyo")
    with patch("chat.views.around", return_value=[]) as around:
        assert client.get("/p/web/on/2026-03-03").status_code == 200
    assert around.call_args.args == (project, late.seq)
    for end in ("0001-01-01", "9999-12-31"):
        assert client.get(f"/p/web/on/{end}").status_code in {200, 404}


def test_the_cards_that_a_long_column_keeps_back_are_one_link_away(alice, project, browse):
    for number in range(CARDS + 2):
        actions.create_task(alice, f"Task {number}.")
    column = project.columns.get(kind="next")
    page = browse(alice).get("/p/web/board").content.decode()
    link = f"/p/web/board?column={column.pk}"
    assert "Task 51." not in page
    assert f'href="{link}"' in page
    assert "Task 51." in browse(alice).get(link).content.decode()
    assert browse(alice).get("/p/web/board?column=99999999999999999999999").status_code == 200


def test_too_many_commands_are_refused_with_the_time_to_wait_and_the_text_stays(no_time_passes, bob, browse):
    COMMANDS.take(bob.user_id, COMMANDS.burst)
    said = {"text": "/task Buy paint", "nonce": str(uuid4())}
    page = browse(bob).post("/p/web/say", said)
    assert (page.status_code, page["Retry-After"]) == (429, "1")
    assert b"Too many commands; try again in 1 s." in page.content
    assert b">/task Buy paint</textarea>" in page.content
    answer = browse(bob).post("/p/web/say", said, headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "1")
    assert answer.json()["type"] == "refused"
    assert answer.json()["draft"] == "/task Buy paint"


def test_what_is_sent_too_fast_by_forms_is_refused_before_it_is_read(no_time_passes, bob, gina, browse):
    SENDING.take(bob.user_id, SENDING.burst)
    said = {"text": "hello", "nonce": str(uuid4())}
    answer = browse(bob).post("/p/web/say", said, headers={"Accept": "application/json"})
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (429, "1", "rate_limited")
    assert browse(bob).get("/p/web").status_code == 200
    assert browse(gina).post("/p/web/say", said).status_code == 302

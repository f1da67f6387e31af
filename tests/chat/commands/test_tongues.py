"""Commands in another tongue: what happens, and what everybody reads of it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from chat import frames, session
from chat.commands import is_question, preview
from chat.commands.wording import dates_told, words_told
from chat.models import Message
from tasks.actions import create_task
from tasks.models import Task
from workspace import live


@pytest.fixture
def german(alice):
    alice.user.language = "de"
    alice.user.save()
    return alice


def test_a_script_is_run_in_its_authors_tongue_and_told_in_english(run, german, fresh, task) -> None:
    run(german, f"/priorität {task.number} hoch\n/frist {task.number} morgen")
    changed = fresh(task)
    assert (changed.priority, str(changed.due_on)) == (Task.Priority.HIGH, "2026-11-20")
    assert Message.objects.get().text == f"/priority {task.number} high\n/due {task.number} tomorrow"


def test_somebody_elses_tongue_is_refused(refusal, bob, german) -> None:
    assert refusal(bob, "/aufgabe Kuchen").code == "unknown_command"
    assert preview(german, "/aufgabe Kuchen")["script"] == [{"command": "task", "title": "Kuchen"}]


def test_the_browsers_tongue_counts_where_none_is_chosen(run, refusal, alice, bob) -> None:
    bob.user.language = "es"
    run(alice, "/aufgabe Kuchen", heard="de")
    assert refusal(bob, "/aufgabe Kuchen", heard="de").code == "unknown_command"
    assert "script" in preview(alice, "/aufgabe Kuchen", heard="de")


def test_a_listing_leads_to_a_query_that_everybody_can_open(run, german) -> None:
    create_task(german, "Bake a cake")
    assert run(german, "/suchen -!hoch").data["query"] == "-!high"


def test_pages_programs_and_queries_are_understood_in_the_browsers_tongue(client: Client, alice) -> None:
    client.force_login(alice.user)
    headers = {"Accept-Language": "fr", "Accept": "application/json"}
    posted = {"text": "/tâche Gâteau !haute", "nonce": "3f6f0f34-5d0f-4a3c-8f6e-1f0b7f0f4a11"}
    said = client.post("/p/web/say", posted, headers=headers)
    assert said.json()["type"] == "ack"
    shown = client.get("/p/web", {"q": "!haute", "view": "board"}, headers=headers)
    assert "Gâteau" in shown.content.decode()
    matching = client.get("/p/web/board/matching", {"q": "!haute", "tasks": "1"}, headers=headers)
    assert matching.json()["tasks"] == [1]


def test_what_one_person_is_told_is_in_their_tongue(run, refusal, german, task) -> None:
    said = frames.Say(uuid4(), f"/erledigt {task.number}", None, None)
    assert "notes" not in session.say(german, said, as_data=False)
    again = session.say(german, replace(said, nonce=uuid4()), as_data=False)
    assert again["notes"] == [f"#{task.number} wurde schon von Alice erledigt."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("/frist 99 morgen", "Es gibt keine Aufgabe #99 in diesem Projekt."),
        ("/erledigt", "Welche Aufgabe? Versuch /done 12."),
        ("/frist 1 31. Februar", "Einen 31. Februar gibt es nicht."),
        ("/frist 1 irgendwann", "„irgendwann“ ist kein Datum. Versuch freitag, 27. nov oder 2026-11-27."),
        ("/doen 1", "Es gibt keinen Befehl /doen."),
        ("/task x !hoch !niedrig", "Diese Zeile setzt Priorität zweimal."),
        (
            "/verschieben 1 nach Nirgends",
            "Es gibt keine Spalte „Nirgends“ (Backlog, Next, Doing, Done).",
        ),
        ("/rückgängig", "Du hast hier in der letzten Stunde nichts geändert."),
    ],
)
def test_a_refusal_says_why_in_german(german, bob, text: str, message: str) -> None:
    create_task(bob, "Fix login")
    said = frames.Say(uuid4(), text, None, None)
    frame = session.say(german, said, as_data=False)
    assert (frame["type"], frame["message"], frame["draft"]) == ("refused", message, text)
    if frame["code"] != "nothing_to_undo":
        assert preview(german, text)["message"] == message


def test_the_same_refusal_is_english_to_somebody_else(german, bob) -> None:
    frame = session.say(bob, frames.Say(uuid4(), "/done 99", None, None), as_data=False)
    assert frame["message"] == "There is no task #99 in this project."
    frame = session.say(bob, frames.Say(uuid4(), "/done 99", None, None, heard="fr"), as_data=False)
    assert frame["message"] == "Il n’y a pas de tâche #99 dans ce projet."


def test_help_answers_in_the_readers_tongue_and_names_what_works_there(run, german) -> None:
    page = run(german, "/hilfe").html
    assert "Was du schreiben kannst" in page
    assert "/done &lt;Aufgaben oder Punkte&gt;" in page
    shown = run(german, "/hilfe erledigt")
    assert "Aufgaben erledigen, oder Punkte davon." in shown.html
    assert "/erledigt" in shown.html
    assert "/done 12.2" in shown.html


def test_a_reminder_is_answered_in_the_readers_tongue(run, german) -> None:
    page = run(german, "/erinnere mich morgen um 9 Uhr an Ana anrufen").html
    assert re.search(r"Du wirst erinnert, Fr\.? 20 Nov\.? 2026 um 09:00:", page)
    assert "Deine Erinnerungen hier" in run(german, "/erinnern liste").html


def test_what_everybody_reads_is_never_in_one_persons_tongue(run, german, bob, task) -> None:
    run(german, f"/frist {task.number} morgen\n/priorität {task.number} hoch")
    run(german, "/suchen -!hoch")
    events = live.events_after(german.project_id, 0, 50)
    told = [frame.html + frame.data for frame in live.frames(events)]
    assert "20 Nov" in "".join(told)
    with override("en"):
        assert told == [frame.html + frame.data for frame in live.frames(events)]
    for word in ("hoch", "morgen", "frist", "Dringend", "Freitag"):
        assert word not in "".join(told)


def test_the_page_of_all_commands_is_in_the_readers_tongue(client: Client, alice) -> None:
    client.force_login(alice.user)
    assert "All commands" in client.get("/help/commands").content.decode()
    page = client.get("/help/commands", headers={"Accept-Language": "es"}).content.decode()
    assert "Todos los comandos" in page
    assert "/tarea" in page
    assert 'lang="es"' in page


def test_completion_knows_the_names_of_the_readers_tongue(client: Client, german) -> None:
    client.force_login(german.user)
    page = client.get("/p/web").content.decode()
    assert "erledigt" in page
    assert "Eine Aufgabe anlegen" in page


def test_a_preview_says_what_each_part_means_in_the_readers_tongue(german) -> None:
    shown = preview(
        german, "/aufgabe Kuchen @ich !hoch due:morgen #neu", now=datetime(2026, 11, 19, 12, tzinfo=UTC)
    )
    words = [chip["words"] for chip in shown["chips"]]
    assert words[0] == "Eine Aufgabe anlegen"
    assert "Alice" in words
    assert "hoch" in words
    assert any(re.fullmatch(r"Fr\.? 20 Nov\.?", word) for word in words)
    assert shown["notes"] == ["#neu ist ein neues Etikett."]


def test_a_date_at_the_end_of_a_title_is_offered_in_the_readers_tongue(german, bob) -> None:
    noon = datetime(2026, 11, 19, 12, tzinfo=UTC)
    assert preview(german, "/aufgabe Kuchen backen morgen", now=noon)["offer"]["value"] == "due:morgen"
    assert preview(bob, "/task Kuchen backen morgen", now=noon)["offer"] is None


def test_what_is_suggested_begins_with_the_words_of_the_tongue() -> None:
    now = datetime(2026, 11, 19, 12, tzinfo=UTC)
    for code in ("de", "fr", "es"):
        dates = dict(dates_told(now, code))
        english = [word for word, _ in dates_told(now, "en")]
        assert list(dates)[-len(english) :] == english
        assert len(dates) > len(english) + 10
        assert words_told(code)["priority"][-5:] == list(words_told("en")["priority"])
    assert dict(dates_told(now, "en"))["friday"] == "Fri 20 Nov"


def test_a_question_is_known_as_one_in_its_tongue() -> None:
    assert is_question("/hilfe fällig", "de")
    assert not is_question("/hilfe fällig")
    assert not is_question("/erledigt 12", "de")

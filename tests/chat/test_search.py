"""Finding what was said and the tasks, and never what is somebody else's."""

import pytest
from django.utils import timezone

from chat import search
from chat.finding import find_tasks, query_of
from chat.models import Message
from chat.search import search_messages
from tasks.actions import create_task
from workspace import actions
from workspace.fulltext import found
from workspace.pace import SEARCHES


@pytest.fixture
def words(alice, bob, say):
    say(alice, "The pricing copy is late")
    say(bob, "I draft the pricing")
    create_task(alice, "Draft pricing copy")
    create_task(alice, "Other", description="the <b>pricing</b> page")


def texts(user, text, **more):
    return [message.text for message in search_messages(user, text, **more)]


def refs(user, text, **more):
    return [task.ref for task in find_tasks(user, query_of(user, text), **more)]


def test_finds_the_newest_first(words, alice):
    assert texts(alice.user, "pric") == ["I draft the pricing", "The pricing copy is late"]
    assert texts(alice.user, "pric", limit=1) == ["I draft the pricing"]
    assert refs(alice.user, "pricing") == ["WEB-2", "WEB-1"]


@pytest.mark.parametrize("text", ["2", "#2", "WEB-2", "web-2", " #2 "])
def test_finds_a_task_by_its_number(words, alice, charlie, text):
    assert refs(alice.user, text) == ["WEB-2"]
    assert refs(charlie, text) == []


def test_finds_nothing_in_projects_of_others(words, alice, charlie):
    assert texts(charlie, "pricing") == refs(charlie, "pricing") == []
    other = actions.create_project(charlie, "Other", key="OTH", slug="other")
    create_task(other, "Pricing of others")
    assert refs(charlie, "pricing") == ["OTH-1"]
    assert refs(alice.user, "others") == refs(alice.user, "OTH-1") == []


def test_finds_nothing_any_more_after_leaving(words, alice, bob):
    assert texts(bob.user, "pricing")
    actions.remove_member(alice, bob)
    assert texts(bob.user, "pricing") == refs(bob.user, "pricing") == refs(bob.user, "1") == []


def test_nothing_is_shown_to_somebody_who_is_removed_while_it_is_looked_for(words, alice, bob, monkeypatch):
    def found_at_last(*wanted):
        ids = found(*wanted)
        assert len(ids) == 2
        actions.remove_member(alice, bob)
        return ids

    monkeypatch.setattr(search, "found", found_at_last)
    assert texts(bob.user, "pricing") == []


def test_finds_no_removed_message(words, alice):
    Message.objects.filter(text__contains="late").update(removed_at=timezone.now())
    assert texts(alice.user, "late") == []


def test_can_look_in_one_project_alone(words, alice, say):
    other = actions.create_project(alice.user, "Other", key="OTH", slug="other")
    say(other, "pricing elsewhere")
    assert len(texts(alice.user, "pricing")) == 3
    assert texts(alice.user, "pricing", project=other.project) == ["pricing elsewhere"]
    assert refs(alice.user, "pricing", project=other.project) == []


def test_a_result_costs_no_query_of_its_own(words, alice, django_assert_num_queries):
    with django_assert_num_queries(7):
        for task in find_tasks(alice.user, query_of(alice.user, "pricing")):
            assert task.ref
            assert not task.people
            assert not task.marks
    with django_assert_num_queries(3):
        for message in search_messages(alice.user, "pricing"):
            assert message.author.name
            assert message.get_absolute_url()


@pytest.fixture
def page(client, words, alice):
    client.force_login(alice.user)

    def get(query: str) -> str:
        response = client.get(f"/search{query}")
        assert response.status_code == 200
        return response.content.decode()

    return get


def test_the_page_shows_what_was_found_and_where(page):
    html = page("?q=pric")
    assert "Draft <mark>pricing</mark> copy" in html
    assert "I draft the <mark>pricing</mark>" in html
    assert f'href="{Message.objects.first().get_absolute_url()}"' in html
    assert 'href="/p/web/t/1"' in html
    assert "<title>pric · Search · Loggia</title>" in html


def test_the_tabs_show_one_kind(page):
    assert "I draft" not in page("?q=pric&tab=tasks")
    assert "/t/1" not in page("?q=pric&tab=messages")
    assert 'value="tasks"' in page("?q=pric&tab=tasks")
    assert "I draft" in page("?q=pric&tab=nonsense")


def test_the_page_says_what_to_try_and_when_nothing_matches(page):
    assert "a task number" in page("")
    assert "a task number" in page("?q=%20%00")
    assert "No match for “<bdi>pricng</bdi>”." in page("?q=pricng")


def test_the_page_shows_markup_as_text(page, alice, say):
    say(alice, "<script>alert(1)</script> pricing")
    html = page("?q=script%20pricing")
    assert "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; <mark>pricing</mark>" in html
    assert "<script>alert" not in page("?q=<script>alert(1)</script>")


def test_the_page_asks_strangers_to_sign_in(client):
    response = client.get("/search?q=pricing")
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/login")


def test_the_page_is_only_for_reading(client, alice):
    client.force_login(alice.user)
    assert client.post("/search").status_code == 405


def test_too_many_searches_are_refused_and_the_words_stay(no_time_passes, client, bob):
    client.force_login(bob.user)
    SEARCHES.take(bob.user_id, SEARCHES.burst)
    page = client.get("/search?q=pricing")
    assert (page.status_code, page["Retry-After"]) == (429, "1")
    assert b"Too many searches; try again in 1 s." in page.content
    assert b'value="pricing"' in page.content
    assert client.get("/search").status_code == 200


def test_the_page_understands_filters(page, alice):
    create_task(alice, "Pricing of chairs", assignees=[alice.user], labels=["bug"])
    html = page("?q=pricing%20%40me")
    assert "<mark>Pricing</mark> of chairs" in html
    assert "Draft" not in html
    assert "tab=messages" not in html
    assert "I draft" in page("?q=pricing")


def test_a_mistake_is_told_and_mended_and_the_words_are_looked_for(page, say, alice):
    say(alice, "Ask @alise, please")
    html = page("?q=%40alise")
    assert "There is no member @alise in this project." in html
    assert 'href="?q=%40alice"' in html
    assert "Ask @<mark>alise</mark>, please" in html


def test_the_page_can_look_into_one_project_alone(client, page, alice, charlie):
    other = actions.create_project(alice.user, "Other", key="OTH", slug="other")
    create_task(other, "Pricing of others")
    assert "/p/other/t/1" in page("?q=pricing")
    html = page("?q=pricing&project=web")
    assert "/p/other/t/1" not in html
    assert 'href="?q=pricing">Search everywhere' in html
    assert 'name="project" value="web"' in html
    client.force_login(charlie)
    assert client.get("/search?q=pricing&project=web").status_code == 404

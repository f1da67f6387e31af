"""Saying, the log, messages, search and commands over HTTP."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import ApiToken
from chat.commands import registry
from chat.models import Message
from tasks.actions import archive_task, complete_task, create_task
from workspace.models import Event


@pytest.fixture
def call(client):
    """Calls the API as a member, in the member's project."""

    def get_or_post(member, path, body=None):
        headers = {"Authorization": f"Bearer {ApiToken.issue(member.user, 'test')[1]}"}
        address = f"/api/v1/projects/{member.project_id}{path}"
        if body is None:
            return client.get(address, headers=headers)
        return client.post(address, body, content_type="application/json", headers=headers)

    return get_or_post


@pytest.fixture
def said(call):
    def post(member, text, nonce=None, **more):
        return call(member, "/say", {"text": text, "nonce": str(nonce or uuid4()), **more})

    return post


def test_says(said, bob, kinds):
    nonce = uuid4()
    response = said(bob, "hello **world**", nonce)
    assert response.status_code == 201
    [event] = response.json()["events"]
    assert (event["type"], event["kind"], event["seq"]) == ("event", "message.posted", response.json()["seq"])
    assert (event["nonce"], event["actor"]["handle"]) == (str(nonce), "bob")
    assert event["data"]["message"]["html"] == '<p dir="auto">hello <strong>world</strong></p>'
    assert kinds(bob.project)[-1] == "message.posted"


def test_runs_commands_and_gives_what_they_did(said, bob):
    body = said(bob, "/task Fix the login page !high").json()
    assert [event["kind"] for event in body["events"]] == ["message.posted", "task.created"]
    assert body["events"][1]["data"]["task"]["title"] == "Fix the login page"


def test_a_repeated_nonce_changes_nothing(said, bob, kinds):
    nonce = uuid4()
    first = said(bob, "/task Once", nonce)
    before = kinds(bob.project)
    again = said(bob, "/task Once", nonce)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["seq"] == again.json()["seq"]
    assert first.json()["events"] == again.json()["events"]
    assert kinds(bob.project) == before


def test_a_private_command_is_answered_and_not_posted(said, bob, kinds):
    before = kinds(bob.project)
    response = said(bob, "/help")
    assert (response.status_code, set(response.json())) == (200, {"answer"})
    assert response.json()["answer"]["commands"]
    assert kinds(bob.project) == before


def test_a_refused_script_changes_nothing_and_says_why(said, bob, kinds):
    before, nonce = kinds(bob.project), uuid4()
    response = said(bob, "/task One\n/doen 1", nonce)
    body = response.json()
    assert (response.status_code, body["code"], body["line"]) == (422, "unknown_command", 2)
    assert (body["nonce"], body["draft"]) == (str(nonce), "/task One\n/doen 1")
    assert "/done 1" in body["suggestions"]
    assert kinds(bob.project) == before


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("  \n", "empty"), ("a" * 8_001, "too_long")])
def test_what_cannot_be_said_is_refused(said, bob, text, code):
    response = said(bob, text)
    assert (response.status_code, response.json()["code"]) == (422, code)


def test_a_guest_talks_but_changes_no_tasks(said, gina, bob):
    assert said(gina, "hello").status_code == 201
    refused = said(gina, "/task Mine")
    assert (refused.status_code, refused.json()["code"]) == (422, "forbidden")
    assert said(bob, "/task Mine").status_code == 201


def test_says_in_reply_and_in_a_task(said, bob, task):
    first = said(bob, "question").json()["events"][0]["data"]["message"]["id"]
    reply = said(bob, "answer", reply_to=first, task=task.number).json()["events"][0]["data"]["message"]
    assert (reply["reply_to"], reply["task"]) == (first, task.number)
    assert said(bob, "answer", reply_to=first + 99).json()["code"] == "unknown_message"
    assert said(bob, "answer", task=99).json()["code"] == "unknown_task"


def test_the_log_can_be_read_in_pieces(call, bob, say):
    for number in range(5):
        say(bob, f"line {number}")
    whole = call(bob, "/events").json()
    assert [event["seq"] for event in whole["events"]] == list(range(1, whole["seq"] + 1))
    pieces, after = [], 0
    while found := call(bob, f"/events?after={after}&limit=2").json()["events"]:
        assert len(found) <= 2
        pieces += found
        after = found[-1]["seq"]
    assert pieces == whole["events"]


def test_the_log_costs_no_query_for_each_event(call, bob, say, django_assert_max_num_queries):
    for number in range(20):
        say(bob, f"line {number} @bob #1")
    with django_assert_max_num_queries(16):
        assert len(call(bob, "/events").json()["events"]) > 20


def test_an_event_is_the_frame_of_the_socket(call, bob, say):
    seq = say(bob, "hello").seq
    frame = call(bob, f"/events?after={seq - 1}").json()["events"][0]
    assert set(frame) == {"type", "seq", "kind", "at", "actor", "nonce", "data"}
    assert frame["data"]["message"]["text"] == "hello"


def test_reads_messages_backwards(call, bob, say):
    for number in range(4):
        say(bob, f"line {number}")
    last = call(bob, "/messages?limit=2").json()["messages"]
    assert [message["text"] for message in last] == ["line 2", "line 3"]
    earlier = call(bob, f"/messages?before={last[0]['id']}").json()["messages"]
    assert [message["text"] for message in earlier] == ["line 0", "line 1"]
    assert call(bob, f"/messages/{last[0]['id']}").json() == last[0]


def test_a_removed_message_is_not_given(call, bob, say):
    say(bob, "hello")
    message = Message.objects.get()
    assert call(bob, f"/messages/{message.pk}").status_code == 200
    Message.objects.update(removed_at=timezone.now())
    assert call(bob, f"/messages/{message.pk}").status_code == 404
    assert call(bob, "/messages").json() == {"messages": []}


def test_a_message_is_edited(call, client, bob, alice, say):
    pk = say(bob, "hello").subject_id

    def patch(member, body):
        headers = {"Authorization": f"Bearer {ApiToken.issue(member.user, 'test')[1]}"}
        address = f"/api/v1/projects/{member.project_id}/messages/{pk}"
        return client.patch(address, body, content_type="application/json", headers=headers)

    answer = patch(bob, {"text": "/task bye"})
    assert answer.status_code == 200
    assert answer.json() == call(bob, f"/messages/{pk}").json()
    assert (answer.json()["text"], bool(answer.json()["edited_at"])) == ("/task bye", True)
    assert not bob.project.tasks.exists()
    assert patch(bob, {"text": "again", "was": "hello"}).json()["code"] == "conflict"
    assert patch(bob, {"text": "again", "was": "/task bye"}).json()["text"] == "again"
    assert patch(bob, {"text": ""}).json()["code"] == "empty"
    assert patch(bob, {"words": "again"}).status_code == 422
    assert patch(alice, {"text": "mine"}).status_code == 403


def test_searches(client, bob, charlie, task, say):
    say(bob, "the login is broken")

    def found(user, query):
        headers = {"Authorization": f"Bearer {ApiToken.issue(user, 'test')[1]}"}
        response = client.get(f"/api/v1/search?{query}", headers=headers)
        return response.status_code, response.json()

    status, body = found(bob.user, "q=logi")
    assert status == 200
    assert [row["ref"] for row in body["tasks"]] == ["WEB-1"]
    assert [row["text"] for row in body["messages"]] == ["the login is broken"]
    assert found(bob.user, f"q=logi&project={bob.project_id}") == (200, body)
    assert found(charlie, "q=logi") == found(bob.user, "q=") == (200, {"tasks": [], "messages": []})
    assert found(bob.user, "q=%00")[0] == 200
    assert found(charlie, f"q=logi&project={bob.project_id}")[0] == 404


def test_lists_the_tasks_that_a_query_finds(call, bob, alice, charlie):
    first, second = create_task(alice, "Login page", assignees=[bob.user]), create_task(alice, "Login copy")
    create_task(alice, "Invoice", assignees=[bob.user])
    complete_task(alice, second)

    def numbers(query):
        response = call(bob, f"/tasks?{query}")
        assert response.status_code == 200
        return [task["number"] for task in response.json()["tasks"]]

    assert numbers("") == [1, 3]
    assert numbers("q=login") == [1, 2]
    assert numbers("q=%40me") == [1, 3]
    assert numbers("q=%40me&after=1") == [3]
    assert numbers("q=login%20is:open") == numbers("q=login&state=open") == [first.number]
    refused = call(bob, "/tasks?q=is:opne")
    assert refused.status_code == 422
    assert (refused.json()["code"], refused.json()["suggestions"]) == ("bad_filter", ["is:open"])


def test_a_query_finds_what_is_archived_where_that_is_asked_for(call, bob, alice):
    shelved, _, _ = (
        create_task(alice, title, assignees=[bob.user]) for title in ("Shelved", "Open", "Other")
    )
    archive_task(alice, shelved)

    def numbers(query):
        return [task["number"] for task in call(bob, f"/tasks?{query}").json()["tasks"]]

    assert numbers("state=archived&q=%40bob") == [1]
    assert numbers("state=archived&q=-%40bob") == []
    assert numbers("state=all&q=%40bob") == [1, 2, 3]
    assert numbers("q=%40bob") == numbers("state=open&q=%40bob") == [2, 3]


def test_search_understands_filters(client, bob, alice, say):
    say(bob, "the login is broken")
    create_task(alice, "Login page", assignees=[bob.user])
    create_task(alice, "Login copy")
    headers = {"Authorization": f"Bearer {ApiToken.issue(bob.user, 'test')[1]}"}
    found = client.get("/api/v1/search?q=login%20%40me", headers=headers).json()
    assert ([task["number"] for task in found["tasks"]], found["messages"]) == ([1], [])
    refused = client.get("/api/v1/search?q=%40nobody", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_user")


def test_lists_the_commands_of_the_registry(client, bob):
    headers = {"Authorization": f"Bearer {ApiToken.issue(bob.user, 'test')[1]}"}
    assert client.get("/api/v1/commands", headers=headers).json() == registry.as_data()


def test_a_member_who_was_removed_reads_and_says_nothing(call, said, alice, bob):
    from workspace.actions import remove_member

    assert call(bob, "/events").status_code == 200
    remove_member(alice, bob)
    assert call(bob, "/events").status_code == said(bob, "hi").status_code == 404
    assert not Event.objects.filter(kind="message.posted").exists()

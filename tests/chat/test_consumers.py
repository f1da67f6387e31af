import asyncio
import json
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.db import OperationalError

from accounts.actions import revoke_token
from accounts.models import ApiToken, User
from chat import session
from tasks.actions import create_task
from workspace import actions, hub as hubs, live, ringing
from workspace.asgi import application
from workspace.changes import changes
from workspace.hub import hub
from workspace.models import Event, Membership
from workspace.pace import SENDING

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


class Client(WebsocketCommunicator):
    """A program's socket that keeps the frames it does not look at yet."""

    def __init__(self, project, secret, query="?as=data", accepts=""):
        headers = [(b"authorization", f"Bearer {secret}".encode()), (b"accept-language", accepts.encode())]
        super().__init__(application, f"/ws/project/{project.pk}/{query}", headers=headers)
        self.kept = []

    async def send(self, **frame):
        await self.send_json_to(frame)

    async def next(self, kind_of_frame, /, **fields):
        """The next frame of this type with these fields; others are kept."""
        wanted = {"type": kind_of_frame} | fields
        for frame in self.kept:
            if wanted.items() <= frame.items():
                self.kept.remove(frame)
                return frame
        while True:
            frame = await self.receive_json_from(timeout=5)
            if wanted.items() <= frame.items():
                return frame
            self.kept.append(frame)

    async def hello(self, after=None):
        await self.send(type="hello", after=after)
        return await self.next("ready")

    async def say(self, text, nonce=None, **more):
        nonce = nonce or str(uuid4())
        await self.send(type="say", nonce=nonce, text=text, **more)
        while True:
            frame = await self.receive_json_from(timeout=5)
            if frame.get("nonce") == nonce and frame["type"] in {"ack", "answer", "refused"}:
                return frame
            self.kept.append(frame)

    async def close_code(self):
        while True:
            message = await self.receive_output(timeout=5)
            if message["type"] == "websocket.close":
                return message["code"]


@pytest.fixture
async def connect():
    clients = []

    async def open_socket(member, **more):
        user = getattr(member, "user", member)
        project = more.pop("project", None) or member.project
        _, secret = await sync_to_async(ApiToken.issue)(user, "test")
        client = Client(project, secret, **more)
        connected, _ = await client.connect(timeout=5)
        assert connected
        clients.append(client)
        return client

    yield open_socket
    for client in clients:
        await client.disconnect()


async def test_everybody_sees_what_is_said_with_the_same_number(alice, bob, connect):
    one, two = await connect(alice), await connect(bob)
    await one.hello()
    await two.hello()
    ack = await one.say("hello **world**")
    assert ack["type"] == "ack"
    mine = await one.next("event", seq=ack["seq"])
    theirs = await two.next("event", seq=ack["seq"])
    assert mine == theirs
    assert theirs["kind"] == "message.posted"
    assert theirs["actor"]["handle"] == "alice"
    assert theirs["nonce"] == ack["nonce"]
    assert theirs["data"]["message"]["text"] == "hello **world**"


async def test_a_page_gets_html_and_a_program_gets_data(alice, bob, connect):
    page, program = await connect(alice, query=""), await connect(bob)
    await page.hello()
    await program.hello()
    ack = await program.say("/task Buy paint")
    shown = await page.next("event", kind="task.created")
    assert shown["seq"] == ack["seq"] + 1
    assert "data" not in shown
    assert '<live-patch put="column-' in shown["html"]
    assert f'<live-patch put="effects-{ack["seq"]}">' in shown["html"]
    assert (await program.next("event", kind="task.created"))["data"]["task"]["title"] == "Buy paint"


async def test_an_outsider_is_closed_with_4403_and_so_is_a_project_that_does_not_exist(
    alice, charlie, project, connect
):
    assert await (await connect(charlie, project=project)).close_code() == 4403
    missing = type(project)(pk=987654321)
    assert await (await connect(charlie, project=missing)).close_code() == 4403
    huge = type(project)(pk=10**30)
    assert await (await connect(charlie, project=huge)).close_code() == 4403
    assert (await (await connect(alice)).hello())["seq"]


async def test_a_bad_token_is_closed_with_4401(project):
    client = Client(project, "lg_nonsense")
    await client.connect()
    assert await client.close_code() == 4401


async def test_a_page_of_another_site_cannot_open_the_socket(project, alice):
    path = f"/ws/project/{project.pk}/"
    foreign = [(b"origin", b"http://evil.example"), (b"host", b"localhost")]
    stranger = WebsocketCommunicator(application, path, headers=foreign)
    assert (await stranger.connect())[0] is False
    own = [(b"origin", b"http://localhost"), (b"host", b"localhost")]
    page = WebsocketCommunicator(application, path, headers=own)
    assert (await page.connect())[0] is True
    await page.disconnect()


async def test_hello_brings_exactly_what_follows(alice, say, connect):
    first = await sync_to_async(say)(alice, "one")
    rest = [(await sync_to_async(say)(alice, text)).seq for text in ("two", "three")]
    client = await connect(alice)
    ready = await client.hello(after=first.seq)
    events = [frame["seq"] for frame in client.kept if frame["type"] == "event"]
    assert events == rest
    assert ready["seq"] == rest[-1]
    assert ready["you"]["role"] == "owner"


async def test_a_client_too_far_back_is_told_to_load_the_page_again(alice, connect):
    def many():
        with changes(alice) as record:
            for _ in range(501):
                record("project.noted")

    await sync_to_async(many)()
    client = await connect(alice)
    await client.send(type="hello", after=0)
    assert await client.next("reload")
    last = await sync_to_async(lambda: Event.objects.latest("seq").seq)()
    assert (await client.hello(after=last - 500))["seq"] == last


async def test_a_repeated_nonce_has_one_effect_and_the_same_ack(alice, bob, connect):
    client = await connect(alice)
    await client.hello()
    nonce = str(uuid4())
    first = await client.say("/task Only once", nonce)
    again = await client.say("/task Only once", nonce)
    assert first == again
    assert await sync_to_async(alice.project.tasks.count)() == 1
    other = await connect(bob)
    assert (await other.say("mine", nonce))["seq"] != first["seq"], "a nonce is the member's own"


async def test_a_refused_script_changes_nothing_and_only_its_author_is_told(alice, bob, connect, kinds):
    author, other = await connect(alice), await connect(bob)
    await author.hello()
    await other.hello()
    before = await sync_to_async(kinds)(alice.project)
    refused = await author.say("/task One more\n/doen 1")
    assert refused["type"] == "refused"
    assert (refused["code"], refused["line"]) == ("unknown_command", 2)
    assert refused["draft"] == "/task One more\n/doen 1"
    assert await sync_to_async(kinds)(alice.project) == before
    ack = await author.say("after")
    assert (await other.next("event"))["seq"] == ack["seq"]
    assert not [frame for frame in other.kept if frame["type"] == "refused"]


async def test_a_socket_understands_the_tongue_of_its_handshake_and_says_it_in_english(alice, bob, connect):
    german, english = await connect(bob, accepts="de-DE,en;q=0.5"), await connect(alice)
    await german.hello()
    await english.hello()
    assert (await english.say("/erledigt 99"))["code"] == "unknown_command"
    assert (await german.say("/aufgabe Kuchen backen !hoch"))["type"] == "ack"
    message = await english.next("event", kind="message.posted")
    assert message["data"]["message"]["text"] == "/task Kuchen backen !high"
    await german.send(type="preview", id=1, text="/erledigt 1")
    assert (await german.next("preview"))["result"]["script"] == [{"command": "done", "refs": [1]}]


async def test_an_open_socket_speaks_the_tongue_that_its_person_has_just_chosen(alice, bob, connect):
    client = await connect(bob)
    await client.hello()
    assert (await client.say("/erledigt 99"))["code"] == "unknown_command"
    await sync_to_async(User.objects.filter(pk=bob.user_id).update)(language="de")
    assert "Aufgaben" in str((await client.say("/hilfe"))["data"])
    assert (await client.say("/erledigt 99"))["message"] == "Es gibt keine Aufgabe #99 in diesem Projekt."
    await sync_to_async(User.objects.filter(pk=bob.user_id).update)(language="fr")
    assert (await client.say("x" * 9_000))["message"].startswith("Ce message a 1000 caractères de trop")
    assert (await client.say("/erledigt 99"))["code"] == "unknown_command"


async def test_help_is_answered_in_private(alice, bob, connect):
    author, other = await connect(alice), await connect(bob)
    await author.hello()
    await other.hello()
    answer = await author.say("/help")
    assert answer["type"] == "answer"
    assert answer["data"]
    await author.say("after")
    assert (await other.next("event"))["data"]["message"]["text"] == "after"


async def test_a_guest_talks_and_may_not_change_tasks(gina, alice, connect):
    client = await connect(gina)
    await client.hello()
    refused = await client.say("/task Mine")
    assert (refused["type"], refused["code"]) == ("refused", "forbidden")
    assert "Alice" in refused["message"]
    assert (await client.say("just talk"))["type"] == "ack"


async def test_a_socket_that_stays_open_follows_its_members_role(bob, alice, connect, kinds):
    guest = await connect(bob)
    await guest.hello()
    await sync_to_async(actions.change_role)(alice, bob, "guest")
    assert (await guest.say("/task A"))["code"] == "forbidden"
    assert (await guest.say("hello"))["type"] == "ack"
    await sync_to_async(actions.change_role)(alice, bob, "member")
    assert (await guest.say("/task A"))["type"] == "ack"


async def test_a_removed_member_is_cut_off_and_gets_nothing_that_came_after(alice, bob, say, connect):
    client = await connect(bob)
    await client.hello()

    def remove():
        actions.remove_member(alice, bob)
        say(alice, "secret")

    await sync_to_async(remove)()
    texts = []
    while True:
        message = await client.receive_output(timeout=5)
        if message["type"] == "websocket.close":
            break
        texts.append(message["text"])
    assert message["code"] == 4403
    assert not [text for text in texts if "secret" in text]


async def test_a_revoked_token_is_cut_off_and_another_one_of_the_same_person_is_not(alice, connect):
    client, spared = await connect(alice), await connect(alice)
    await client.hello()
    await spared.hello()
    first = await sync_to_async(ApiToken.objects.earliest)("pk")
    await sync_to_async(live.revoke)(token=first.pk)
    assert await client.close_code() == 4401
    assert (await spared.say("still here"))["type"] == "ack"


async def test_a_socket_that_never_said_hello_ends_with_its_token(bob, connect):
    silent = await connect(bob)
    token = await sync_to_async(ApiToken.objects.latest)("pk")
    await silent.send(type="ping", id=1)
    await silent.next("pong", id=1)
    await sync_to_async(revoke_token)(token)
    assert await silent.close_code() == 4401


async def test_a_socket_that_never_said_hello_ends_with_its_membership(alice, bob, connect):
    silent = await connect(bob)
    await sync_to_async(actions.remove_member)(alice, bob)
    assert await silent.close_code() == 4403


async def test_a_catch_up_that_a_removal_overtakes_is_not_sent(alice, bob, say, connect, monkeypatch):
    read = live.events_after

    def read_late(*words):
        actions.remove_member(alice, bob)
        say(alice, "secret")
        return read(*words)

    async def lose(group, message):
        """The bell would close the socket in time."""

    monkeypatch.setattr(live, "events_after", read_late)
    monkeypatch.setattr(ringing, "send", lose)
    client = await connect(bob)
    await client.send(type="hello", after=0)
    heard = []
    while (message := await client.receive_output(timeout=5))["type"] == "websocket.send":
        heard.append(message["text"])
    assert message["code"] == 4403
    assert heard == []


async def test_a_deactivated_person_is_noticed_without_the_channel_layer(alice, bob, connect):
    client = await connect(bob)
    await client.hello()
    await sync_to_async(type(bob.user).objects.filter(pk=bob.user_id).update)(is_active=False)
    assert await client.close_code() == 4401


async def test_what_the_channel_layer_loses_is_read_from_the_log(alice, bob, connect, monkeypatch):
    client = await connect(bob)
    await client.hello()

    async def lose(group, message):
        pass

    with monkeypatch.context() as patch:
        patch.setattr(ringing, "send", lose)
        lost = [(await client.say(text))["seq"] for text in ("one", "two")]
    last = (await client.say("three"))["seq"]
    for seq in [*lost, last]:
        assert (await client.next("event", seq=seq))["kind"] == "message.posted"
    order = [frame["seq"] for frame in client.kept if frame["type"] == "event"]
    assert order == sorted(order)


async def test_a_channel_layer_that_stands_still_holds_nobody_up(alice, bob, connect, monkeypatch):
    async def stand_still(*_):
        await asyncio.sleep(60)

    layer = get_channel_layer()
    for method in ("group_add", "group_send"):
        monkeypatch.setattr(layer, method, stand_still)
    client, other = await connect(alice), await connect(bob)
    async with asyncio.timeout(6):
        for each in (client, other):
            await each.hello()
        await client.send(type="typing")
        said = await client.say("hello")
        await client.send(type="ping", id=1)
        await client.next("pong", id=1)
        await other.next("event", seq=said["seq"])


async def test_a_socket_whose_hello_failed_is_closed_and_its_client_comes_back(
    alice, bob, connect, monkeypatch
):
    client, other = await connect(alice), await connect(bob)
    await other.hello()
    with monkeypatch.context() as patch:
        patch.setattr(session, "start", lambda *_: 1 / 0)
        await client.send(type="hello", after=None)
        assert await client.close_code() == 1013
    assert len(hub().rooms[alice.project_id].sockets) == 1
    assert (await (await connect(alice)).hello())["seq"]


async def test_a_room_whose_beginning_failed_begins_when_the_next_one_comes(alice, connect, monkeypatch):
    client = await connect(alice)
    with monkeypatch.context() as patch:
        patch.setattr(hubs, "_last_seqs", lambda _: 1 / 0)
        await client.send(type="hello", after=None)
        assert await client.close_code() == 1013
    client = await connect(alice)
    await client.hello()
    said = await client.say("Is anybody there?")
    assert await client.next("event", seq=said["seq"])


async def test_who_comes_while_the_channel_layer_cannot_even_be_asked_is_served(alice, connect, monkeypatch):
    """And hears it again when it answers, although it was away when the process began to listen."""

    async def refuse(*_):
        raise ConnectionError

    monkeypatch.setattr(hubs, "PRESENCE_EVERY", 0.5)
    client = await connect(alice)
    with monkeypatch.context() as patch:
        for method in ("new_channel", "group_add", "group_send"):
            patch.setattr(get_channel_layer(), method, refuse)
        await client.hello()
        said = await client.say("hello")
        assert await client.next("event", seq=said["seq"])
    await client.next("presence", online=[alice.user_id])


@pytest.mark.parametrize(
    "text",
    ["{not json", "[]", '"hello"', "{}", '{"type":1}', '{"type":"nothing"}', '{"type":"say"}',
     '{"type":"say","nonce":"x","text":"y"}', '{"type":"say","nonce":1,"text":"y"}', '{"type":"hello","after":-1}',
     '{"type":"hello","after":true}', '{"type":"hello","after":"1"}', '{"type":"read","seq":99999999999999999999}',
     '{"type":"ping"}', '{"type":"preview","id":1}', "[" * 5000, '{"type":"say","nonce":"' + "0" * 36 + '","text":7}'],
)  # fmt: skip
async def test_a_bad_frame_is_answered_and_the_socket_stays_open(alice, connect, text):
    client = await connect(alice)
    await client.send_to(text_data=text)
    assert (await client.next("error"))["code"] == "bad_frame"
    await client.send(type="ping", id=9)
    assert await client.next("pong", id=9)


async def test_binary_and_oversized_frames_are_answered(alice, connect):
    client = await connect(alice)
    await client.send_to(bytes_data=b"\x00")
    assert (await client.next("error"))["code"] == "bad_frame"
    await client.send_to(
        text_data=json.dumps({"type": "ping", "id": 1, "x": "é" * 40_000}, ensure_ascii=False)
    )
    assert (await client.next("error"))["code"] == "too_large"


async def test_twenty_bad_frames_in_a_row_close_the_socket_and_nineteen_do_not(alice, connect):
    client = await connect(alice)
    for _ in range(19):
        await client.send_to(text_data="?")
    await client.send(type="ping", id=1)
    await client.next("pong")
    for _ in range(20):
        await client.send_to(text_data="?")
    assert await client.close_code() == 4400


async def test_a_client_that_greets_again_and_again_is_slowed(alice, connect):
    client = await connect(alice)
    for _ in range(5):
        await client.hello(after=0)
    await client.send(type="hello", after=0)
    error = await client.next("error")
    assert (error["code"], error["retry_after"]) == ("rate_limited", 1)


async def test_nine_hundred_commands_at_once_are_slowed_and_the_socket_stays_open(
    no_time_passes, alice, connect
):
    client = await connect(alice)
    answers = [await client.say("/help") for _ in range(900)]
    refused = [frame for frame in answers if frame["type"] == "refused"]
    assert len(refused) == 100
    assert refused[0]["code"] == "rate_limited"
    assert refused[0]["message"] == f"Too many commands; try again in {refused[0]['retry_after']} s."
    assert refused[0]["draft"] == "/help"
    assert (await client.say("Never mind"))["type"] == "ack"


async def test_all_sockets_of_a_person_and_their_calls_share_one_pace(no_time_passes, alice, bob, connect):
    first, second, other = await connect(alice), await connect(alice), await connect(bob)
    SENDING.take(alice.user_id, SENDING.burst)
    nonce = str(uuid4())
    for client in (first, second):
        await client.send(type="say", nonce=nonce, text="hello")
        error = await client.next("error")
        assert (error["code"], error["nonce"]) == ("rate_limited", nonce)
        assert error["message"] == "That was fast; try again in 1 s."
    assert (await other.say("hello"))["type"] == "ack"


async def test_a_flood_is_slowed_and_not_closed(alice, connect):
    client = await connect(alice)
    SENDING.take(alice.user_id, SENDING.burst)
    SENDING.give(alice.user_id, -SENDING.rate / 2)
    for number in range(50):
        await client.send(type="ping", id=number)
    assert (await client.next("error"))["code"] == "rate_limited"
    pongs = []
    while not pongs:
        await client.send(type="ping", id=1000)
        frame = await client.receive_json_from(timeout=5)
        pongs = [frame] if frame.get("id") == 1000 else []


async def test_who_is_not_greeted_for_haste_is_told_to_come_again_and_not_left_deaf(alice, connect):
    client, heard = await connect(alice), await connect(alice)
    await heard.hello()
    SENDING.give(alice.user_id, -10 * SENDING.rate)  # nothing for ten seconds
    for each in (client, heard):
        await each.send(type="hello", after=None)
        assert (await each.next("error"))["code"] == "rate_limited"
    assert await client.receive_output(5) == {"type": "websocket.close", "code": 1013}
    SENDING.give(alice.user_id, 10 * SENDING.rate)
    assert (await heard.say("hello"))["type"] == "ack", "it hears already"


async def test_a_message_over_8000_characters_is_refused_with_the_number(alice, connect):
    client = await connect(alice)
    refused = await client.say("x" * 8012)
    assert refused["code"] == "too_long"
    assert "12 characters" in refused["message"]
    assert refused["draft"] == "x" * 8012
    assert (await client.say("x" * 8000))["type"] == "ack"


async def test_preview_shows_the_parse_and_stores_nothing(alice, connect, kinds):
    client = await connect(alice)
    before = await sync_to_async(kinds)(alice.project)
    await client.send(type="preview", id=7, text="/task Buy paint !high")
    preview = await client.next("preview", id=7)
    assert preview["result"]["script"][0]["priority"] == "high"
    assert await sync_to_async(kinds)(alice.project) == before


async def test_a_say_that_the_server_stumbles_over_is_answered_with_its_nonce(
    alice, connect, monkeypatch, caplog
):
    client = await connect(alice)
    nonce = str(uuid4())
    with monkeypatch.context() as patch:
        patch.setattr(session, "say", lambda *_: 1 / 0)
        await client.send(type="say", nonce=nonce, text="hello")
        error = await client.next("error")
    assert (error["code"], error["nonce"]) == ("internal", nonce)
    assert (await client.say("hello", nonce))["type"] == "ack"


async def test_a_database_that_does_not_answer_is_no_fault_of_what_was_said(alice, connect, monkeypatch):
    client = await connect(alice)
    nonce = str(uuid4())
    with monkeypatch.context() as patch:
        patch.setattr(session, "say", raises(OperationalError))
        await client.send(type="say", nonce=nonce, text="hello")
        error = await client.next("error")
    assert (error["code"], error["nonce"]) == ("unavailable", nonce)
    assert (await client.say("hello", nonce))["type"] == "ack"


@pytest.mark.parametrize("where", ["login_of", "start"])
async def test_who_cannot_be_let_in_without_the_database_is_told_so_and_comes_back(
    alice, connect, monkeypatch, where
):
    with monkeypatch.context() as patch:
        patch.setattr(session, where, raises(OperationalError))
        client = await connect(alice)
        await client.send(type="hello", after=None)
        assert (await client.next("error"))["code"] == "unavailable"
        assert await client.close_code() == 1013
    assert (await (await connect(alice)).hello())["type"] == "ready"


def raises(error):
    def fail(*_):
        raise error

    return fail


async def test_typing_reaches_the_others_and_not_its_author(alice, bob, connect):
    author, other = await connect(alice), await connect(bob)
    await author.hello()
    await other.hello()
    await author.send(type="typing")
    assert (await other.next("typing"))["user"]["handle"] == "alice"
    await author.send(type="ping", id=1)
    await author.next("pong")
    assert not [frame for frame in author.kept if frame["type"] == "typing"]


async def test_presence_says_who_is_here(alice, bob, connect):
    first = await connect(alice)
    await first.hello()
    second = await connect(bob)
    await second.hello()
    assert await first.next("presence", online=sorted([alice.user_id, bob.user_id]))
    await second.disconnect()
    assert await first.next("presence", online=[alice.user_id])


async def test_read_goes_forward_only_and_not_beyond_the_log(alice, say, connect):
    event = await sync_to_async(say)(alice, "one")
    client = await connect(alice)

    async def read(seq):
        await client.send(type="read", seq=seq)
        await client.send(type="ping", id=1)
        await client.next("pong")
        return await sync_to_async(lambda: Membership.objects.get(pk=alice.pk).read_seq)()

    assert await read(event.seq - 1) == event.seq - 1
    assert await read(1) == event.seq - 1
    assert await read(10_000) == event.seq


async def test_what_happens_on_the_board_reaches_the_socket(alice, bob, connect):
    client = await connect(bob)
    await client.hello()
    await sync_to_async(create_task)(alice, "By hand")
    event = await client.next("event", kind="task.created")
    assert event["data"]["task"]["ref"] == "WEB-1"

"""Polls: one vote for each, changed and taken back while the poll is open, and shown to everybody alike."""

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest

from chat import commands, polls
from chat.models import Poll, Vote
from chat.queries import timeline
from chat.templatetags.stream import rows, shown
from workspace import actions, live
from workspace.errors import Denied, Refused
from workspace.lines import Line
from workspace.models import Event, Membership, Project
from workspace.pace import COMMANDS


@pytest.fixture
def poll(alice: Membership) -> Poll:
    commands.handle(alice, '/poll "Lunch?" "Pizza" "<b>Soup"', uuid4())
    return Poll.objects.get()


def tally(poll: Poll) -> dict[str, int]:
    return dict(Vote.objects.filter(poll=poll).values_list("user__handle", "choice"))


def test_everybody_has_one_vote_and_may_change_it(poll, alice, bob, gina, kinds) -> None:
    for member, choice in ((alice, 0), (bob, 0), (gina, 1), (bob, 1)):
        polls.vote(member, poll, choice)
    assert tally(poll) == {"alice": 0, "bob": 1, "gina": 1}
    assert kinds(poll.project)[-4:] == ["poll.voted"] * 4
    assert poll.project.events.latest("seq").details == {"was": 0, "now": 1}


def test_the_same_vote_again_is_no_event(poll, bob, kinds) -> None:
    polls.vote(bob, poll, 0)
    before = kinds(poll.project)
    polls.vote(bob, poll, 0)
    assert kinds(poll.project) == before


def test_a_vote_is_taken_back(poll, bob, kinds) -> None:
    polls.vote(bob, poll, 0)
    polls.vote(bob, poll, None)
    polls.vote(bob, poll, None)
    assert tally(poll) == {}
    assert kinds(poll.project)[-2:] == ["poll.voted", "poll.unvoted"]


def test_there_is_no_vote_for_what_was_not_asked(poll, bob) -> None:
    for choice in (2, -1):
        with pytest.raises(Refused, match="no such option") as caught:
            polls.vote(bob, poll, choice)
        assert caught.value.code == "bad_poll"
    polls.vote(bob, poll, 1)
    assert tally(poll) == {"bob": 1}


def test_its_author_or_an_owner_closes_it_and_nobody_else(alice, bob, gina, poll, kinds) -> None:
    with pytest.raises(Denied, match="Only Alice, who asked, or an owner can close this poll"):
        polls.close_poll(bob, poll)
    polls.close_poll(alice, poll)
    polls.close_poll(alice, poll)
    assert kinds(poll.project).count("poll.closed") == 1
    polls.close_poll(gina, polls.open_poll(gina, "Mine?", ["Yes", "No"]))
    polls.close_poll(alice, polls.open_poll(bob, "His?", ["Yes", "No"]))
    assert not Poll.objects.filter(closed_at=None).exists()


def test_a_closed_poll_keeps_its_votes(poll, alice, bob) -> None:
    polls.vote(bob, poll, 0)
    polls.close_poll(alice, poll)
    for choice in (1, None):
        with pytest.raises(Refused, match="This poll is closed"):
            polls.vote(bob, poll, choice)
    assert tally(poll) == {"bob": 0}


def test_the_votes_are_the_fold_of_the_log(poll, alice, bob, gina) -> None:
    for member, choice in ((alice, 0), (bob, 1), (gina, 0), (alice, None), (bob, 0), (gina, 1)):
        polls.vote(member, poll, choice)
    votes: dict[str, int] = {}
    for event in poll.project.events.filter(kind__in=["poll.voted", "poll.unvoted"]).order_by("seq"):
        assert votes.pop(event.actor.handle, None) == event.details["was"]
        if event.details["now"] is not None:
            votes[event.actor.handle] = event.details["now"]
    assert votes == tally(poll) == {"bob": 0, "gina": 1}


def test_a_vote_stays_when_its_voter_leaves(poll, alice, bob) -> None:
    polls.vote(bob, poll, 0)
    actions.remove_member(alice, bob)
    assert tally(poll) == {"bob": 0}


def line_of(project: Project) -> str:
    return "".join(shown(row) for row in rows(timeline(project)))


def card(html: str) -> str:
    return re.sub(r"\s+", " ", re.search(r'<article class="poll".*?</article>', html, re.DOTALL)[0])


def test_the_page_and_the_live_frame_show_the_same_card(poll, alice, bob) -> None:
    for choice in (0, 1):
        polls.vote(bob, poll, choice)
        event = Event.objects.filter(project=poll.project).latest("seq")
        (frame,) = live.frames([event])
        assert card(json.loads(frame.html)["html"]) == card(line_of(alice.project))


def test_the_card_says_how_many_and_who(poll, alice, bob, gina) -> None:
    polls.vote(bob, poll, 1)
    polls.vote(gina, poll, 1)
    text = card(line_of(alice.project))
    assert "&lt;b&gt;Soup" in text
    assert "<b>Soup" not in text
    assert '2<span class="sr"> votes</span>' in text
    assert re.findall(r'data-voter="\d+">(\w+)<', text) == ["Bob", "Gina"]
    assert ">Close the poll<" in text
    polls.close_poll(alice, poll)
    text = card(line_of(alice.project))
    assert "Closed with 2 votes." in text
    assert text.count(" disabled") == 2


def test_a_program_is_told_the_votes(poll, bob) -> None:
    polls.vote(bob, poll, 1)
    event = Event.objects.filter(project=poll.project).select_related("actor", "project").latest("seq")
    (told,) = live.as_dicts([event])
    assert told["data"]["poll"]["options"] == [
        {"text": "Pizza", "voters": []},
        {"text": "<b>Soup", "voters": ["bob"]},
    ]


def test_a_button_works_without_a_script_and_leads_back_to_the_message(client, poll, bob) -> None:
    client.force_login(bob.user)
    answer = client.post(f"{poll.get_absolute_url()}/vote", {"choice": "1"})
    message = poll.project.messages.get()
    assert (answer.status_code, answer["Location"]) == (302, message.get_absolute_url())
    assert tally(poll) == {"bob": 1}
    answer = client.post(f"{poll.get_absolute_url()}/vote", {"choice": ""})
    assert tally(poll) == {}
    page = client.get(answer["Location"]).content.decode()
    assert 'form="quick" formaction="/p/web/polls/' in page
    assert '<form id="quick" method="post"' in page


def test_a_script_is_answered_with_the_poll(client, poll, bob) -> None:
    client.force_login(bob.user)
    ask: Callable[[str], dict] = lambda choice: client.post(  # noqa: E731
        f"{poll.get_absolute_url()}/vote", {"choice": choice}, headers={"Accept": "application/json"}
    ).json()
    assert ask("0")["options"][0]["voters"] == ["bob"]
    for choice in ("2", "x", "²", "-1", "9999"):
        assert ask(choice)["code"] == "bad_poll", choice


def test_an_outsider_finds_no_poll(client, poll, charlie, bob) -> None:
    for user, status in ((charlie, 404), (bob.user, 302)):
        client.force_login(user)
        assert client.post(f"{poll.get_absolute_url()}/vote", {"choice": "0"}).status_code == status
    assert tally(poll) == {"bob": 0}


def test_what_happened_to_a_poll_reads_as_a_sentence(poll, alice, bob) -> None:
    polls.vote(bob, poll, 1)
    polls.vote(bob, poll, None)
    polls.close_poll(alice, poll)
    events = poll.project.events.filter(kind__startswith="poll.").order_by("seq")
    told = [re.sub("<[^>]+>", "", Line(event, poll=poll).sentence) for event in events]
    assert told == [
        "Alice opened the poll Lunch?",
        "Bob voted in the poll Lunch?",
        "Bob took back a vote in the poll Lunch?",
        "Alice closed the poll Lunch?",
    ]


def test_votes_have_the_pace_of_commands(client, poll, bob, gina, no_time_passes) -> None:
    client.force_login(bob.user)
    COMMANDS.take(bob.user_id, COMMANDS.burst - 1)
    address, script = f"{poll.get_absolute_url()}/vote", {"Accept": "application/json"}
    assert client.post(address, {"choice": "1"}, headers=script).status_code == 200
    refused = client.post(address, {"choice": "0"}, headers=script)
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert tally(poll) == {"bob": 1}
    client.force_login(gina.user)
    assert client.post(address, {"choice": "0"}, headers=script).status_code == 200

"""All that can happen to a poll: it is opened, voted in, and closed."""

from collections.abc import Iterable, Sequence
from typing import Any

from chat.models import Message, Poll, Vote
from workspace.changes import Recorder, changes
from workspace.errors import Denied, Refused
from workspace.models import Event, Membership, Project
from workspace.people import users_by_id
from workspace.permissions import may, owners_of, require
from workspace.prepared import Prepared


def open_poll(member: Membership, question: str, options: Sequence[str]) -> Poll:
    """Ask everybody in the project."""
    require(member, "talk")
    with changes(member) as record:
        poll = Poll.objects.create(
            project=record.project,
            author=member.user,
            question=question,
            options=list(options),
            created_at=record.at,
        )
        record("poll.opened", poll, question=question, options=list(options))
    return poll


def vote(member: Membership, poll: Poll, choice: int | None) -> Poll:
    """Choose the option with this place, in place of an earlier choice; None takes the vote back. Raises `Refused`."""
    require(member, "talk")
    with changes(member) as record:
        poll = _look_again(record, poll)
        if not poll.is_open:
            raise Refused("bad_poll", "This poll is closed.")
        if choice is not None and not 0 <= choice < len(poll.options):
            raise Refused("bad_poll", "There is no such option in this poll.")
        mine = Vote.objects.filter(poll=poll, user=member.user).first()
        was = mine.choice if mine else None
        if choice == was:
            return poll
        if choice is None:
            Vote.objects.filter(poll=poll, user=member.user).delete()
            record("poll.unvoted", poll, was=was, now=None)
        else:
            Vote.objects.update_or_create(poll=poll, user=member.user, defaults={"choice": choice})
            record("poll.voted", poll, was=was, now=choice)
    return poll


def close_poll(member: Membership, poll: Poll) -> Poll:
    """End the voting. Raises `Denied` unless the member asked the question or owns the project."""
    if member.user_id != poll.author_id and not may(member, "manage_project"):
        raise Denied(
            f"Only {poll.author.name}, who asked, or an owner can close this poll. Ask {owners_of(member)}."
        )
    with changes(member) as record:
        poll = _look_again(record, poll)
        if poll.is_open:
            poll.closed_at = record.at
            poll.save(update_fields=["closed_at"])
            record("poll.closed", poll)
    return poll


def withdraw_poll(record: Recorder, opened: Event) -> Poll:
    """Take back the event that opened a poll of the member's. Raises `Refused` where others have voted in it."""
    poll = _poll_of(record, opened)
    others = poll.votes.exclude(user=record.member.user).count()
    if others:
        voted = "Somebody has" if others == 1 else f"{others} people have"
        raise Refused(
            "conflict", f"{voted} voted in “{poll.question}”, so it was not taken back. It can be closed."
        )
    return _turn(record, poll, "poll.closed", opened)


def reopen_poll(record: Recorder, closed: Event) -> Poll:
    """Take back the event by which a poll of the member's was withdrawn."""
    return _turn(record, _poll_of(record, closed), "poll.reopened", closed)


def _poll_of(record: Recorder, event: Event) -> Poll:
    return Poll.objects.filter(project=record.project).get(pk=event.subject_id or 0)


def _turn(record: Recorder, poll: Poll, kind: str, undone: Event) -> Poll:
    poll.closed_at = record.at if kind == "poll.closed" else None
    poll.save(update_fields=["closed_at"])
    record(kind, poll, undoes=[undone.seq])
    return poll


def _look_again(record: Recorder, poll: Poll) -> Poll:
    """The poll as it is now that the lock is held."""
    return Poll.objects.select_related("author").get(pk=poll.pk, project=record.project)


def polls_by_id(project: Project, ids: Iterable[int | None]) -> dict[int, Poll]:
    """The project's polls with these ids, with all that their cards show."""
    wanted = list({pk for pk in ids if pk})
    if not wanted:
        return {}
    polls = {poll.pk: poll for poll in _polls.rows(project.pk, wanted)}
    votes = sorted(_votes.rows(list(polls)), key=lambda vote: vote.pk)
    users = users_by_id([*(vote.user_id for vote in votes), *(poll.author_id for poll in polls.values())])
    for poll in polls.values():
        poll.project, poll.author, poll.cast = project, users[poll.author_id], []
    for vote in votes:
        vote.user = users[vote.user_id]
        polls[vote.poll_id].cast.append(vote)
    return polls


_polls: Prepared[Poll] = Prepared(Poll.objects.all(), "project", "pk__in")
_votes: Prepared[Vote] = Prepared(Vote.objects.all(), "poll__in")


def place_of(poll: Poll) -> str:
    """The address of the message that asked."""
    events = Event.objects.filter(project=poll.project_id)
    asked = events.filter(kind="poll.opened", subject_id=poll.pk).values("cause")
    said = events.filter(seq__in=asked).values("subject_id")
    message = Message.objects.select_related("project").filter(project=poll.project_id, pk__in=said).first()
    return message.get_absolute_url() if message else poll.project.get_absolute_url()


def as_dict(poll: Poll) -> dict[str, Any]:
    """The poll as programs get it."""
    return {
        "id": poll.pk,
        "question": poll.question,
        "author": poll.author.handle,
        "options": [
            {"text": each["text"], "voters": [user.handle for user in each["voters"]]}
            for each in poll.choices
        ],
        "closed_at": poll.closed_at.isoformat() if poll.closed_at else None,
    }


def looks(poll: Poll) -> tuple[Any, ...]:
    """All that a poll's card shows."""
    votes = tuple((vote.choice, vote.user_id, vote.user.name, vote.user.hue) for vote in poll.cast)
    return poll.pk, poll.question, tuple(poll.options), poll.closed_at, poll.author.name, votes

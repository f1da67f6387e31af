"""How fast one person may give commands."""

from typing import Any
from uuid import UUID

from chat import commands
from chat.commands import Ack, Answer
from chat.language.lines import head_of, straightened
from chat.language.parser import MOST
from workspace.models import Membership
from workspace.pace import COMMANDS


def said_at_a_pace(member: Membership, text: str, nonce: UUID, **where: Any) -> Ack | Answer:
    """As `commands.handle`, unless the person has given too many commands: raises `TooFast`.

    What was said before and is repeated costs nothing, so that a program may ask again for an answer that got lost.
    """
    cost = commands_in(text)
    if not cost:
        return commands.handle(member, text, nonce, **where)
    COMMANDS.spend(member.user_id, cost)
    outcome = commands.handle(member, text, nonce, **where)
    if isinstance(outcome, Ack) and outcome.is_repeat:
        COMMANDS.give(member.user_id, cost)
    return outcome


def commands_in(text: str) -> int:
    """How many commands `text` seems to give; more than a script may have count as that many."""
    first, *others = straightened(text).split("\n")
    return min(MOST, 1 + sum(head_of(line) is not None for line in others)) if head_of(first) else 0

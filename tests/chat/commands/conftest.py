"""Saying things, as the socket, the form and the API do."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from chat.commands import Ack, Answer, handle
from tasks.models import Task
from workspace.errors import Refused
from workspace.models import Membership

NOON = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)  # a Thursday


@pytest.fixture
def run() -> Callable[..., Ack | Answer]:
    """Says something at noon of a Thursday: `run(bob, "/done 1")`."""

    def say(member: Membership, text: str, nonce: UUID | None = None, **more: Any) -> Ack | Answer:
        return handle(member, text, nonce or uuid4(), **{"now": NOON} | more)

    return say


@pytest.fixture
def refusal(run: Callable[..., Any]) -> Callable[..., Refused]:
    """Says something that is refused, and gives the refusal: `refusal(gina, "/done 1")`."""

    def say(member: Membership, text: str, **more: Any) -> Refused:
        with pytest.raises(Refused) as caught:
            run(member, text, **more)
        return caught.value

    return say


@pytest.fixture
def fresh() -> Callable[[Task], Task]:
    """The task as the database has it now."""
    return lambda task: Task.objects.select_related("column", "project").get(pk=task.pk)

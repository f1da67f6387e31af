"""Alice at her desk: signed in, and with a program that has a token."""

import pytest
from django.test import Client

from accounts.models import ApiToken
from tasks.actions import create_task
from tests.content.fields import Desk


@pytest.fixture
def desk(alice, monkeypatch) -> Desk:
    monkeypatch.setattr(
        "chat.api_limits.Paces.allow_request", lambda *_: True
    )  # how often is tested elsewhere
    client = Client()
    client.force_login(alice.user)
    _, secret = ApiToken.issue(alice.user, "tests")
    program = Client(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return Desk(client, program, alice, create_task(alice, "Fix login", labels=["bug"]))

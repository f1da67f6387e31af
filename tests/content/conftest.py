"""Alice at her desk: signed in, and with a program that has a token."""

import pytest
from django.test import Client

from accounts.models import ApiToken
from tasks.actions import create_task
from tests.content.fields import Desk
from workspace import pace


@pytest.fixture
def desk(alice, monkeypatch) -> Desk:
    monkeypatch.setattr(pace.Pace, "take", lambda *_: 0.0)  # how fast is too fast is tested elsewhere
    client = Client()
    client.force_login(alice.user)
    _, secret = ApiToken.issue(alice.user, "tests")
    program = Client(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return Desk(client, program, alice, create_task(alice, "Fix login", labels=["bug"]))

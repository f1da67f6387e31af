"""What ends in accounts closes sockets here."""

from unittest.mock import Mock

import pytest
from django.test import Client

from accounts.actions import deactivate, revoke_token
from accounts.models import ApiToken, User
from workspace import live


@pytest.fixture
def revoke(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """In place of `live.revoke`."""
    stand_in = Mock()
    monkeypatch.setattr(live, "revoke", stand_in)
    return stand_in


def test_signing_out_closes_what_the_session_opened(
    charlie: User, revoke: Mock, django_capture_on_commit_callbacks
):
    browser = Client()
    browser.force_login(charlie)
    key = browser.session.session_key
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/logout")
    revoke.assert_called_once_with(user=None, session=key, token=None)


def test_revoking_a_token_closes_what_it_opened(
    charlie: User, revoke: Mock, django_capture_on_commit_callbacks
):
    token, _ = ApiToken.issue(charlie, "bot")
    with django_capture_on_commit_callbacks(execute=True):
        revoke_token(token)
    revoke.assert_called_once_with(user=None, session=None, token=token.pk)


def test_switching_somebody_off_closes_everything_of_theirs(
    charlie: User, revoke: Mock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        deactivate(charlie)
    revoke.assert_called_once_with(user=charlie.pk, session=None, token=None)

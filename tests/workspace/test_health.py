"""What a load balancer is told."""

from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection

from workspace import ending


def test_the_process_is_up_without_asking_anybody(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_is_ready_when_the_services_answer(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


def test_says_that_the_server_is_ending(client, db, monkeypatch):
    monkeypatch.setattr(ending, "_asked", [])
    assert client.get("/readyz").status_code == 200
    ending.ask()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["message"]) == (503, "The server is ending.")


def test_says_that_the_database_is_away(client, db):
    with patch.object(connection, "cursor", side_effect=DatabaseError("secret host")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"code": "not_ready", "message": "The database does not answer."}


@pytest.mark.parametrize("error", [OSError("secret host"), TimeoutError()])
def test_says_that_the_channel_layer_is_away(client, db, error):
    with patch("workspace.health.get_channel_layer") as layer:
        layer.return_value.group_send.side_effect = error
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"code": "not_ready", "message": "The channel layer does not answer."}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_is_only_for_asking(client, db, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405

"""Somebody with a password, and limits that no earlier test has used up."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.actions import add_person, draft_person
from accounts.models import User

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ana(db: None) -> User:
    return add_person(draft_person(email="ana@example.com", name="Ana Duarte", password=PASSWORD))


@pytest.fixture
def as_ana(ana: User) -> Client:
    """A browser in which Ana has signed in by the form."""
    browser = Client(
        headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    )
    browser.post("/login", {"login": ana.email, "password": PASSWORD})
    return browser

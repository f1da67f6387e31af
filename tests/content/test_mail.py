"""Mails are plain text with one sender, one receiver and one subject, whatever people are called."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.actions import add_person, draft_person
from accounts.names import clean_name
from tests.content.hostile import MUTATING, RUNS, published

NAMES = [
    *published(),
    *MUTATING,
    *(f"<{each}=alert(1)>" for each in RUNS),
    "A\r\nBcc: x@evil.example",
    "A\nSubject: x\n\nHello",
]


def kept(name: str) -> str:
    try:
        return clean_name(name[:80])
    except Exception:  # a name that is refused reaches no mail
        return ""


def test_a_hostile_name_in_a_mail_stays_text(db):
    names = list(dict.fromkeys(filter(None, map(kept, NAMES))))
    assert len(names) > 100
    for number, name in enumerate(names[::3]):
        person = add_person(draft_person(email=f"x{number}@example.com", name=name, password="x" * 12))
        mail.outbox.clear()
        cache.clear()  # how often one may ask is tested elsewhere
        Client().post("/login/reset", {"email": person.email})
        (sent,) = mail.outbox
        check(sent, person.email)
        assert name in sent.body


@pytest.mark.parametrize(
    "email",
    [
        "nobody@example.com",
        "o'brien@example.com",
        "a+b@example.com",
        "<x>@example.com",
        "x\r\nBcc: y@z.example",
    ],
)
def test_a_mail_goes_to_the_address_that_was_asked_for_and_to_no_other(db, email):
    assert Client().post("/login/reset", {"email": email}).status_code < 500
    for sent in mail.outbox:
        check(sent, email)


def check(sent: mail.EmailMessage, receiver: str) -> None:
    assert sent.to == [receiver]
    assert not getattr(sent, "alternatives", None), "there is no HTML in it"
    message = sent.message()
    assert message.get_content_type() == "text/plain"
    assert {"Bcc", "Cc"}.isdisjoint(message.keys())
    assert [key for key in message if message.get_all(key)[1:]] == [], "each header is there once"
    assert "\n" not in sent.subject
    assert re.search(r"https?://testserver/login/reset/|no account", sent.body)

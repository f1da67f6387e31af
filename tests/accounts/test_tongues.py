"""In which tongue somebody is understood: their choice, else what their browser asks for."""

import pytest

from accounts.models import User
from accounts.tongues import heard_in, tongue_of


@pytest.mark.parametrize(
    ("header", "heard"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("pt,fr;q=0.7,en;q=0.3", "fr"),
        ("en-GB,de;q=0.5", "en"),
        ("es-419", "es"),
        ("pt, *;q=0.5", ""),
        ("", ""),
        ("de;q=0", ""),
        (",;=" * 100, ""),
        ("../../etc/passwd", ""),
    ],
)
def test_a_browser_asks_for_the_first_tongue_that_there_is(header: str, heard: str) -> None:
    assert heard_in(header) == heard


def test_a_choice_comes_before_the_browser_and_english_comes_last() -> None:
    assert tongue_of(User(language="fr"), "de") == "fr"
    assert tongue_of(User(language="en"), "de") == "en"
    assert tongue_of(User(), "de") == "de"
    assert tongue_of(User()) == "en"
    assert tongue_of(User(language="tlh"), "") == "en"

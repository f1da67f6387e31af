"""Plain talk takes a shorter way: it must come to the same."""

import pytest
from hypothesis import given, settings, strategies as st

from workspace import markup
from workspace.markup.rendering import PLAIN, Renderer
from workspace.markup.scope import Scope

SIGNS = "aZéK0 12,.;:!?'\"()%+=–—…’“”€-ß語\u0301٣ª_*`#@/&<>[]~\\|\n"
renderer = Renderer()


def scope() -> Scope:
    return Scope(mention=lambda _: None, task=lambda number: f"/p/web/t/{number}", key="WEB")


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(SIGNS), min_size=1, max_size=40).map(lambda text: f"a{text}"))
def test_the_short_way_leads_to_the_same_place(text: str):
    if PLAIN.fullmatch(text):
        converted = renderer.bounded(
            text, scope(), lambda: renderer.converted(renderer.messages, text, scope())
        )
        assert renderer.message(text, scope()) == converted


@pytest.mark.parametrize(
    "text", ["Yes.", "Two of five did not find it (again); why?", "Grüße: “20 % more” – done"]
)
def test_most_talk_is_plain(text: str):
    assert PLAIN.fullmatch(text)
    assert markup.render(text).html == f'<p dir="auto">{text}</p>'


@pytest.mark.parametrize(
    "text",
    [
        "*a*",
        "a_b_",
        "see WEB-12",
        "a #12",
        "a\nb",
        "1. a",
        "- a",
        "a `b`",
        "a & b",
        "a <b>",
        "a @bo",
        "a/b",
        "a ",
        "a\\b",
    ],
)
def test_what_may_mean_something_takes_the_long_way(text: str):
    assert not PLAIN.fullmatch(text)

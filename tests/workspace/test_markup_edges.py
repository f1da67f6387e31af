"""Where a list, a block of code and an address end, and from how many marks on a text is shown as it was typed."""

import pytest

from workspace.markup import highlight, render, render_script
from workspace.markup.highlight import LONGEST, CodeBlocks
from workspace.markup.sanitize import Sanitizer, allowed

ITEM = '<li dir="auto">'
P = '<p dir="auto">'


def is_plain(text: str) -> bool:
    return 'class="plain"' in render(text).html


def test_an_empty_line_between_numbered_items_ends_no_list():
    assert render("1. a\n\n2. b").html == f"<ol>{ITEM}{P}a</p></li>{ITEM}{P}b</p></li></ol>"
    assert "x</p>" in render("- a\nx\n- b").html


def test_an_item_goes_on_below_its_indented_line():
    assert render("1. a\n  more\n2. b").html.count(ITEM) == 2
    assert render("- a\n  more\nend").html.endswith(f"</ul>{P}end</p>")


def test_items_nest_four_deep_and_come_back_to_where_they_were():
    html = render("- a\n    - b\n        - c\n            - d\n                - e\n  - f\n- g").html
    inner = f"<ul>{ITEM}c<ul>{ITEM}d</li>{ITEM}e</li></ul></li></ul>"
    assert html == f"<ul>{ITEM}a<ul>{ITEM}b{inner}</li>{ITEM}f</li></ul></li>{ITEM}g</li></ul>"
    assert render("   - a\n - b").html == f"<ul>{ITEM}a</li>{ITEM}b</li></ul>"


def test_code_in_an_item_of_an_item_is_its_own():
    html = render("- a\n  - b\n    ```\n    x\n    ```\n- c").html
    assert f"{ITEM}{P}b</p><pre><code>x</code></pre></li></ul></li>{ITEM}{P}c</p>" in html


def test_a_fence_with_a_word_behind_it_closes_nothing():
    assert render("```\na\n```x\nb\n```").html == "<pre><code>a\n```x\nb</code></pre>"


@pytest.mark.parametrize(
    "url",
    ["https://x.y/?a&lt;b", "https://x.y/?a=1&copy=2", "https://x.y/?a=1&copy;=2", "https://x.y/?a&amp;b"],
)
def test_an_address_is_shown_and_opened_as_it_was_typed(url):
    typed = url.replace("&", "&amp;")
    assert f'href="{typed}"' in render(f"[a]({url})").html
    for text in (url, f"<{url}>"):
        assert f'href="{typed}"' in render(text).html
        assert f">{typed}</a>" in render(text).html


def test_an_address_in_the_words_of_a_link_is_no_link_of_its_own():
    assert render("[see https://a.example](https://b.example)").html.count("<a ") == 1


def test_no_address_is_found_in_code():
    assert "<a " not in render("`https://x.y` ```https://x.y``` \n```\nhttps://x.y\n```").html


def test_a_backslash_keeps_a_bracket():
    assert render(r"\<b>\@ana \~~x").html == f"{P}&lt;b&gt;@ana ~~x</p>"


@pytest.mark.parametrize(("most", "more"), [("`a` " * 399, "`a` " * 400), ("<" * 2_394, "<" * 2_397)])
def test_a_text_of_too_many_parts_is_shown_as_it_is(most: str, more: str):
    assert not is_plain(most)
    assert is_plain(more)


def test_a_text_that_is_too_long_for_marks_is_shown_as_it_is():
    assert not is_plain("**a**" + "x" * 19_995)
    assert is_plain("**a**" + "x" * 19_996)


def test_the_lines_below_a_command_stay_lines():
    html = render_script("/done 12\none\ntwo\n/done 13\nthree\nfour").html
    assert f"{P}one<br>two</p>" in html
    assert f"{P}three<br>four</p>" in html


def test_code_has_colours_up_to_a_length():
    assert CodeBlocks().coloured("1", "json") != "1"
    for length, has_colours in ((LONGEST, True), (LONGEST + 1, False)):
        blocks = CodeBlocks()
        blocks.seconds = 10  # however busy the machine is
        blocks.set_aside(("1\n" * LONGEST)[:length], "json")
        assert ("<span" in blocks.blocks[0]) is has_colours


def test_all_blocks_of_a_message_share_the_time_for_colours(monkeypatch):
    now = iter(range(1_000))
    monkeypatch.setattr(highlight.time, "thread_time", lambda: next(now) / 100)
    blocks = CodeBlocks()
    blocks.seconds = 0.03
    assert "<span" in blocks.coloured("1", "json")
    left = blocks.seconds
    assert 0 <= left < 0.03
    assert blocks.coloured("[1, 2, 3, 4, 5]", "json") == ""


def test_a_name_is_no_part_of_a_longer_one():
    asked = []
    render("@anax and @ana.-", mention=asked.append)
    assert asked == ["anax", "ana.-", "ana"]


def test_each_gate_knows_what_leads_elsewhere():
    sanitizer = Sanitizer()
    for url in ("//evil.example", "/\\evil.example"):
        assert not allowed("a", "href", url)
        assert sanitizer.nh3.clean(f'<a href="{url}">x</a>') == "<a>x</a>"
    assert allowed("a", "href", "/p/web/t/3")
    assert sanitizer.nh3.clean('<a href="/p/web/t/3">x</a>') == '<a href="/p/web/t/3">x</a>'

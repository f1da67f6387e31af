"""What a message looks like. That nothing in it can do harm is in test_markup_safety.py."""

from dataclasses import dataclass
from threading import Barrier, Thread

import pytest

from workspace.markup import Rendered, highlight, render, render_notes, render_script


@dataclass
class Person:
    pk: int
    handle: str


PEOPLE = {handle: Person(pk, handle) for pk, handle in enumerate(["ana", "li.wei", "o-brien", "zoë"], 3)}
NAMES = {
    "mention": PEOPLE.get,
    "task": lambda number: f"/p/web/t/{number}" if number <= 40 else None,
    "key": "WEB",
}
ANA = '<span class="mention" data-user="3"><bdi>@ana</bdi></span>'
ELSEWHERE = 'rel="noopener noreferrer nofollow" target="_blank"'


def shown(text: str) -> Rendered:
    return render(text, **NAMES)


def line(text: str) -> str:
    """The HTML of a message of one paragraph, without the paragraph."""
    html = shown(text).html
    assert html.startswith('<p dir="auto">')
    assert html.endswith("</p>")
    return html[14:-4]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** *it* _it_ ~~gone~~", "<strong>bold</strong> <em>it</em> <em>it</em> <del>gone</del>"),
        ("***both*** **a *b* c**", "<strong><em>both</em></strong> <strong>a <em>b</em> c</strong>"),
        ("snake_case_name 2*3*4", "snake_case_name 2<em>3</em>4"),
        ("`a < b` ``a ` b``", "<code>a &lt; b</code> <code>a ` b</code>"),
        ("`a ``b`` c ``` d", "`a <code>b</code> c ``` d"),
        ("`a``b` `a```b` c", "<code>a``b</code> <code>a```b</code> c"),
        ("`https://x.y`", "<code>https://x.y</code>"),
        (r"`a\` b", r"<code>a\</code> b"),
        (r"\`a` b", "`a` b"),
        (r"\\`a` b", r"\<code>a</code> b"),
        (r"\\\`a` b", r"\`a` b"),
        (r"\``a` b", "`<code>a</code> b"),
        (r"\*not\* \@ana \#12 \~~a~~", "*not* @ana #12 ~~a~~"),
        ("one\ntwo\nthree", "one<br>two<br>three"),
        ("# not a heading", "# not a heading"),
        ("---", "---"),
        ("not\n===", "not<br>==="),
        ("<b>x</b> &lt; &copy; & &amp;amp;", "&lt;b&gt;x&lt;/b&gt; &amp;lt; &amp;copy; &amp; &amp;amp;amp;"),
        ("[a]: https://example.com", None),
        ("[a][b] [a]", "[a][b] [a]"),
        ("| a | b |", "| a | b |"),
    ],
)
def test_reads_the_small_dialect_and_leaves_the_rest_as_typed(text, html):
    if html is None:
        assert "[a]: <a " in line(text)
    else:
        assert line(text) == html


@pytest.mark.parametrize(
    ("text", "url", "words"),
    [
        ("[words](https://example.com/a_(b))", "https://example.com/a_(b)", "words"),
        ("[](https://example.com)", "https://example.com", "https://example.com"),
        ("![a cat](https://example.com/cat.png)", "https://example.com/cat.png", "a cat"),
        (
            "<https://example.com/?a=1&b=2>",
            "https://example.com/?a=1&amp;b=2",
            "https://example.com/?a=1&amp;b=2",
        ),
        ("https://example.com/a*b*c_d_", "https://example.com/a*b*c_d", None),
        ("[mail](mailto:ana@example.com)", "mailto:ana@example.com", "mail"),
    ],
)
def test_links_lead_elsewhere_in_a_tab_of_their_own(text, url, words):
    html = line(text)
    assert f'<a href="{url}" {ELSEWHERE}>' in html
    if words:
        assert html == f'<a href="{url}" {ELSEWHERE}>{words}</a>'


@pytest.mark.parametrize("after", [".", ",", "!", "?", ")", "**", "'", ":"])
def test_an_address_ends_before_the_punctuation_of_the_sentence(after):
    assert f'href="https://example.com/a" {ELSEWHERE}>https://example.com/a</a>' in line(
        f"https://example.com/a{after}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](/logout)",
        "[a](//example.com)",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        "<javascript:x>",
        "example.com main.py notes.md",
        "ana@example.com",
    ],
)
def test_what_is_no_web_or_mail_address_is_no_link(text):
    assert "<a" not in line(text)


def test_a_link_may_have_a_title():
    assert line('[a](https://example.com "Ti\'tle")') == (
        f'<a href="https://example.com" {ELSEWHERE} title="Ti\'tle">a</a>'
    )


def test_mentions_members_only():
    rendered = shown("@ana @Ana, (@li.wei) @o-brien- @zoë. @nobody x@ana @ana@x https://example.com/@ana")
    assert rendered.html.count(ANA) == 2
    assert rendered.mentions == {"ana", "li.wei", "o-brien", "zoë"}
    assert "@nobody x@ana @ana@x" in rendered.html
    assert "</span>- <span" in rendered.html


def test_names_tasks_of_the_project_only():
    rendered = shown("#12 WEB-13, (#14) #99 OPS-12 a#12 #12a #1-2 WEB-12b ##12 https://example.com/#12")
    assert rendered.tasks == {12, 13, 14}
    assert '<a class="task-ref" data-task="12" href="/p/web/t/12">#12</a>' in rendered.html
    assert '<a class="task-ref" data-task="13" href="/p/web/t/13">WEB-13</a>' in rendered.html
    assert "#99 OPS-12 a#12 #12a #1-2 WEB-12b ##12" in rendered.html
    assert rendered.html.count("task-ref") == 3


@pytest.mark.parametrize("text", ["`@ana #12`", "```\n@ana #12\n```", "[@ana #12](https://example.com)"])
def test_code_and_the_words_of_a_link_name_nobody(text):
    rendered = shown(text)
    assert "@ana #12" in rendered.html
    assert not rendered.mentions
    assert not rendered.tasks


def test_looks_each_name_up_once_and_not_for_ever():
    asked = []
    names = " ".join(f"#{n} @a{n} #{n} @a{n}" for n in range(200))
    render(f"@ana @ana. {names}", mention=asked.append, task=asked.append)
    assert asked.count("ana") == 1
    assert len(asked) == len(set(asked)) == 100


def test_lists_need_no_empty_lines_and_nest_by_any_indentation():
    two, four = "buy:\n- milk\n  - fat\n- eggs\nthanks", "buy:\n- milk\n    - fat\n- eggs\nthanks"
    item = '<li dir="auto">'
    assert (
        shown(two).html
        == shown(four).html
        == (
            f'<p dir="auto">buy:</p><ul>{item}milk<ul>{item}fat</li></ul></li>{item}eggs</li></ul>'
            '<p dir="auto">thanks</p>'
        )
    )


def test_an_indented_line_belongs_to_the_item_above_and_any_other_ends_the_list():
    assert shown("- One\n  more\n- Two").html.count("<li") == 2
    assert "One<br>" in shown("- One\n  more\n- Two").html
    assert shown("- One\nmore").html == '<ul><li dir="auto">One</li></ul><p dir="auto">more</p>'


@pytest.mark.parametrize(("most", "more"), [("*" * 30, "*" * 31), ("* " * 1_000, "* " * 1_001)])
def test_what_is_nothing_but_marks_is_shown_as_it_is(most: str, more: str):
    assert 'class="plain"' not in shown(f"a {most}").html
    assert 'class="plain"' in shown(f"a {more}").html


def test_numbered_lists_keep_their_numbers():
    assert shown("3. c\n4. d").html == '<ol start="3"><li dir="auto">c</li><li dir="auto">d</li></ol>'
    assert "<ol" not in shown("It was good in\n2019. And now?").html


def test_another_kind_of_list_is_another_list():
    assert shown("- a\n1. b").html == '<ul><li dir="auto">a</li></ul><ol><li dir="auto">b</li></ol>'


def test_a_quote_ends_where_its_marks_end():
    assert shown("> one\n> > two\nreply").html == (
        '<blockquote><p dir="auto">one</p><blockquote><p dir="auto">two</p></blockquote></blockquote>'
        '<p dir="auto">reply</p>'
    )


def test_one_line_nests_nothing():
    assert shown("- - 1. > a").html == '<ul><li dir="auto">- 1. &gt; a</li></ul>'


def test_code_in_fences_is_coloured_by_classes():
    html = shown("```python\nif x:  # why <b>\n\treturn 'a'\n```\nend").html
    assert html == (
        '<pre><code><span class="k">if</span> x:  <span class="c"># why &lt;b&gt;</span>\n'
        '\t<span class="k">return</span> <span class="s">\'a\'</span></code></pre><p dir="auto">end</p>'
    )


@pytest.mark.parametrize("fence", ["```", "~~~", "````", "```no-such-language", "``` py extra"])
def test_fences_of_all_kinds_hold_code(fence):
    closing = fence.rstrip(" abcdefghijklmnopqrstuvwxyz-")
    code = "<pre><code>f x</code></pre>"
    assert shown(f"a\n{fence}\nf x\n{closing}\nb").html == f'<p dir="auto">a</p>{code}<p dir="auto">b</p>'
    assert shown(f"{fence}\nf x").html == code


def test_code_in_an_item_stays_in_the_item():
    html = shown("1. a\n   ```\n   x\n     y\n   ```\n2. b").html
    assert "<pre><code>x\n  y</code></pre></li>" in html
    assert html.count("<ol>") == 1


def test_the_last_line_has_its_colour_too():
    diff = '<pre><code><span class="gd">- old</span>\n<span class="gi">+ new</span></code></pre>'
    assert shown("```diff\n- old\n+ new\n```").html == diff


@pytest.mark.parametrize("code", ["", "x", "\n", "x\n\n", "\n\nx", "  x"])
def test_colours_keep_every_character(code):
    html = shown(f"```py\n{code}\n```").html
    assert html.removeprefix("<pre><code>").removesuffix("</code></pre>") == code


def test_code_of_machines_stays_plain():
    assert "<span" in shown("```json\n[1]\n```").html
    assert "<span" not in shown("```json\n[" + "1" * 500 + "]\n```").html


def test_text_is_read_in_its_own_direction():
    assert shown("שלום @ana\n\n- مرحبا").html == (
        f'<p dir="auto">שלום {ANA}</p><ul><li dir="auto">مرحبا</li></ul>'
    )


@pytest.mark.parametrize("nothing", ["", " ", "\n\n", "\u202e", "\x00"])
def test_nothing_is_nothing(nothing):
    assert shown(nothing).html == ""


def test_line_ends_of_every_system_are_line_ends():
    assert line("a\r\nb\rc\u2028d") == "a<br>b<br>c<br>d"


def test_notes_read_like_messages():
    assert render_notes("**a** @ana", **NAMES) == render("**a** @ana", **NAMES)


def test_commands_are_shown_as_they_were_typed():
    rendered = render_script("/task Draft **copy** `x` @ana due:wed #12 https://example.com/a_b_", **NAMES)
    assert rendered.html == (
        f'<p dir="auto"><code class="cmd">/task</code> Draft **copy** `x` {ANA} due:wed '
        '<a class="task-ref" data-task="12" href="/p/web/t/12">#12</a> '
        f'<a href="https://example.com/a_b" {ELSEWHERE}>https://example.com/a_b</a>_</p>'
    )
    assert (rendered.mentions, rendered.tasks) == ({"ana"}, {12})


def test_lines_between_commands_are_markdown():
    html = render_script(
        "\uff0ftask A\n- **b**\n```\n/done 1\n```\n//close\n/etc/hosts\n/done 1\nbye", **NAMES
    ).html
    assert html == (
        '<p dir="auto"><code class="cmd">/task</code> A</p>'
        '<ul><li dir="auto"><strong>b</strong></li></ul><pre><code>/done 1</code></pre>'
        '<p dir="auto">/close<br>/etc/hosts</p>'
        '<p dir="auto"><code class="cmd">/done</code> 1</p><p dir="auto">bye</p>'
    )


def test_talk_has_no_commands():
    assert line("/task A") == "/task A"


def test_threads_do_not_read_each_other(monkeypatch):
    monkeypatch.setattr(highlight, "SECONDS", 10)  # on a busy machine one of them might go without colours
    texts = [f"**{n}** `{n}` @ana\n- {n}\n```py\nx = {n}\n```" for n in range(8)]
    alone = [shown(text).html for text in texts]
    together: dict[int, set[str]] = {n: set() for n in range(8)}
    start = Barrier(8)

    def work(n: int) -> None:
        start.wait()
        for _ in range(25):
            together[n].add(shown(texts[n]).html)

    threads = [Thread(target=work, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == {n: {html} for n, html in enumerate(alone)}


def test_a_link_keeps_its_title():
    assert ' title="why"' in render('[x](https://example.com "why")').html


def test_a_tab_is_as_wide_as_four_signs():
    assert "a   b*" in render("a\tb*").html


def test_a_list_begins_below_a_text_where_it_counts_from_one():
    assert "<ol>" in render("a\n1. b").html
    assert "<ol" not in render("a\n2. b").html

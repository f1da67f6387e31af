"""The one query language, by itself."""

from typing import Any

import pytest

from chat.language import Query, Refusal, parse_query


@pytest.fixture(scope="session")
def asked(context):
    """The filters as text, and the words, of a query: `asked("login @me")`."""

    def of(text: str) -> tuple[list[str], str]:
        query = parse_query(text, context)
        assert isinstance(query, Query), query
        return [str(each) for each in query.filters], query.text

    return of


@pytest.fixture(scope="session")
def refused(context):
    def of(text: str) -> Refusal:
        refusal = parse_query(text, context)
        assert isinstance(refusal, Refusal), refusal
        return refusal

    return of


@pytest.mark.parametrize(
    ("text", "filters", "words"),
    [
        ("", [], ""),
        ("login page", [], "login page"),
        ('login "tablet crop" page', [], 'login "tablet crop" page'),
        ("“tablet crop”", [], "“tablet crop”"),
        ("@me", ["assignee=ana"], ""),
        ("-@BOB login", ["-assignee=bob"], "login"),
        ("#bug #12 #Design", ["label=bug", "number=12", "label=design"], ""),
        ("!1 -!high !none", ["priority=urgent", "-priority=high", "priority=none"], ""),
        (">review >todo", ["column=In review", "column=To do"], ""),
        ('-">3" >"in progress"', ['-text=">3"', "column=In progress"], ""),
        ("due:fri", ["due=2026-11-20"], ""),
        ("due:=fri", ["due=2026-11-20"], ""),
        ("due:<fri due:>=today", ["due<2026-11-20", "due>=2026-11-19"], ""),
        ("-due:>27-nov", ["-due>2026-11-27"], ""),
        ('due:<="next friday 5pm"', ["due<=2026-11-27T17:00"], ""),
        ("due:none", ["due=none"], ""),
        ("is:open IS:Overdue -is:unassigned", ["is=open", "is=overdue", "-is=unassigned"], ""),
        ("@me, #bug; is:open.", ["assignee=ana", "label=bug", "is=open"], ""),
        ("-login copy", ["-text=login"], "copy"),
        ('-"login page"', ['-text="login page"'], ""),
        ("@me @me", ["assignee=ana"], ""),
        (r"\@me \#bug a@b C# 1 > 0 - http://x/#a", [], "@me #bug a@b C# 1 > 0 - http://x/#a"),
        ("!wonderful >3 ~2h", [], "!wonderful >3 ~2h"),
        ("login\n@me", ["assignee=ana"], "login"),
    ],
)  # fmt: skip
def test_words_and_filters_are_told_apart(asked, text, filters, words) -> None:
    assert asked(text) == (filters, words)


@pytest.mark.parametrize(
    ("text", "code", "part", "suggestions"),
    [
        ("login @bobb", "unknown_user", "@bobb", ["@bob"]),
        ("#desgn", "bad_filter", "#desgn", ["#design"]),
        ("-#desgn", "bad_filter", "#desgn", ["#design"]),
        ("#nothinglikeit", "bad_filter", "#nothinglikeit", []),
        (">nowhere", "unknown_column", "nowhere", []),
        ("> in >in", "unknown_column", "in", ["In progress", "In review"]),
        ("!hgih", "unknown_priority", "!hgih", ["!high"]),
        ("is:opne", "bad_filter", "is:opne", ["is:open"]),
        ("is:", "bad_filter", "is:", ["is:open", "is:done", "is:blocked"]),
        ("due:", "bad_filter", "due:", []),
        ("due:<", "bad_filter", "due:<", []),
        ("due:<none", "bad_filter", "due:<none", ["due:none"]),
        ("due:<=frday", "bad_date", "frday", ["friday"]),
        ("due:12/01", "ambiguous_date", "12/01", ["2027-01-12", "2026-12-01"]),
    ],
)
def test_what_is_wrong_is_pointed_at_and_mended(refused, text, code, part, suggestions) -> None:
    refusal = refused(text)
    assert (refusal.code, text[refusal.start : refusal.end]) == (code, part)
    assert list(refusal.suggestions) == suggestions
    assert len(refusal.fixes) == len(suggestions)


def test_a_mended_query_is_a_whole_one(refused, asked) -> None:
    assert list(refused("login >in is:open").fixes) == [
        'login >"In progress" is:open',
        'login >"In review" is:open',
    ]
    assert asked('login >"In review" is:open') == (["column=In review", "is=open"], "login")


def test_it_is_bounded(refused, asked) -> None:
    assert asked("a" * 200) == ([], "a" * 200)
    assert refused("a" * 201).code == "bad_filter"
    assert asked(" ".join(f"#{n}" for n in range(1, 21)))[0][-1] == "number=20"
    assert refused(" ".join(f"#{n}" for n in range(1, 22))).code == "too_many"


def test_every_mistake_is_one_sentence_or_two_and_never_raises(context) -> None:
    for text in (
        "-",
        "--",
        "@",
        "#",
        "!",
        ">",
        '">',
        'due:"',
        "is:\x00",
        "\ud800",
        "due:<>=fri",
        "@-",
        "#_",
        '-">',
    ):
        outcome: Any = parse_query(text, context)
        assert isinstance(outcome, Query) or outcome.message.endswith(".")

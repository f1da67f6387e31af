"""The line that makes a task."""

import pytest


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("x @bob, then y", {"title": "x then y", "assignees": ["bob"]}),
        ("x (@bob)", {"title": "x (@bob)"}),
        ("x @ana's laptop", {"title": "x @ana's laptop"}),
        ("x @ZOË", {"title": "x", "assignees": ["zoë"]}),
        ("x @zoe\u0308", {"title": "x", "assignees": ["zoë"]}),
        ("x @li.wei.", {"title": "x", "assignees": ["li.wei"]}),
        ("x #bug, #Größe!", {"title": "x", "labels": ["bug", "Größe"]}),
        ("x #a.b #a/b " + "#" + "x" * 33, {"title": "x #a.b #a/b #" + "x" * 33}),
        ("x !HIGH.", {"title": "x", "priority": "high"}),
        ("x !4", {"title": "x", "priority": "low"}),
        ("x !5 !whoever !", {"title": "x !5 !whoever !"}),
        ("x ~1.5h", {"title": "x", "estimate": "90min"}),
        ("x ~1w2d", {"title": "x", "estimate": "3360min"}),
        ("x ~3pts", {"title": "x", "estimate": "3pt"}),
        ("x ~0h ~ ~~ ~99999h", {"title": "x ~0h ~ ~~ ~99999h"}),
        ("x >in-review", {"title": "x", "column": "In review"}),
        ("x >REVIEW", {"title": "x", "column": "In review"}),
        ("x >todo", {"title": "x", "column": "To do"}),
        ('x >"in progress", y', {"title": "x y", "column": "In progress"}),
        ("x >“to do”", {"title": "x", "column": "To do"}),
        ("x >3 >= ->y >_<", {"title": "x >3 >= ->y >_<"}),
        ("x due:fri@17:00 y", {"title": "x y", "due": "2026-11-20T17:00"}),
        ("x due:27.11. y", {"title": "x y", "due": "2026-11-27"}),
        ("x due:fri, y", {"title": "x y", "due": "2026-11-20"}),
        ("x due:“27 nov”!", {"title": "x", "due": "2026-11-27"}),
        ("x due:none", {"title": "x", "due": None}),
        ("x \\@bob \\#bug \\!high \\~2h \\>done \\/done \\\\", {"title": "x @bob #bug !high ~2h >done /done \\"}),
        ('`@bob` x “#bug” "!high"', {"title": '`@bob` x “#bug” "!high"'}),
        ('x "@bob', {"title": 'x "@bob'}),
        ('x "open @bob', {"title": 'x "open', "assignees": ["bob"]}),
        ("  x \t y\u3000z ", {"title": "x y z"}),
        ("Cafe\u0301", {"title": "Café"}),
        ("🎉", {"title": "🎉"}),
        ("2026", {"title": "2026"}),
    ],
)  # fmt: skip
def test_tokens_are_told_from_the_title(typed, given, arguments) -> None:
    assert arguments(f"/task {typed}") == given


@pytest.mark.parametrize("typed", ["", "@bob", "!!!", "—", "#12", "#12, #13.", "\u200b", '""'])
def test_a_title_says_something(typed, read) -> None:
    assert read(f"/task {typed}")["refused"] == "title_empty"


@pytest.mark.parametrize(
    ("typed", "code", "suggestions"),
    [
        ("x @bobb", "unknown_user", ["@bob"]),
        ("x @everyone", "unknown_user", []),
        ("x >in", "unknown_column", ["In progress", "In review"]),
        ("x >nowhere", "unknown_column", []),
        ("x !hgih", "unknown_priority", ["!high"]),
        ("x !1 !2", "duplicate_token", []),
        ("x ~1h ~2h", "duplicate_token", []),
        ("x >done >done", "duplicate_token", []),
        ("x due:fri due:fri", "duplicate_token", []),
        ("x due:31.2.", "bad_date", []),
        ("x every:0d", "bad_repeat", []),
        ("x every:weak", "bad_repeat", ["week"]),
        ("x every:day every:week", "duplicate_token", []),
        ("x " + " ".join(f"#l{n}" for n in range(21)), "too_many", []),
        ("x" * 201, "title_too_long", []),
    ],
)
def test_what_nearly_is_a_token_is_refused(typed, code, suggestions, read) -> None:
    refused = read(f"/task {typed}")
    assert (refused["refused"], refused["suggestions"]) == (code, suggestions)


def test_a_fix_that_needs_quotes_has_them(context) -> None:
    from chat.language import parse

    refused = parse("/task x >in y", context)
    assert list(refused.fixes) == ['/task x >"In progress" y', '/task x >"In review" y']
    for fix in refused.fixes:
        assert "script" in parse(fix, context).as_dict()


def test_words_that_mean_nobody_can_be_kept(read) -> None:
    refused = read("/task Fix icon @2x")
    assert refused["message"] == (
        "There is no member @2x in this project. To keep the word in the title, type \\@2x."
    )
    assert read("/task Fix icon \\@2x")["script"] == [{"command": "task", "title": "Fix icon @2x"}]

from datetime import UTC, datetime, timedelta

import pytest

from tasks.actions import archive_task, complete_task, create_task, start_task
from tasks.hindrances import block_task
from tasks.steps import Due
from workspace.actions import create_project

NOON = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)  # a Thursday


@pytest.fixture
def board(alice, bob, project):
    """Six tasks that differ in what can be asked for."""
    today = NOON.date()
    login = create_task(alice, "Fix login page", labels=["bug"], assignees=[bob.user], priority=3)
    copy = create_task(alice, "Login page copy", labels=["design"], due=Due(today + timedelta(days=1)))
    late = create_task(alice, "Send the invoice", due=Due(today - timedelta(days=1)), assignees=[alice.user])
    hour = create_task(alice, "Call the bank", due=Due(today, NOON - timedelta(minutes=1)), priority=4)
    done = create_task(alice, "Pick a font", labels=["design"], assignees=[alice.user, bob.user])
    gone = create_task(alice, "Buy a fax")
    start_task(bob, login)
    complete_task(alice, done)
    archive_task(alice, gone)
    block_task(alice, late, by=[login])
    block_task(alice, copy, by=[done])
    block_task(alice, login, by=[gone])
    block_task(alice, hour, reason="They are closed")
    block_task(alice, done, reason="It was, once")
    return {1: login, 2: copy, 3: late, 4: hour, 5: done, 6: gone}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("login", [2, 1]),
        ("log pag", [2, 1]),
        ('"page copy"', [2]),
        ("3", [3]),
        ("#3", [3]),
        ("#3 #1", [3, 1]),
        ("#6", [6]),
        ("fax", [6]),
        ("@bob", [5, 1]),
        ("@alice @bob", [5]),
        ("-@bob", [4, 3, 2]),
        ("#design", [5, 2]),
        ("-#design -#bug", [4, 3]),
        ("#design login", [2]),
        ("!high", [1]),
        ("!high !urgent", [4, 1]),
        ("!none", [5, 3, 2]),
        (">doing", [1]),
        (">doing >done", [5, 1]),
        ("->next", [5, 1]),
        ("due:today", [4]),
        ("due:tomorrow", [2]),
        ("due:<today", [3]),
        ("due:<=today", [4, 3]),
        ("due:>today", [2]),
        ("due:>=today due:<=tomorrow", [4, 2]),
        ("-due:<=today", [5, 2, 1]),
        ("due:<today@noon", [4, 3]),
        ("due:>=today@noon", [2]),
        ("due:today@11:59", [4]),
        ("due:none", [5, 1]),
        ("is:open", [4, 3, 2, 1]),
        ("is:done", [5]),
        ("-is:done", [4, 3, 2, 1]),
        ("is:overdue", [4, 3]),
        ("is:blocked", [4, 3]),
        ("-is:blocked is:open", [2, 1]),
        ("is:archived", [6]),
        ("-is:archived login", [2, 1]),
        ("is:unassigned", [4, 2]),
        ("-is:unassigned is:open", [3, 1]),
        ("login -copy", [1]),
        ("-login is:open", [4, 3]),
        ('-"page copy" login', [1]),
        ("nothing like it", []),
        ("@bob !low", []),
        ("---", []),
    ],
)  # fmt: skip
def test_finds_what_is_asked_for(board, run, alice, query, numbers) -> None:
    answer = run(alice, f"/find {query}")
    assert [task["number"] for task in answer.data["tasks"]] == numbers
    assert [f'data-copy="task-{number}-line"' in answer.html for number in board] == [
        number in numbers for number in board
    ]


def test_dates_are_the_askers_own(board, run, alice, person, project) -> None:
    alice.user.time_zone = "Pacific/Auckland"  # where it is Friday, one hour past midnight
    assert [task["number"] for task in run(alice, "/find due:today").data["tasks"]] == [2]


def test_guests_may_look_and_nobody_else_hears_of_it(board, run, gina, project, kinds) -> None:
    since = project.events.count()
    assert len(run(gina, "/find is:open").data["tasks"]) == 4
    assert kinds(project, since) == []


def test_nothing_of_other_projects_is_found(board, run, alice) -> None:
    other = create_project(alice.user, "Other", key="OTH", slug="other")
    create_task(other, "Login elsewhere")
    assert [task["ref"] for task in run(other, "/find login").data["tasks"]] == ["OTH-1"]
    assert [task["ref"] for task in run(alice, "/find login").data["tasks"]] == ["WEB-2", "WEB-1"]


def test_ten_are_shown_and_the_rest_is_a_link_away(run, alice) -> None:
    for number in range(10):
        create_task(alice, f"Chair {number}")
    assert "Show all" not in run(alice, "/find chair").html
    create_task(alice, "Chair 11")
    answer = run(alice, "/find chair is:open")
    assert (len(answer.data["tasks"]), answer.data["is_cut"]) == (10, True)
    assert 'href="/search?q=chair+is%3Aopen&amp;tab=tasks&amp;project=web"' in answer.html


def test_says_when_there_is_nothing(run, alice) -> None:
    assert "No task here has all of that." in run(alice, "/find <b>nothing</b>").html
    assert "<b>" not in run(alice, "/find <b>nothing</b>").html


@pytest.mark.parametrize(
    ("text", "code", "suggestions"),
    [
        ("/find", "missing_argument", []),
        ("/find @bobb", "unknown_user", ["/find @bob"]),
        ("/find login is:opne", "bad_filter", ["/find login is:open"]),
        ("/find due:12/01", "ambiguous_date", ["/find due:2027-01-12", "/find due:2026-12-01"]),
    ],
)
def test_what_cannot_be_understood_is_refused(refusal, board, alice, text, code, suggestions) -> None:
    refused = refusal(alice, text)
    assert (refused.code, refused.suggestions) == (code, suggestions)

"""Whatever a script did, /undo takes back, /redo does again, and the log agrees all the time."""

import random
from datetime import timedelta

import pytest

from tasks.history import differences
from tasks.models import Task
from tasks.state import LOADED, state_of
from tests.faults.extent import extent
from workspace.errors import Refused
from workspace.models import Event

SCRIPTS = extent(60, 1_000)  # each with its undo and redo
LINES = [
    "/task New {word} @{who} #{label} !high due:fri ~2h >{column}", "/task New {word}", "/task {word} every:week due:fri",
    "/subtask {task} {word}",
    "/subtask {task}\n- One\n- Two", "/done {task}", "/done {task}.1", "/reopen {task}.1", "/done {task}, {other}",
    "/reopen {task}", "/start {task}", "/assign {task} @{who}", "/unassign {task}", "/unassign {task} @{who}",
    "/due {task} tomorrow", "/due {task} fri 17:00", "/due {task} none", "/label {task} #{label}", "/unlabel {task}",
    "/priority {task} {priority}", "/move {task} {column} {end}",
    "/move {task} {other} {column}", "/block {task} by {other}",
    "/block {task} {word}", "/unblock {task}", "/unblock {task} by {other}", "/estimate {task} {number}h",
    "/estimate {task} none", "/rename {task} {word} {number}", "/archive {task}", "/delete {task}", "/me is {word}",
]  # fmt: skip


@pytest.fixture
def board(run, alice, bob, project, date_back):
    """A board of two people's tasks, made long ago; gives a reading of it."""
    for number in range(4):
        run(alice, f"/task Alice's {number} #bug\n/task Another {number} @bob !low")
    run(
        alice,
        "/subtask 1 A\n/subtask 2 B\n/block 3 by 4\n/block 5 the vendor\n/task Again every:week\n/done 6\n/archive 7",
    )
    date_back(Event.objects.filter(project=project), Event.objects.latest("seq").at - timedelta(hours=2))
    known = set(project.tasks.values_list("pk", flat=True))

    def read():
        rows = Task.everything.filter(project=project).prefetch_related(*LOADED)
        states = {row.pk: state_of(row) for row in rows}
        return {pk: state for pk, state in states.items() if pk in known or not state["archived_at"]}

    return read


def test_any_script_is_taken_back_and_done_again(run, alice, project, board) -> None:
    dice, happened = random.Random(4), 0
    for turn in range(SCRIPTS):
        before, last = board(), project.events.count()
        text = "\n".join(line(dice) for _ in range(dice.randint(1, 5)))
        try:
            run(alice, text)
        except Refused:
            assert board() == before
            continue
        after = board()
        if not Event.objects.filter(project=project, seq__gt=last, kind__startswith="task.").exists():
            continue
        happened += 1
        for said, expected in (("/undo", before), ("/redo", after), ("/undo", before)):
            run(alice, said)
            assert board() == expected, (turn, said, text)
        assert differences(project) == []
    assert happened > SCRIPTS / 3


def test_nothing_of_a_script_happens_when_its_last_line_is_forbidden(run, alice, bob, project, board) -> None:
    dice, reached = random.Random(5), 0
    for turn in range(extent(20, 300)):
        before, events = board(), project.events.count()
        lines = [line(dice) for _ in range(dice.randint(1, 5))]
        with pytest.raises(Refused) as refusal:
            run(bob, "\n".join([*lines, "/delete 1"]))
        assert (board(), project.events.count()) == (before, events), (turn, lines)
        reached += refusal.value.line > "\n".join(lines).count("\n") + 1
    assert reached > turn / 3
    run(alice, "/delete 1")
    assert board() != before


def line(dice: random.Random) -> str:
    return dice.choice(LINES).format(
        task=dice.randint(1, 9),
        other=dice.randint(1, 8),
        number=dice.randint(1, 9),
        word=dice.choice(["Paint", "Sand", "Polish"]),
        who=dice.choice(["alice", "bob"]),
        label=dice.choice(["bug", "design", "copy"]),
        priority=dice.choice(["urgent", "high", "low", "none"]),
        column=dice.choice(["backlog", "next", "doing", "done"]),
        end=dice.choice(["top", "bottom", ""]),
    )

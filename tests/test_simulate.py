"""The simulation does what the arithmetic says, and the same each time."""

from dataclasses import replace

import pytest

from bench.simulate import LOCAL, MEASURED, at, main
from bench.world import Costs, Line, Scenario, simulate

TOWN = Scenario("", people=2_000, in_project=20, says_a_minute=1, processes=4, seconds=20)


def test_two_runs_are_the_same():
    assert simulate(TOWN) == simulate(TOWN)


def test_a_line_serves_in_order_and_waits_for_what_is_locked():
    line = Line(servers=2)
    assert [line.do(0, 3), line.do(0, 1), line.do(0, 1)] == [3, 1, 2]
    assert line.do(0, 1, not_before=10) == 11
    assert line.worked == 6


def test_what_is_busy_is_what_the_arithmetic_says():
    costs, busy = Costs(), simulate(TOWN).busy
    says = 2_000 / 60  # a second; almost each project has sockets in all four processes
    work = says * (costs.say + costs.publish + 4 * costs.bell + 20 * costs.write) + 2_000 * costs.look
    assert busy["processes"] == pytest.approx(work / 4, rel=0.15)
    assert busy["database"] == pytest.approx(says * costs.commit / 2, rel=0.15)


def test_every_socket_of_a_project_hears_every_say():
    found = simulate(TOWN)
    assert len(found.delivery) == 20 * len(found.ack) > 0
    assert min(found.delivery) > 0


def test_too_few_processes_are_seen_by_those_who_wait():
    crowded = replace(TOWN, people=20_000, says_a_minute=6, processes=1, seconds=3)
    assert simulate(crowded).first == "processes"
    assert at(simulate(crowded).ack, 0.5) > 10 * at(simulate(TOWN).ack, 0.5)


def test_one_project_stores_one_say_after_the_other():
    one = Scenario(
        "", people=20, in_project=20, says_a_minute=3_000, processes=20, database_cores=32, seconds=3
    )
    many = replace(one, people=400, says_a_minute=150)
    assert at(simulate(one).ack, 0.5) > 3 * at(simulate(many).ack, 0.5)


def test_sockets_that_are_routed_by_project_spare_bells():
    routed = simulate(replace(TOWN, is_routed=True))
    assert routed.busy["Redis"] < 0.6 * simulate(TOWN).busy["Redis"]


@pytest.mark.parametrize(("scenario", "measured"), MEASURED, ids=lambda each: getattr(each, "name", each))
def test_it_is_near_what_was_measured(scenario: Scenario, measured: str):
    p50 = float(measured.split(" / ", maxsplit=1)[0])
    assert p50 / 1.6 < at(simulate(scenario, LOCAL).delivery, 0.5) < p50 * 1.6


def test_it_prints_its_tables(monkeypatch, capsys):
    monkeypatch.setattr("bench.simulate.PEOPLE", (TOWN,))
    assert main() == 0
    assert "first: processes" in capsys.readouterr().out

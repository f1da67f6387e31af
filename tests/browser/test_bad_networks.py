"""Lost connections, killed servers and closed networks: nothing is lost, nothing is doubled."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.cast import Project, eventually
from tests.browser.closed_network import ClosedNetwork
from tests.browser.seeder import Seeder

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def network_may_fail(complaints):
    complaints.network_may_fail = True


@pytest.fixture
def fragile(own_server):
    """A project on a server of its own, to be killed."""
    seeder = Seeder(own_server)
    yield Project(own_server, seeder)
    seeder.end()


def test_a_server_killed_under_two_people_loses_and_doubles_nothing(fragile, seat):
    ana, ben = seat(fragile, "ana"), seat(fragile, "ben")
    sent = {ana: [], ben: []}

    def speak(words: str) -> None:
        for n in range(4):
            for each, said in sent.items():
                said.append(f"{each.person.name} {words} {n}")
                each.say(said[-1])

    for round_ in ("first", "second"):
        speak(f"{round_} before")
        fragile.server.kill()
        speak(f"{round_} without")
        fragile.server.start()
        speak(f"{round_} after")
    for each in sent:
        each.is_live()
        expect(each.pending).to_have_count(0, timeout=30_000)
        expect(each.message("second after 3")).to_have_count(2)
    stored = fragile.texts
    for each, said in sent.items():
        assert [text for text in stored if text.startswith(each.person.name)] == said
    for each in sent:
        assert [text.strip() for text in each.talk()] == stored
        assert each.seqs() == sorted(set(each.seqs()))


def test_commands_said_without_a_server_are_run_once(fragile, seat):
    ana, ben = seat(fragile, "ana"), seat(fragile, "ben")
    fragile.server.kill()
    ana.say("/task Water the plants")
    ana.say("/start #1")
    expect(ana.pending).to_have_count(2)
    fragile.server.start()
    for each in (ana, ben):
        expect(each.column("doing").locator(".card")).to_have_text(re.compile("Water the plants"))
        expect(each.page.locator("#board .card")).to_have_count(1)
    expect(ana.pending).to_have_count(0)


def test_what_is_written_offline_waits_and_goes_out_on_return(project, seat):
    ana, ben = seat(project, "ana"), seat(project, "ben")
    ana.page.context.set_offline(True)
    for n in range(3):
        ana.say(f"from the tunnel {n}")
    expect(ana.pending).to_have_count(3)
    expect(ana.pending.last).to_contain_text("Waiting to send")
    assert project.texts == []
    ben.say("meanwhile")
    eventually(lambda: project.texts == ["meanwhile"])
    ana.page.context.set_offline(False)
    expect(ben.message("from the tunnel")).to_have_count(3)
    expect(ana.pending).to_have_count(0)
    expect(ana.message("meanwhile")).to_have_count(1)
    assert project.texts == ["meanwhile", *[f"from the tunnel {n}" for n in range(3)]]


def refused_meanwhile(page, box, text):
    """`text` is sent without a connection, and refused while something else is being written."""
    page.context.set_offline(True)
    box.fill(text)
    box.press("Enter")
    expect(page.locator("#pending > li")).to_contain_text("Waiting to send")
    box.fill("Half a thought")
    page.context.set_offline(False)
    expect(page.locator("#pending .msg__failed")).to_contain_text("Not sent. There is no task #99")


def test_a_reply_that_failed_is_edited_and_answers_the_same(project, seat):
    project.said("Could somebody fix the lamp?")
    ana = seat(project, "ana")
    ana.message("fix the lamp").focus()
    ana.page.keyboard.press("r")
    refused_meanwhile(ana.page, ana.composer, "/done 99")
    ana.pending.get_by_role("button", name="Edit").click()
    expect(ana.composer).to_have_value("/done 99")
    expect(ana.page.locator(".replied__words")).to_contain_text("Could somebody fix the lamp?")
    ana.say("Which lamp?")
    expect(ana.message("Which lamp?").locator(".quote")).to_contain_text("fix the lamp")
    expect(ana.pending).to_have_count(0)
    expect(ana.composer).to_have_value("Half a thought")


def test_what_failed_on_a_tasks_page_stays_there_to_be_mended(project, seat):
    project.said("/task Fix login", "/task Two")
    ana, ben = seat(project, "ana", "/t/1"), seat(project, "ben")
    box = ana.page.get_by_label(re.compile("^Write about"))
    ana.page.get_by_label("Also in the channel").uncheck()
    refused_meanwhile(ana.page, box, "/due 99 friday")
    ana.page.get_by_label("Also in the channel").check()
    ben.say("/block #1 by #2")
    expect(ana.page.locator(".task__hindrances")).to_contain_text("Two")
    expect(ana.pending).to_have_count(1)
    ana.page.reload()
    ana.is_live()
    expect(ana.pending.locator(".msg__text")).to_have_text("/due 99 friday")
    ana.pending.get_by_role("button", name="Edit").click()
    expect(box).to_have_value("/due 99 friday")
    box.fill("It is the cookie")
    box.press("Enter")
    expect(ana.page.locator("#task-lines")).to_contain_text("It is the cookie")
    expect(ana.pending).to_have_count(0)
    expect(box).to_have_value("Half a thought")
    ben.say("seen by all")
    expect(ben.message("seen by all")).to_be_visible()
    expect(ben.message("It is the cookie")).to_have_count(0)
    refused_meanwhile(ana.page, box, "/due 99 monday")
    ana.pending.get_by_role("button", name="Discard").click()
    expect(ana.pending).to_have_count(0)


def test_what_waits_outlives_the_page(fragile, seat):
    ana = seat(fragile, "ana")
    fragile.server.kill()
    for n in range(3):
        ana.say(f"remember me {n}")
    expect(ana.pending).to_have_count(3)
    ana.page.goto("about:blank")
    fragile.server.start()
    ana.open()
    expect(ana.message("remember me")).to_have_count(3)
    expect(ana.pending).to_have_count(0)
    assert fragile.texts == [f"remember me {n}" for n in range(3)]


def test_a_reload_in_the_middle_of_sending_loses_and_doubles_nothing(project, seat):
    ana = seat(project, "ana")
    said = [f"line {n:02d}" for n in range(30)]
    for n, text in enumerate(said):
        ana.say(text)
        if n % 10 == 5:
            ana.page.reload()
            expect(ana.composer).to_be_visible()
    ana.is_live()
    expect(ana.pending).to_have_count(0)
    expect(ana.message(said[-1])).to_be_visible()
    assert sorted(project.texts) == said
    assert project.texts == said


def test_leaving_right_after_enter_leaves_nothing_behind(project, seat):
    ana = seat(project, "ana")
    said = [f"in a hurry {n}" for n in range(5)]
    for text in said:
        ana.say(text)
        ana.page.goto("/settings/profile")
        ana.open(live=False)
    ana.is_live()
    expect(ana.message("in a hurry")).to_have_count(5)
    expect(ana.pending).to_have_count(0)
    assert project.texts == said


def test_where_sockets_are_blocked_news_come_by_asking(project, seat, new_page):
    ben = seat(project, "ben")
    with ClosedNetwork(project.server.url) as network:
        ana = seat(project, "ana", None, base_url=network.url)
        ana.page.goto(network.url + project.path)
        expect(ana.page.locator("html")).to_have_attribute("data-connection", "polling", timeout=20_000)
        assert network.refused >= 3
        expect(ana.page.locator("#connection")).to_contain_text("This network blocks live connections.")
        began = time.monotonic()
        ben.say("can you hear me")
        expect(ana.message("can you hear me")).to_be_visible()
        assert time.monotonic() - began <= 3
        ana.say("/task Water the plants")
        expect(ben.card("Water the plants")).to_be_visible()
        expect(ana.card("Water the plants")).to_be_visible()
        ana.say("/tsak again")
        expect(ana.refusal).to_be_visible()
        expect(ana.composer).to_have_value("/tsak again")


def test_who_is_signed_out_elsewhere_is_asked_to_sign_in_and_keeps_what_was_written(project, seat):
    ana = seat(project, "ana")
    other = ana.page.context.new_page()
    other.goto("/settings/profile")
    ana.composer.press_sequentially("half a thought")
    other.get_by_role("button", name=re.compile("your menu")).click()
    other.get_by_role("button", name="Sign out").click()
    dialog = ana.page.get_by_role("dialog")
    expect(dialog).to_contain_text("You are signed out.")
    expect(ana.composer).to_have_value("half a thought")
    dialog.get_by_role("button", name="Sign in").click()
    expect(ana.page).to_have_url(re.compile("/login"))

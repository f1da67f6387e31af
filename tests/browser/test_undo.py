"""The ways back: the button on a line, the keys, the toast; and what tasks wait for and are made of."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def ana(project, seat):
    project.said("/task Fix login", "/task Two")
    return seat(project, "ana")


@pytest.fixture
def ben(project, ana, seat):
    return seat(project, "ben")


def test_the_button_takes_back_all_of_a_message_and_redo_does_it_again(ana, ben):
    ana.say("/done 1\n/rename 2 Three")
    expect(ben.column("done").locator(".card")).to_have_text(re.compile("Fix login"))
    line = ana.page.locator("li.msg").filter(has_text="/done").last
    expect(line.get_by_role("button", name="Undo", exact=True)).to_have_count(1)
    expect(
        ben.page.locator("li.msg").filter(has_text="/done").last.get_by_role("button", name="Undo")
    ).to_have_count(0)
    line.get_by_role("button", name="Undo", exact=True).click()
    expect(ben.column("next").locator(".card")).to_have_count(2)
    expect(ben.card("Two")).to_be_visible()
    ana.page.locator("li.activity").last.get_by_role("button", name="Redo").click()
    expect(ben.card("Three")).to_be_visible()
    expect(ben.column("done").locator(".card")).to_have_count(1)


def test_z_takes_back_and_shift_z_does_again(ana, ben):
    ana.say("/done 1")
    expect(ben.column("done").locator(".card")).to_have_count(1)
    expect(ana.toast.locator(".toast__text")).to_contain_text("-1 ")
    expect(ana.toast.locator(".toast__text")).not_to_contain_text("Undo")
    ana.page.locator(".log").focus()
    ana.page.keyboard.press("z")
    expect(ben.column("done").locator(".card")).to_have_count(0)
    expect(ana.page.locator("#toasts").get_by_role("button", name="Redo")).to_be_visible()
    ana.page.keyboard.press("Shift+Z")
    expect(ben.column("done").locator(".card")).to_have_count(1)
    ana.say("/task Four")
    expect(ana.page.locator("#toasts")).to_contain_text(re.compile(r"-3 added to Next\."))


def test_a_card_says_that_it_waits_until_what_it_waits_for_is_done(ana, ben):
    ana.say("/block 1 by 2")
    expect(ben.card("Fix login")).to_contain_text("Blocked")
    ana.say("/done 2")
    expect(ben.card("Fix login")).not_to_contain_text("Blocked")


def test_items_are_ticked_on_the_page_of_their_task(project, ana, ben, seat):
    ana.say("/subtask 1\n- One\n- Two")
    expect(ben.card("Fix login").locator(".items-count")).to_have_text(re.compile("0.*2"))
    page = seat(project, "ana", "/t/1").page
    page.get_by_role("checkbox", name="Two").press("Space")
    expect(page.get_by_role("checkbox", name="Two")).to_be_checked()
    expect(page.get_by_role("checkbox", name="One")).not_to_be_checked()
    expect(ben.card("Fix login").locator(".items-count")).to_have_text(re.compile("1.*2"))

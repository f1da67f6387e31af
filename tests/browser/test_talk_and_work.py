"""From talk to work and back, by keyboard and by pointer, on a desk and on a phone, seen on a second screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import ON_BOTH, SIZES


@pytest.fixture
def ana(project, seat, request):
    project.said("Could somebody fix the lamp?", "It flickers")
    return seat(project, "ana", "?view=chat", viewport=SIZES[getattr(request, "param", "desk")])


def made(seat):
    return seat.message("Could somebody fix the lamp?").first.locator(".msg__made")


@ON_BOTH
def test_a_key_makes_a_task_of_a_message(ana):
    ana.message("Could somebody fix the lamp?").focus()
    ana.page.keyboard.press("t")
    expect(ana.composer).to_have_value("/task Could somebody fix the lamp?")
    expect(ana.page.locator(".replied__words")).to_contain_text("Could somebody fix the lamp?")
    ana.composer.fill("/task Fix the lamp")
    ana.page.keyboard.press("Enter")
    expect(made(ana)).to_contain_text("Fix the lamp")
    expect(ana.page.locator("p.replied")).to_be_hidden()


@ON_BOTH
def test_a_menu_does_and_its_keys_are_in_it(ana):
    row = ana.message("It flickers")
    row.hover()
    row.locator(".msg__more").click()
    items = ana.page.locator("#message-menu [role=menuitem]:visible")
    expect(items).to_have_count(6)
    expect(items.first).to_be_focused()
    ana.page.keyboard.press("ArrowDown")
    ana.page.keyboard.press("Enter")
    expect(ana.composer).to_be_focused()
    ana.composer.press_sequentially("Since when?")
    ana.page.keyboard.press("Enter")
    expect(ana.message("Since when?").locator(".quote, .msg__quote")).to_contain_text("It flickers")


def test_escape_takes_the_reply_back_and_leaves_the_words(ana):
    ana.message("It flickers").focus()
    ana.page.keyboard.press("r")
    ana.composer.press_sequentially("Since when?")
    ana.page.keyboard.press("Escape")
    expect(ana.page.locator("p.replied")).to_be_hidden()
    expect(ana.composer).to_have_value("Since when?")


def test_what_was_being_written_comes_back_after_the_task_is_made(ana):
    ana.composer.fill("Half a thought")
    ana.message("It flickers").focus()
    ana.page.keyboard.press("t")
    expect(ana.composer).to_have_value("/task It flickers")
    ana.composer.press("Escape")
    expect(ana.composer).to_have_value("Half a thought")
    ana.message("It flickers").focus()
    ana.page.keyboard.press("t")
    ana.composer.press("Enter")
    expect(ana.message("/task It flickers")).to_be_visible()
    expect(ana.composer).to_have_value("Half a thought")


def test_what_was_put_aside_twice_comes_back_one_after_the_other(ana):
    ana.composer.fill("Half a thought")
    for words in ("It flickers", "Could somebody fix the lamp?"):
        ana.message(words).focus()
        ana.page.keyboard.press("t")
    ana.composer.press("Escape")
    expect(ana.composer).to_have_value("/task It flickers")
    ana.composer.press("Enter")
    expect(ana.message("/task It flickers")).to_be_visible()
    expect(ana.composer).to_have_value("Half a thought")


def test_a_refused_task_still_belongs_to_its_message(ana):
    ana.message("Could somebody fix the lamp?").focus()
    ana.page.keyboard.press("t")
    ana.composer.fill("/task Fix the lamp due:someday ")
    ana.page.keyboard.press("Enter")
    expect(ana.refusal).to_contain_text("someday")
    expect(ana.page.locator(".replied__words")).to_contain_text("Could somebody fix the lamp?")
    ana.composer.fill("/task Fix the lamp")
    ana.page.keyboard.press("Enter")
    expect(made(ana)).to_contain_text("Fix the lamp")


def test_both_pages_lead_to_each_other(ana):
    ana.message("Could somebody fix the lamp?").focus()
    ana.page.keyboard.press("t")
    ana.composer.fill("/task Fix the lamp")
    ana.page.keyboard.press("Enter")
    made(ana).get_by_role("link").click()
    expect(ana.page).to_have_url(re.compile("/t/1$"))
    talk = ana.page.locator("#task-lines")
    expect(talk).to_contain_text("Could somebody fix the lamp?")
    talk.locator(".msg__time").first.click()
    expect(ana.page).to_have_url(re.compile("/m/\\d+"))


def test_what_is_said_on_a_task_may_stay_there(ana, project, seat):
    ana.say("/task Fix the lamp")
    expect(ana.message("/task Fix the lamp")).to_be_visible()
    other = seat(project, "ana", "?view=chat")
    ana.open("/t/1")
    ana.composer.fill("Said to all")
    ana.composer.press("Enter")
    expect(other.message("Said to all")).to_be_visible()
    ana.page.get_by_label("Also in the channel").uncheck()
    ana.composer.fill("Said aside")
    ana.composer.press("Enter")
    expect(ana.page.locator("#task-lines")).to_contain_text("Said aside")
    ana.page.get_by_label("Also in the channel").check()
    ana.composer.fill("Said to all again")
    ana.composer.press("Enter")
    expect(other.message("Said to all again")).to_be_visible()
    expect(other.message("Said aside")).to_have_count(0)

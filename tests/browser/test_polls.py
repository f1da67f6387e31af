"""A poll in the stream: everybody's votes are seen at once, and everybody has one."""

import re

import pytest
from playwright.sync_api import expect

LUNCH = '/poll "Lunch?" "Pizza" "Soup of the day"'


@pytest.fixture
def ana(project, seat):
    return seat(project, "ana")


@pytest.fixture
def ben(project, seat):
    return seat(project, "ben", viewport={"width": 390, "height": 800}, color_scheme="dark")


def choice(seat, text):
    return seat.page.locator(".poll__choice").filter(has_text=text)


def test_votes_are_seen_by_everybody_changed_and_taken_back(ana, ben):
    ana.say(LUNCH)
    expect(ben.page.get_by_role("article", name="Poll: Lunch?")).to_be_visible()
    choice(ben, "Pizza").get_by_role("button").click()
    for each in (ana, ben):
        expect(choice(each, "Pizza").locator(".poll__count")).to_have_text("1 vote")
        expect(choice(each, "Pizza").locator(".poll__voters")).to_have_text("Ben")
    choice(ben, "Soup").get_by_role("button").click()
    expect(choice(ana, "Pizza").locator(".poll__count")).to_have_text("0 votes")
    expect(choice(ana, "Soup").locator(".poll__voters")).to_have_text("Ben")
    back = ".poll__back"
    expect(ana.page.locator(back)).to_be_hidden()
    ben.page.locator(back).click()
    expect(choice(ana, "Soup").locator(".poll__count")).to_have_text("0 votes")
    expect(ben.page.locator(back)).to_be_hidden()
    expect(ben.toast).to_have_count(0)
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not ben.page.evaluate(wide), "it fits on a phone"


def test_the_keyboard_votes_and_keeps_its_place(ana, ben):
    ana.say(LUNCH)
    soup = choice(ana, "Soup").get_by_role("button")
    choice(ana, "Pizza").get_by_role("button").focus()
    ana.page.keyboard.press("Tab")
    expect(soup).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(choice(ben, "Soup").locator(".poll__voters")).to_have_text("Ana")
    expect(choice(ana, "Soup").locator(".poll__voters")).to_have_text("Ana")
    expect(soup).to_be_focused()


def test_who_asked_closes_it_for_everybody(project, ana, ben):
    ben.say(LUNCH)
    choice(ana, "Pizza").get_by_role("button").click()
    expect(choice(ben, "Pizza").locator(".poll__voters")).to_have_text("Ana")
    ben.page.get_by_role("button", name="Close the poll").click()
    for each in (ana, ben):
        expect(each.page.locator(".poll__foot")).to_have_text("Closed with 1 vote.")
        expect(choice(each, "Pizza").get_by_role("button")).to_be_disabled()


def test_somebody_else_is_not_offered_to_close_it(project, ana, ben):
    ana.say("/poll Ship it?")
    expect(ana.page.get_by_role("button", name="Close the poll")).to_be_visible()
    expect(choice(ben, "Yes")).to_be_visible()
    expect(ben.page.get_by_role("button", name="Close the poll")).to_have_count(0)


def test_a_poll_works_without_a_script(project, seat):
    project.said("/poll Ship it?")
    ben = seat(project, "ben", live=False, java_script_enabled=False)
    choice(ben, "Yes").get_by_role("button").click()
    expect(ben.page).to_have_url(re.compile(r"/m/\d+$"))
    expect(choice(ben, "Yes").locator(".poll__voters")).to_have_text("Ben")
    ben.page.get_by_role("button", name="Take back my vote").click()
    expect(choice(ben, "Yes").locator(".poll__voters")).to_have_count(0)

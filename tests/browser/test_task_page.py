"""The page of one task: what is said and changed there, and what others do meanwhile."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def ben(project, seat):
    project.said("/task Fix login", "/task Two")
    return seat(project, "ben")


@pytest.fixture
def page(project, ben, seat):
    """Ana, at the task."""
    return seat(project, "ana", "/t/1").page


def box(page):
    return page.get_by_label(re.compile("^Write about"))


def test_talking_about_a_task_stays_on_its_page(page, ben):
    line = page.locator("#task-lines li.msg").filter(has_text="it is the cookie")
    box(page).fill("it is the cookie")
    box(page).press("Enter")
    expect(line).to_be_visible()
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    expect(page).to_have_url(re.compile("/t/1$"))
    expect(ben.message("it is the cookie")).to_be_visible()


def test_a_command_there_is_about_that_task_and_a_refused_one_comes_back(page, ben):
    box(page).fill("/dnoe")
    box(page).press("Enter")
    expect(page.locator("#refusal")).to_contain_text("There is no command /dnoe.")
    expect(box(page)).to_have_value("/dnoe")
    box(page).press("Tab")
    box(page).press("Enter")
    expect(ben.column("done").locator(".card")).to_have_text(re.compile("Fix login"))
    expect(page.locator(".task__ways")).to_contain_text("Reopen")


def test_what_others_do_shows_up_but_never_under_my_hands(page, ben):
    page.locator("summary").filter(has_text="Rename").click()
    page.get_by_label("Title").fill("I am still typing")
    ben.say("/due #1 2031-05-06")
    expect(page.get_by_label("Facts")).to_contain_text("6 May 2031")
    ben.say("/rename #1 By Ben")
    expect(ben.card("By Ben")).to_be_visible()
    expect(page.locator(".task__history")).to_contain_text("By Ben")
    expect(page.get_by_label("Title")).to_have_value("I am still typing")


def test_fields_are_changed_in_place(page, ben, project):
    page.locator("summary").filter(has_text="Rename").click()
    page.get_by_label("Title").fill("Fix sign-in")
    page.get_by_label("Title").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Fix sign-in"))
    expect(ben.card("Fix sign-in")).to_be_visible()
    page.get_by_placeholder("Add notes, links, a checklist").fill("See **this**")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator(".task__notes strong")).to_have_text("this")
    page.locator("summary").filter(has_text="Nobody yet").click()
    page.get_by_label("Ben").check()
    page.get_by_role("button", name="Save").last.click()
    expect(ben.card("Fix sign-in").locator(".avatar")).to_have_count(1)

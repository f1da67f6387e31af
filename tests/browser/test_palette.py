"""Ctrl+K leads everywhere and takes any command: by keyboard alone, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import ON_BOTH, SIZES


@pytest.fixture
def ana(project, seat, request):
    project.said("/task Fix login", "/task Draft pricing copy")
    return seat(project, "ana", "?view=chat", viewport=SIZES[getattr(request, "param", "desk")])


def field(ana):
    return ana.page.get_by_role("combobox", name="Go to or do")


def choices(ana):
    return ana.page.locator(".palette [role=option]")


def chosen(ana):
    return ana.page.locator(".palette [role=option][aria-selected=true]")


def opened(ana, text=""):
    ana.page.keyboard.press("Control+k")
    expect(field(ana)).to_be_focused()
    field(ana).press_sequentially(text)
    return ana


def test_it_leads_to_a_task_by_its_words(ana):
    opened(ana, "pric")
    expect(chosen(ana)).to_contain_text("Draft pricing copy")
    ana.page.keyboard.press("Enter")
    expect(ana.page).to_have_url(re.compile("/t/2$"))
    opened(ana)
    expect(choices(ana).first).to_contain_text("Draft pricing copy")  # where one was last


def test_signs_narrow_it(ana):
    opened(ana, "@an")
    expect(chosen(ana)).to_contain_text("@ana")
    field(ana).fill("#1")
    expect(chosen(ana)).to_contain_text("Fix login")
    field(ana).fill(">all proj")
    expect(chosen(ana)).to_contain_text("All projects")
    ana.page.keyboard.press("Enter")
    expect(ana.page).to_have_url(re.compile("/projects$"))
    opened(ana, "relaunch")  # a page without a project knows the projects
    expect(chosen(ana)).to_contain_text("Web relaunch")


def test_what_is_not_here_is_searched_for(ana):
    opened(ana, "zebra crossing")
    expect(chosen(ana)).to_contain_text("Search for “zebra crossing”")
    ana.page.keyboard.press("Enter")
    expect(ana.page).to_have_url(re.compile("/search\\?q=zebra"))


@ON_BOTH
def test_a_command_is_completed_previewed_and_done_in_it(ana, project):
    opened(ana, "/don")
    expect(chosen(ana)).to_contain_text("/done")
    ana.page.keyboard.press("Tab")
    field(ana).press_sequentially("login")
    expect(chosen(ana)).to_contain_text("Fix login")
    ana.page.keyboard.press("Tab")
    expect(ana.page.locator(".palette .preview")).to_contain_text("#1 Fix login")
    ana.page.keyboard.press("Enter")
    expect(field(ana)).to_have_count(0)
    expect(ana.message("/done #1").locator(".task-card")).to_be_visible()


def test_a_refused_command_stays_in_it_and_is_mended(ana, project):
    opened(ana, "/done 99")
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator(".palette .refusal")).to_contain_text("99")
    expect(field(ana)).to_have_value("/done 99")
    expect(ana.composer).to_have_value("")
    field(ana).fill("/done 1")
    expect(ana.page.locator(".palette .refusal")).to_have_count(0)
    ana.page.keyboard.press("Enter")
    expect(ana.message("/done").locator(".task-card")).to_be_visible()


def test_a_private_answer_is_shown_when_it_closes(ana):
    opened(ana, "/help due ")
    ana.page.keyboard.press("Enter")
    expect(field(ana)).to_have_count(0)
    expect(ana.page.locator(".answer")).to_contain_text("Only you see this.")


def test_enter_twice_does_it_once(ana, project):
    opened(ana, "/task Buy paint ")
    ana.page.keyboard.press("Enter")
    ana.page.keyboard.press("Enter")
    expect(field(ana)).to_have_count(0)
    ana.say("and then?")
    expect(ana.message("and then?")).to_be_visible()
    assert project.texts.count("/task Buy paint ") + project.texts.count("/task Buy paint") == 1


def test_where_one_was_is_nothing_to_the_next_person(ana, project, seat):
    opened(ana, "pric")
    ana.page.keyboard.press("Enter")
    expect(ana.page).to_have_url(re.compile("/t/2$"))
    kept = ana.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('recent-places'))")
    assert len(kept) == 1
    assert re.fullmatch(r"recent-places:\d+", kept[0])


def test_the_field_says_whether_its_list_is_shown_and_what_is_chosen(ana):
    opened(ana)
    expect(field(ana)).to_have_attribute("aria-expanded", "true")
    ana.page.keyboard.press("ArrowDown")
    expect(field(ana)).to_have_attribute("aria-activedescendant", chosen(ana).get_attribute("id"))
    field(ana).fill("/task Paint the hall")  # nothing to choose from in a title
    expect(choices(ana)).to_have_count(0)
    expect(field(ana)).to_have_attribute("aria-expanded", "false")
    assert field(ana).get_attribute("aria-activedescendant") is None
    field(ana).fill("/task")
    expect(field(ana)).to_have_attribute("aria-expanded", "true")


def test_it_closes_and_focus_returns(ana):
    ana.composer.focus()
    for way in ("Escape", "Control+k"):
        opened(ana)
        ana.page.keyboard.press(way)
        expect(field(ana)).to_have_count(0)
        expect(ana.composer).to_be_focused()


def test_what_can_be_done_with_the_focused_message_comes_first(ana):
    ana.message("/task Draft pricing copy").focus()
    opened(ana)
    for words in (
        "Reply to this message",
        "Make a task of this message",
        "Edit this message",
        "Copy the link to this message",
    ):
        expect(choices(ana).filter(has_text=words)).to_be_visible()
    field(ana).fill("make a task")
    ana.page.keyboard.press("Enter")
    expect(ana.composer).to_have_value("/task Draft pricing copy")


@ON_BOTH
def test_it_stays_on_the_screen(ana):
    opened(ana)
    box = ana.page.locator(".palette").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= ana.page.viewport_size["width"]
    assert box["y"] + box["height"] <= ana.page.viewport_size["height"]

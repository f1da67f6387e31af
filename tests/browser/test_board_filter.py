"""A board on which one person sees only what they ask for, while the others go on."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def ana(project, seat):
    return seat(project, "ana")


@pytest.fixture
def ben(project, seat):
    return seat(project, "ben")


def test_a_filter_is_one_persons_own_and_follows_what_happens(ana, ben, project):
    ana.say(f"/task Draft copy @{project.ben.handle}\n/task Order chairs")
    expect(ben.card("Order chairs")).to_be_visible()
    ben.say("/board @me")
    expect(ben.page.locator("#board-filter")).to_contain_text("1 of 2 tasks: @me")
    expect(ben.page.locator("task-board .card")).to_have_count(1)
    expect(ben.card("Draft copy")).to_be_visible()
    expect(ana.page.locator("task-board .card")).to_have_count(2)

    ana.say(f"/task Call the bank\n/assign 2 @{project.ben.handle}")
    expect(ben.card("Order chairs")).to_be_visible()
    expect(ben.page.locator("#board-filter")).to_contain_text("2 of 3 tasks")
    ana.say("/unassign 1")
    expect(ben.card("Draft copy")).to_have_count(0)
    expect(ben.card("Call the bank")).to_have_count(0)
    expect(ben.page.locator("#filter-count")).to_have_text("1")

    ben.page.reload()
    expect(ben.page.locator("task-board .card")).to_have_count(1)
    ben.page.get_by_role("link", name="Clear the filter of the board").click()
    expect(ben.page.locator("task-board .card")).to_have_count(3)
    assert "q=" not in ben.page.url
    ana.say("/task Paint the door")
    expect(ben.card("Paint the door")).to_be_visible()


def test_the_link_clears_the_filter_from_the_keyboard_and_on_a_phone(ana):
    ana.say("/task Draft copy #web\n/task Order chairs")
    expect(ana.card("Order chairs")).to_be_visible()
    ana.page.set_viewport_size({"width": 390, "height": 800})
    ana.say("/board #web")
    ana.page.get_by_role("link", name="Show the board").click()
    expect(ana.card("Draft copy")).to_be_visible()
    expect(ana.card("Order chairs")).to_have_count(0)
    assert ana.page.evaluate("document.documentElement.scrollWidth") <= 390
    clear = ana.page.get_by_role("link", name="Clear the filter of the board")
    clear.focus()
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator("task-board .card")).to_have_count(2)

"""Queries of the board that somebody keeps: saved, opened, renamed and deleted without leaving the page."""

from playwright.sync_api import expect


def test_a_view_is_saved_opened_renamed_and_deleted(project, seat):
    ana = seat(project, "ana")
    ben = seat(project, "ben")
    page, filter_bar = ana.page, ana.page.locator("#board-filter")
    ana.say(f"/task Draft copy @{project.ben.handle}\n/task Order chairs")
    expect(ana.card("Order chairs")).to_be_visible()
    page.evaluate("window.stayed = true")

    ana.say("/board is:unassigned")
    filter_bar.get_by_text("Save as a view").click()
    filter_bar.get_by_label("Name of the view").fill("Nobody’s")
    page.keyboard.press("Enter")
    view = filter_bar.get_by_role("link", name="Nobody’s")
    expect(view).to_have_attribute("aria-current", "true")
    expect(view).to_be_focused()

    page.get_by_role("link", name="Clear the filter of the board").click()
    expect(page.locator("task-board .card")).to_have_count(2)
    expect(view).not_to_have_attribute("aria-current", "true")
    view.click()
    expect(page.locator("task-board .card")).to_have_count(1)
    expect(ana.card("Order chairs")).to_be_visible()

    filter_bar.get_by_text("Change the view").click()
    filter_bar.get_by_label("Name of the view").fill("")
    filter_bar.get_by_label("Name of the view").fill("Up for grabs")
    filter_bar.get_by_role("button", name="Rename").click()
    expect(filter_bar.get_by_role("link", name="Up for grabs")).to_be_visible()
    expect(view).to_have_count(0)

    filter_bar.get_by_text("Change the view").click()
    filter_bar.get_by_role("button", name="Delete").click()
    expect(filter_bar.get_by_role("link", name="Up for grabs")).to_have_count(0)
    expect(page.locator("task-board .card")).to_have_count(1)
    assert page.evaluate("window.stayed"), "the page was never left"
    ben.page.reload()
    expect(ben.page.locator(".filter__view")).to_have_count(0)


def test_views_work_on_a_phone_and_in_a_narrow_bar(project, seat):
    ana = seat(project, "ana")
    ana.say("/task Order chairs")
    expect(ana.card("Order chairs")).to_be_visible()
    ana.page.set_viewport_size({"width": 390, "height": 800})
    ana.say("/board is:open")
    ana.page.get_by_role("link", name="Show the board").click()
    filter_bar = ana.page.locator("#board-filter")
    filter_bar.get_by_text("Save as a view").click()
    filter_bar.get_by_label("Name of the view").fill("A name as long as a name of a view may be")
    filter_bar.get_by_role("button", name="Save").click()
    expect(filter_bar.get_by_role("link", name="A name as long")).to_be_visible()
    assert ana.page.evaluate("document.documentElement.scrollWidth") <= 390

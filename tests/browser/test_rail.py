"""The rail: what is new elsewhere, and the way to all projects."""

import re

from playwright.sync_api import expect

from tests.browser.cast import Project

HIDDEN = "Object.defineProperty(document, 'hidden', {{ value: {}, configurable: true }})"


def look_again(page):
    """The tab was behind another one, and is looked at."""
    page.evaluate(HIDDEN.format("false"))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_dot_comes_and_goes_while_the_page_stays_open(project, server, seed, seat):
    elsewhere = Project(server, seed, "Somewhere else")
    elsewhere.join(project.ana)
    last = elsewhere.said("nothing yet")
    seed("read", project=elsewhere.id, who=project.ana.handle, seq=last)
    ana = seat(project, "ana")
    link = ana.page.locator(f"#rail [data-project='{elsewhere.id}']")
    expect(link).not_to_have_class(re.compile("unread"))
    last = elsewhere.said("something new")
    look_again(ana.page)
    expect(link).to_have_accessible_name(re.compile(", unread"))
    seed("read", project=elsewhere.id, who=project.ana.handle, seq=last)
    look_again(ana.page)
    expect(link).not_to_have_class(re.compile("unread"))


def test_all_projects_are_one_step_away_on_any_width(project, seat):
    ana = seat(project, "ana")
    for width in (1440, 820):
        ana.page.set_viewport_size({"width": width, "height": 800})
        ana.open()
        ana.page.locator("#rail").get_by_role("link", name="Projects", exact=True).click()
        expect(ana.page.get_by_role("heading", name="Projects", level=1)).to_be_visible()


def test_a_finished_card_offers_to_be_opened_again_and_not_to_be_finished(project, seat):
    project.said("/task Kerning", "/done 1")
    ana = seat(project, "ana", "?view=board")
    ana.card("Kerning").hover()
    ana.card("Kerning").locator(".card__more").click()
    expect(ana.page.get_by_role("menuitem", name="Done")).to_be_hidden()
    ana.page.get_by_role("menuitem", name="Reopen").click()
    expect(ana.column("next").locator(".card")).to_contain_text("Kerning")
    expect(ana.toast).to_contain_text("is open again")

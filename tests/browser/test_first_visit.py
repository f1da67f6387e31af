"""From an empty installation to two people in one conversation."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cast import PASSWORD, Seat

pytestmark = pytest.mark.journey


class Founded:
    """The project that setting up has made, for `Seat`."""

    def __init__(self, server, page: Page) -> None:
        self.server, self.path = server, re.sub(r"^https?://[^/]+", "", page.url).split("?")[0]


def fill(page: Page, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=False).first.fill(value)


def set_up(server, page: Page) -> Seat:
    page.goto("/")
    expect(page).to_have_url(re.compile("/setup$"))
    fill(page, Your_name="Ana Duarte", Email="ana@example.com", Password=PASSWORD, Workspace="Northlight")
    fill(page, working_on_first="Web relaunch")
    page.get_by_role("button", name="Open the workspace").click()
    expect(page).to_have_url(re.compile("/p/web-relaunch"))
    return Seat(page, Founded(server, page), None).is_live()


def invite_link(page: Page) -> str:
    page.get_by_role("link", name=re.compile("^People and settings")).click()
    page.get_by_role("button", name="Make a link").click()
    return page.locator("[data-copied]").inner_text()


def test_an_empty_installation_becomes_a_workspace_for_two(own_server, new_page):
    ana = set_up(own_server, new_page(own_server.url))
    expect(ana.page.get_by_text("This is the start of Web relaunch.")).to_be_visible()
    expect(ana.page.get_by_text("The columns are up. Nothing rests on them yet.")).to_be_visible()
    ana.say("Let us begin")
    expect(ana.message("Let us begin")).to_be_visible()
    ana.say("/task Paint the door")
    expect(ana.card("Paint the door")).to_be_visible()
    expect(ana.page.get_by_text("The columns are up.")).to_be_hidden()

    link = invite_link(ana.page)
    page = new_page(own_server.url)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Duarte invited you to Northlight")
    fill(page, Your_name="Ben Okoro", Email="ben@example.com", Password=PASSWORD)
    page.get_by_role("button", name="Join").click()
    ben = Seat(page, ana.project, None).is_live()
    expect(ben.message("Let us begin")).to_be_visible()
    expect(ben.card("Paint the door")).to_be_visible()

    ana.open()
    expect(ana.page.get_by_text("Ben Okoro joined")).to_be_visible()
    ben.say("Here I am")
    expect(ana.message("Here I am")).to_be_visible()


def test_setup_is_gone_once_somebody_is_here(project, new_page, complaints):
    complaints.network_may_fail = True  # the page is meant to be missing
    page = new_page(project.server.url)
    response = page.goto("/setup")
    assert response.status == 404
    page.goto("/")
    expect(page).to_have_url(re.compile("/login"))


def test_setup_says_what_is_wrong_and_keeps_what_was_typed(own_server, new_page):
    page = new_page(own_server.url)
    page.goto("/setup")
    fill(page, Your_name="Ana", Email="ana@", Password="short", Workspace="Northlight")
    fill(page, working_on_first="Web relaunch")
    page.get_by_role("button", name="Open the workspace").click()
    expect(page).to_have_url(re.compile("/setup$"))
    expect(page.get_by_label("Email").first).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Workspace").first).to_have_value("Northlight")
    page.get_by_label("Email").first.fill("ana@example.com")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Open the workspace").click()
    expect(page).to_have_url(re.compile("/p/web-relaunch"))

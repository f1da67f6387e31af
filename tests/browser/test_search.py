"""Search: over the messages and tasks of the projects that one may see."""

import re

from playwright.sync_api import expect

from tests.browser.cast import Project


def search(page, words):
    box = page.get_by_role("searchbox")
    box.fill(words)
    box.press("Enter")


def test_what_was_just_said_is_found_and_leads_there(project, seat):
    ana = seat(project, "ana")
    ana.say("the kerning of the headline is off")
    expect(ana.message("kerning")).to_be_visible()
    ana.page.goto("/search")
    search(ana.page, "kern")
    ana.page.get_by_role("listitem").filter(has_text="headline").get_by_role("link").click()
    expect(ana.page).to_have_url(re.compile(r"/m/\d+"))
    expect(ana.message("the kerning of the headline")).to_be_in_viewport()


def test_a_task_is_found_by_its_title_and_by_its_name(project, seat):
    project.said("/task Draft pricing copy")
    ana = seat(project, "ana", None)
    ana.page.goto("/search?q=pricing")
    expect(ana.page.get_by_role("main")).to_contain_text("Draft pricing copy")
    search(ana.page, f"{project.key}-1")
    expect(ana.page.get_by_role("main")).to_contain_text("Draft pricing copy")


def test_nothing_of_another_project_is_found(project, server, seed, seat):
    elsewhere = Project(server, seed, "Somewhere else")
    elsewhere.said("the secret of the vault", "/task Guard the vault")
    ana, theirs = seat(project, "ana", None), seat(elsewhere, "ana", None)
    for each in (ana, theirs):
        each.page.goto("/search?q=vault")
    expect(theirs.page.get_by_role("main")).to_contain_text("Guard the")
    expect(ana.page.get_by_role("main")).not_to_contain_text("Guard the")
    expect(ana.page.get_by_role("main")).not_to_contain_text("secret")


def test_what_is_not_there_is_said_and_the_words_are_kept(project, seat):
    ana = seat(project, "ana", None)
    ana.page.goto("/search")
    search(ana.page, "<b>nothing \" like' this")
    expect(ana.page.get_by_role("searchbox")).to_have_value("<b>nothing \" like' this")
    expect(ana.page.get_by_role("main")).to_contain_text("No match")

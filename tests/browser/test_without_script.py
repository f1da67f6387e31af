"""JavaScript switched off: signing in, reading, talking, /task, moving a task and searching work by forms."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import PASSWORD, Person

pytestmark = pytest.mark.journey


@pytest.fixture
def page(project, seed, new_page):
    """The project, after signing in by hand."""
    dora = project.join(Person(seed, "Dora", password=PASSWORD))
    page = new_page(project.server.url, java_script_enabled=False)
    page.goto(project.path)
    expect(page).to_have_url(re.compile("/login"))
    page.get_by_label("Email").fill(dora.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(re.escape(project.path)))
    return page


def say(page, text):
    page.locator("#message").fill(text)
    page.get_by_role("button", name="Send").click()


def test_talk_and_commands_go_through_the_form(project, page, complaints):
    complaints.network_may_fail = True  # a refusal is a page with status 422
    say(page, "Nobody needs a script to talk")
    expect(page.locator("li.msg").filter(has_text="Nobody needs a script")).to_be_visible()
    say(page, "/task Water the plants")
    expect(page.locator("#board .card").filter(has_text="Water the plants")).to_be_visible()
    say(page, "/tsak Water the plants")
    expect(page.locator("#refusal")).to_contain_text("There is no command /tsak.")
    expect(page.locator("#message")).to_have_value("/tsak Water the plants")
    page.goto(project.path)
    say(page, "/help")
    expect(page.locator(".answer")).to_contain_text("/done")
    assert project.texts == ["Nobody needs a script to talk", "/task Water the plants"]


def test_a_form_that_is_sent_twice_is_said_once(project, page):
    form = page.locator("#composer")
    fields = {each: form.locator(f"[name={each}]").input_value() for each in ("csrfmiddlewaretoken", "nonce")}
    for _ in range(2):
        answer = page.request.post(form.get_attribute("action"), form={**fields, "text": "only once"})
        assert answer.ok
    assert project.texts == ["only once"]


def test_a_task_is_moved_and_finished_by_forms(project, page):
    project.said("/task Kerning")
    page.goto(f"{project.path}/t/1")
    page.locator("summary").filter(has_text="Next").click()
    page.get_by_label("Column").select_option("Doing")
    page.get_by_role("button", name="Move", exact=True).click()
    page.goto(project.path)
    column = page.locator(f"#column-{project.columns['doing']}")
    expect(column.locator(".card")).to_have_count(1)
    page.locator("li.msg").get_by_role("button", name="Done").click()
    page.goto(project.path)
    expect(page.locator(f"#column-{project.columns['done']} .card")).to_have_count(1)


def test_a_task_is_added_on_the_board(project, page):
    field = page.get_by_label("Add a task to Backlog")
    field.fill("Redirect map")
    field.press("Enter")
    expect(page.locator(f"#column-{project.columns['backlog']} .card")).to_have_text(
        re.compile("Redirect map")
    )


def test_a_message_is_edited_and_removed_on_its_own_page(project, page):
    say(page, "The lamp flikcers")
    page.locator("li.msg").filter(has_text="flikcers").locator(".msg__time").click()
    page.get_by_role("link", name="Edit this message").click()
    page.get_by_label("Editing").fill("The lamp flickers")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("li.msg").filter(has_text="The lamp flickers")).to_contain_text("(edited)")
    assert project.texts == ["The lamp flickers"]
    page.get_by_role("link", name="Remove this message").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("li.msg")).to_contain_text("Message removed by its author.")
    assert project.texts == [""]


def test_earlier_lines_are_a_link_away(project, page):
    project.said(*[f"line {n}" for n in range(120)])
    page.goto(project.path)
    expect(page.locator("li.msg").filter(has_text="line 119")).to_be_visible()
    page.get_by_role("link", name="Earlier messages").click()
    expect(page.locator("li.msg").filter(has_text="line 60")).to_be_visible()


def test_search_finds_messages_and_tasks(project, page):
    project.said("the kerning of the headline", "/task Mend the kerning")
    page.goto("/search")
    page.get_by_role("searchbox").fill("kerning")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("of the headline")
    expect(page.get_by_role("main")).to_contain_text("Mend the")


def test_signing_out(page):
    page.get_by_role("button", name=re.compile("your menu")).click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/")
    expect(page).to_have_url(re.compile("/login"))

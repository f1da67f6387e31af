"""The message box: suggestions, refusals, and what must not happen by accident."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import at_sentence


@pytest.fixture
def ana(project, seat):
    project.said("/task Fix login", "/task Draft pricing copy #copy")
    return seat(project, "ana")


def test_a_refused_command_keeps_its_text_and_offers_the_right_one(ana):
    ana.say("/tsak Buy paint")
    expect(ana.refusal).to_contain_text("There is no command /tsak.")
    expect(ana.composer).to_have_value("/tsak Buy paint")
    expect(ana.composer).to_be_focused()
    expect(ana.pending).to_have_count(0)
    ana.refusal.get_by_role("button", name=re.compile("task Buy paint")).click()
    expect(ana.card("Buy paint")).to_be_visible()
    expect(ana.composer).to_have_value("")
    expect(ana.refusal).to_have_count(0)


def test_tab_mends_a_refused_command(ana):
    ana.say("/tsak Buy paint")
    expect(ana.refusal).to_be_visible()
    ana.composer.press("Tab")
    expect(ana.composer).to_have_value("/task Buy paint")
    expect(ana.composer).to_be_focused()


def test_a_refused_line_can_be_sent_as_text(ana):
    ana.say("/frobnicate whatever")
    ana.refusal.get_by_role("button", name="Send as text").click()
    expect(ana.message("/frobnicate whatever")).to_be_visible()


def test_a_task_is_made_by_keyboard_and_suggestions_alone(ana, project):
    ana.composer.press_sequentially("/ta")
    expect(ana.suggestions.get_by_role("option", selected=True)).to_contain_text("/task")
    ana.composer.press("Tab")
    expect(ana.composer).to_have_value("/task ")
    ana.composer.press_sequentially("Water the plants @be")
    expect(ana.suggestions).to_have_attribute("aria-label", "People")
    ana.composer.press("Tab")
    ana.composer.press_sequentially("#co")
    expect(ana.suggestions).to_have_attribute("aria-label", "Labels")
    ana.composer.press("Tab")
    expect(ana.composer).to_have_value(f"/task Water the plants @{project.ben.handle} #copy ")
    ana.composer.press("Enter")
    expect(ana.card("Water the plants").locator(".card__facts")).to_contain_text("copy")


def test_arrows_choose_escape_closes_and_the_caret_stays(ana):
    ana.composer.press_sequentially("/")
    options = ana.suggestions.get_by_role("option")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    ana.composer.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(ana.composer).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    ana.composer.press("Escape")
    expect(ana.suggestions).to_have_count(0)
    expect(ana.composer).to_have_value("/")
    ana.composer.press("Alt+ArrowDown")
    expect(ana.suggestions).to_be_visible()


def test_an_at_sign_alone_chooses_nobody(ana):
    ana.composer.press_sequentially("meet @ 5")
    ana.composer.press("Enter")
    expect(ana.message("meet @ 5")).to_be_visible()


def test_tasks_are_suggested_where_a_command_wants_one(ana):
    ana.composer.press_sequentially("/done log")
    expect(ana.suggestions).to_contain_text("Fix login")
    ana.composer.press("Enter")
    expect(ana.column("done").locator(".card")).to_have_count(1)


def test_the_preview_says_how_a_command_will_be_read(ana):
    ana.composer.press_sequentially("/task Paint the hall !high due:tomorrow", delay=5)
    expect(ana.page.locator("#preview")).to_contain_text("Paint the hall")
    expect(ana.page.locator("#preview")).to_contain_text(re.compile("high", re.IGNORECASE))
    assert ana.talk().count("Paint the hall") == 0


def test_nothing_is_sent_from_an_empty_box(ana):
    before = ana.project.texts
    ana.composer.press("Enter")
    ana.say("   ")
    ana.page.get_by_role("button", name="Send").click()
    expect(ana.composer).to_be_focused()
    ana.say("something after all")
    expect(ana.message("something after all")).to_be_visible()
    assert ana.project.texts == [*before, "something after all"]


def test_enter_twice_sends_once(ana):
    ana.composer.fill("only once")
    ana.composer.press("Enter")
    ana.composer.press("Enter")
    expect(ana.message("only once")).to_have_count(1)
    ana.say("and a second line")
    expect(ana.message("and a second line")).to_be_visible()
    assert ana.project.texts.count("only once") == 1


def test_shift_enter_is_a_new_line(ana):
    ana.composer.press_sequentially("one")
    ana.composer.press("Shift+Enter")
    ana.composer.press_sequentially("two")
    ana.composer.press("Enter")
    expect(ana.message("one").locator(".msg__text")).to_have_text("one two", use_inner_text=True)


def test_enter_belongs_to_an_input_method_while_it_composes(ana):
    ana.composer.focus()
    cdp = ana.page.context.new_cdp_session(ana.page)
    cdp.send("Input.imeSetComposition", {"text": "にほん", "selectionStart": 3, "selectionEnd": 3})
    key = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    expect(ana.composer).to_have_value("にほん")
    cdp.send("Input.insertText", {"text": "日本"})
    expect(ana.composer).to_have_value("日本")
    ana.composer.press("Enter")
    expect(ana.message("日本")).to_be_visible()


def test_too_long_a_text_is_refused_with_the_number_and_kept(ana):
    ana.say("x" * 8_412)
    expect(ana.refusal).to_contain_text("Too long by 412 characters")
    assert len(ana.composer.input_value()) == 8_412
    ana.say("x" * 8_000)
    expect(ana.composer).to_have_value("")
    expect(ana.pending).to_have_count(0)


def test_a_draft_outlives_a_reload(ana):
    ana.composer.press_sequentially("half a thought")
    ana.page.reload()
    expect(ana.composer).to_have_value("half a thought")


def test_help_answers_in_private(project, ana, seat):
    ben = seat(project, "ben")
    ana.say("/help")
    expect(ana.page.locator(".answer")).to_contain_text("/done")
    expect(ana.page.locator(".answer")).to_contain_text("Only you see this.")
    ana.say("seen by both")
    expect(ben.message("seen by both")).to_be_visible()
    expect(ben.page.locator(".answer")).to_have_count(0)
    ana.page.get_by_role("button", name="Dismiss this answer").click()
    expect(ana.page.locator(".answer")).to_have_count(0)


def test_two_hundred_quick_says_arrive_once_and_in_order(ana, project, seat):
    ben = seat(project, "ben")
    said = [f"line {n:03d}" for n in range(200)]
    for text in said:
        ana.say(text)
    expect(ben.message(said[-1])).to_be_visible(timeout=60_000)
    expect(ana.pending).to_have_count(0, timeout=60_000)
    for each in (ana, ben):
        shown = [text.strip() for text in each.talk()]
        assert [text for text in shown if text.startswith("line ")] == said


def test_two_tabs_of_one_person_show_the_same(ana):
    other = ana.page.context.new_page()
    other.goto(ana.project.path)
    ana.say("from the first tab")
    expect(other.locator("li.msg[data-seq]").filter(has_text="from the first tab")).to_have_count(1)
    other.locator("#message").fill("from the second tab")
    other.locator("#message").press("Enter")
    expect(ana.message("from the second tab").locator(".msg__text")).to_have_text(
        at_sentence("from the second tab")
    )
    expect(ana.pending).to_have_count(0)
    expect(other.locator("#pending > li")).to_have_count(0)

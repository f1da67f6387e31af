"""What is said of a line while it is typed: choices for every argument, how it will be understood, and how to mend it.

By keyboard alone, on a desk and on a phone.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import ON_BOTH, SIZES

DAY = re.compile(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2}\b")


@pytest.fixture
def ana(project, seat, request):
    project.said("/task Fix login", "/task Draft pricing copy #copy")
    return seat(project, "ana", "?view=chat", viewport=SIZES[getattr(request, "param", "desk")])


def preview(ana):
    return ana.page.locator("#preview")


def chosen(ana):
    return ana.suggestions.get_by_role("option", selected=True)


@ON_BOTH
def test_every_argument_is_chosen_by_keyboard(ana, project):
    for typed, label, wanted in [
        ("/du", "Commands", "/due"),
        ("pric", "Tasks", "Draft pricing copy"),
        ("tom", "Dates", "tomorrow"),
    ]:
        ana.composer.press_sequentially(typed)
        expect(ana.suggestions).to_have_attribute("aria-label", label)
        expect(chosen(ana)).to_contain_text(wanted)
        ana.composer.press("Tab")
    expect(ana.composer).to_have_value("/due #2 tomorrow ")
    expect(preview(ana)).to_contain_text("#2 Draft pricing copy")
    ana.composer.press("Enter")
    expect(ana.composer).to_have_value("")
    expect(ana.message("/due #2 tomorrow").locator(".task-card")).to_contain_text(DAY)


def test_signs_offer_their_choices_in_a_title(ana):
    ana.composer.press_sequentially("/task Paint the hall !hi")
    expect(chosen(ana)).to_contain_text("high")
    ana.composer.press("Tab")
    ana.composer.press_sequentially("due:next w")
    ana.composer.press("Escape")
    ana.composer.fill("/task Paint the hall due:toda")
    ana.composer.press("End")
    expect(chosen(ana)).to_contain_text("today")
    expect(chosen(ana)).to_contain_text(DAY)
    ana.composer.press("Tab")
    ana.composer.press_sequentially(">do")
    expect(ana.suggestions).to_have_attribute("aria-label", "Columns")
    ana.composer.press("Escape")
    expect(ana.suggestions).to_have_count(0)


@ON_BOTH
def test_a_number_is_that_task_and_no_other_that_begins_like_it(ana, project):
    project.said(*(f"/task Number {number}" for number in range(3, 13)), "/archive 1")
    ana.open("?view=chat")
    ana.composer.press_sequentially("/show 1")
    expect(chosen(ana)).to_be_visible()
    ana.composer.press("Enter")
    expect(ana.page.locator(".answer").last).to_contain_text("Fix login")


def test_a_chip_leads_to_its_part_of_the_line(ana):
    ana.composer.press_sequentially("/task Paint the hall !high due:tomorrow ")
    ana.composer.press("Escape")
    chip = preview(ana).get_by_role("button", name=DAY)
    expect(chip).to_be_visible()
    chip.focus()
    ana.page.keyboard.press("Enter")
    expect(ana.composer).to_be_focused()
    assert ana.page.evaluate("getSelection().toString()") == "due:tomorrow"


def test_tab_adds_the_date_that_a_title_ends_in(ana):
    ana.composer.press_sequentially("/task Buy paint by next friday")
    expect(preview(ana)).to_contain_text('Tab add due:"next friday"')
    ana.composer.press("Tab")
    expect(ana.composer).to_have_value('/task Buy paint due:"next friday"')
    expect(ana.composer).to_be_focused()
    ana.composer.press("Enter")
    expect(ana.message("/task Buy paint").locator(".task-card__title")).to_have_text("Buy paint")


def test_a_slip_is_mended_before_it_is_sent(ana):
    ana.composer.press_sequentially("/tsak Buy paint")
    expect(preview(ana)).to_contain_text("There is no command /tsak.")
    ana.composer.press("Tab")
    expect(ana.composer).to_have_value("/task Buy paint")
    ana.composer.press_sequentially(" due:wend ")
    expect(preview(ana)).to_contain_text('"wend" is not a date.')
    ana.composer.press("Tab")
    expect(ana.composer).to_have_value("/task Buy paint due:wed ")


def test_what_is_not_understood_goes_as_text_by_keyboard(ana):
    ana.say("/shurg whatever")
    way = ana.refusal.get_by_role("button", name="Send as text")
    expect(way).to_be_visible()
    way.focus()
    ana.page.keyboard.press("Enter")
    expect(ana.message("/shurg whatever")).to_be_visible()
    ana.say("//done is how you finish a task")
    expect(ana.message("/done is how you finish a task").locator(".msg__text")).to_have_text(
        re.compile(r"^\s*/done is how")
    )


def test_the_list_is_told_to_screen_readers(ana):
    ana.composer.press_sequentially("/do")
    active = ana.composer.get_attribute("aria-activedescendant")
    expect(ana.page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    expect(ana.page.locator("#status")).to_have_text(re.compile("commands?. Down arrow to choose."))
    ana.composer.press("Escape")
    assert ana.composer.get_attribute("aria-activedescendant") is None
    ana.composer.fill("/task Paint")
    expect(preview(ana)).to_contain_text("Paint")
    ana.composer.press("Alt+Enter")
    expect(ana.page.locator("#status")).to_contain_text("Add a task, “Paint”")


@ON_BOTH
def test_the_list_stays_on_the_screen_and_no_key_is_lost(ana):
    ana.composer.press_sequentially("/")
    box = ana.suggestions.bounding_box()
    assert box["y"] >= 0
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= ana.page.viewport_size["width"]
    assert box["y"] + box["height"] <= ana.composer.bounding_box()["y"] + 1
    line = "task Write @be down #co and due:fri !hi quickly 0123456789"
    ana.composer.press_sequentially(line)
    expect(ana.composer).to_have_value(f"/{line}")


def test_choosing_waits_for_an_input_method(ana):
    ana.composer.press_sequentially("/task @")
    expect(ana.suggestions).to_be_visible()
    cdp = ana.page.context.new_cdp_session(ana.page)
    cdp.send("Input.imeSetComposition", {"text": "べん", "selectionStart": 2, "selectionEnd": 2})
    key = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    expect(ana.composer).to_have_value("/task @べん")
    assert ana.project.texts[-1] != "/task @べん"


def test_the_box_of_a_task_knows_the_task(ana, project):
    ana.open("/t/2")
    ana.composer.press_sequentially("/due ")
    expect(ana.suggestions).to_have_attribute("aria-label", "Dates")
    ana.composer.press_sequentially("tomor")
    ana.composer.press("Tab")
    expect(preview(ana)).to_contain_text("#2 Draft pricing copy")
    ana.composer.press("Enter")
    expect(ana.page.get_by_label("Facts")).to_contain_text(DAY)
    ana.composer.press_sequentially("/help due")
    ana.composer.press("Control+Enter")
    expect(ana.page.locator("#task-answers .answer")).to_contain_text("Only you see this.")

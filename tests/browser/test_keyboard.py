"""The keyboard alone: no pointer is touched, and the focus is always somewhere."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import at_sentence

COUNT_POINTERS = """
  window.pointers = 0;
  for (const kind of ["pointerdown", "mousedown", "touchstart"]) {
    addEventListener(kind, () => { window.pointers += 1; }, true);
  }
"""


class Keys:
    """Presses keys, and looks after each where the focus is."""

    def __init__(self, seat):
        self.seat, self.page = seat, seat.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            assert self.seat.has_focus_somewhere, f"after {key} the focus is on nothing"

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def focus_is_on(self, locator) -> None:
        expect(locator).to_be_focused()


@pytest.fixture
def ana(project, seat):
    project.said("/task One", "/task Two", "/task Three", "/task Four >doing")
    ana = seat(project, "ana", None)
    ana.page.add_init_script(COUNT_POINTERS)
    return ana.open()


@pytest.fixture
def keys(ana):
    yield Keys(ana)
    assert ana.page.evaluate("window.pointers") == 0


def test_from_the_address_bar_to_a_message_and_a_task(ana, keys):
    keys.press("Tab")
    keys.focus_is_on(ana.page.get_by_role("link", name="Skip to the message box"))
    keys.press("Enter")
    keys.focus_is_on(ana.composer)
    keys.write("Good morning")
    keys.press("Enter")
    expect(ana.message("Good morning")).to_be_visible()
    keys.focus_is_on(ana.composer)
    keys.write("/ta")
    expect(ana.suggestions).to_be_visible()
    keys.press("Tab")
    keys.write("Paint the hall")
    keys.press("Enter")
    expect(ana.card("Paint the hall")).to_be_visible()
    keys.focus_is_on(ana.composer)


def test_single_keys_lead_everywhere(ana, keys):
    keys.press("Tab")
    keys.press("m")
    keys.focus_is_on(ana.composer)
    keys.press("Escape")
    assert "data-seq" in ana.page.evaluate("document.activeElement.outerHTML")
    keys.press("c")
    keys.focus_is_on(ana.composer)
    expect(ana.composer).to_have_value("/task ")
    keys.press("Control+a", "Delete", "Escape", "g", "b")
    assert ana.page.evaluate("document.activeElement.closest('.board') !== null")
    keys.press("g", "c")
    assert ana.page.evaluate("document.activeElement.closest('chat-log') !== null")
    keys.press("?")
    sheet = ana.page.get_by_role("dialog")
    expect(sheet).to_contain_text("Undo my last change")
    keys.press("Escape")
    expect(sheet).to_have_count(0)
    assert ana.has_focus_somewhere
    keys.page.keyboard.press("/")
    expect(ana.page).to_have_url(re.compile("/search"))
    keys.focus_is_on(ana.page.get_by_role("searchbox"))


def test_a_card_is_carried_by_space_and_arrows(ana, keys):
    ana.card("Four").locator(".card__title").focus()
    status = ana.page.locator("#status")
    keys.press("Space")
    expect(status).to_contain_text("Picked up")
    keys.press("ArrowLeft")
    expect(status).to_contain_text(re.compile(r"Next, \d of 4"))
    keys.press("Space")
    expect(status).to_contain_text(re.compile("Dropped in Next|moved to Next"))
    keys.focus_is_on(ana.card("Four").locator(".card__title"))
    expect(ana.column("next").locator(".card")).to_have_count(4)
    keys.press("z")
    expect(ana.column("doing").locator(".card")).to_have_count(1)
    assert ana.has_focus_somewhere


def test_escape_puts_a_carried_card_back(ana, keys):
    before = ana.titles("next")
    ana.column("next").locator(".card__title").first.focus()
    keys.press("Space", "ArrowDown", "ArrowRight")
    assert ana.titles("next") != before
    keys.press("Escape")
    assert ana.titles("next") == before
    ana.page.reload()
    expect(ana.column("next").locator(".card__title")).to_have_text(before)


def test_arrows_walk_the_board_with_one_tab_stop(ana, keys):
    assert ana.page.locator("#board .card__title[tabindex='0']").count() == 1
    ana.column("next").locator(".card__title").first.focus()
    titles = ana.titles("next")
    keys.press("ArrowDown")
    keys.focus_is_on(ana.card(titles[1]).locator(".card__title"))
    keys.press("ArrowRight")
    keys.focus_is_on(ana.card("Four").locator(".card__title"))
    keys.page.keyboard.press("Enter")
    expect(ana.page.get_by_role("heading", name="Four")).to_be_visible()


def test_the_move_menu_is_the_way_without_dragging(ana, keys):
    ana.card("One").locator(".card__title").focus()
    keys.press("v")
    dialog = ana.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Move")
    dialog.get_by_label("Column").select_option("Done")
    dialog.get_by_role("button", name="Move", exact=True).press("Enter")
    expect(ana.column("done").locator(".card")).to_have_count(1)
    keys.focus_is_on(ana.card("One").locator(".card__title"))


def test_shift_d_finishes_and_i_takes(ana, keys, project):
    ana.card("One").locator(".card__title").focus()
    keys.press("i")
    expect(ana.card("One").locator(".avatar")).to_have_count(1)
    keys.press("Shift+D")
    expect(ana.column("done").locator(".card")).to_have_count(1)
    assert ana.has_focus_somewhere


def test_adding_at_the_foot_of_a_column(ana, keys):
    field = ana.column("backlog").get_by_label("Add a task to Backlog")
    field.focus()
    keys.write("Five")
    keys.press("Enter")
    expect(ana.card("Five")).to_be_visible()
    keys.focus_is_on(field)


def test_lines_are_walked_with_arrows_and_a_card_opened_with_enter(ana, keys):
    ana.composer.focus()
    keys.press("Escape")
    last = ana.page.locator("chat-log ol > li[data-seq]").last
    keys.focus_is_on(last)
    keys.press("k", "ArrowUp", "j")
    keys.page.keyboard.press("Enter")
    expect(ana.page).to_have_url(re.compile(r"/t/\d+$"))
    expect(ana.page.get_by_role("heading", level=1)).to_have_text(at_sentence("Three"))


def test_the_width_of_the_chat_is_set_with_arrows(ana, keys):
    divider = ana.page.get_by_role("separator")
    divider.focus()
    before = int(divider.get_attribute("aria-valuenow"))
    keys.press("ArrowRight")
    assert int(divider.get_attribute("aria-valuenow")) > before


def test_a_refusal_is_mended_without_leaving_the_box(ana, keys):
    ana.composer.focus()
    keys.write("/dnoe #1")
    keys.press("Enter")
    expect(ana.refusal).to_be_visible()
    keys.press("Enter")
    expect(ana.column("done").locator(".card")).to_have_count(1)
    keys.focus_is_on(ana.composer)

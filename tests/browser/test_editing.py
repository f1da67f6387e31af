"""Editing and removing what one said: where it stands, by keyboard and by menu, seen by everybody, and losing no words."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import ON_BOTH, SIZES


@pytest.fixture
def ana(project, seat, request):
    project.said("The lamp flikcers", "It does so at night")
    return seat(project, "ana", "?view=chat", viewport=SIZES[getattr(request, "param", "desk")])


@pytest.fixture
def ben(project, ana, seat):
    return seat(project, "ben", "?view=chat")


def field(seat):
    return seat.page.get_by_label("Editing")


def press(seat, *keys):
    for key in keys:
        seat.page.keyboard.press(key)


def line(seat, text):
    """The line that says just this."""
    return seat.page.locator("li.msg[data-seq]").filter(
        has=seat.page.locator(".msg__text", has_text=re.compile(f"^\\s*{re.escape(text)}\\s*$"))
    )


@pytest.mark.journey
def test_a_slip_is_mended_by_keyboard_and_everybody_sees_it(ana, ben):
    ben.message("The lamp flikcers").focus()
    press(ben, "r")
    ben.say("Since when?")
    expect(ana.message("Since when?")).to_be_visible()
    ana.composer.fill("Half a thought")
    ana.message("The lamp flikcers").first.focus()
    press(ana, "e")
    expect(field(ana)).to_be_focused()
    expect(field(ana)).to_have_value("The lamp flikcers")
    field(ana).fill("The lamp **flickers**")
    press(ana, "Shift+Enter")
    field(ana).press_sequentially("for @" + ana.project.ben.handle)
    press(ana, "Enter")
    expect(field(ana)).to_have_count(0)
    row = ana.page.locator("li.msg[data-seq]").first
    expect(row).to_be_focused()
    expect(row.locator("strong")).to_have_text("flickers")
    expect(ana.composer).to_have_value("Half a thought")
    theirs = ben.page.locator("li.msg[data-seq]").first
    expect(theirs.locator(".mention")).to_be_visible()
    expect(theirs.locator(".msg__edited")).to_have_text("(edited)")
    expect(theirs.locator(".msg__edited")).to_have_attribute("title", re.compile(r"\d\d:\d\d"))
    expect(ben.message("Since when?").locator(".quote__text")).to_contain_text("The lamp flickers for")
    assert ana.seqs() == ben.seqs(), "an edit is no line of its own"
    ben.page.reload()
    expect(theirs.locator(".msg__edited")).to_have_text("(edited)")


@ON_BOTH
def test_the_menu_offers_it_with_ones_own_words_alone(ana, ben):
    ben.say("I saw it too")
    item = ana.page.locator("#message-menu").get_by_role("menuitem", name="Edit")
    for text, is_there in (("I saw it too", False), ("It does so at night", True)):
        row = line(ana, text)
        row.hover()
        row.locator(".msg__more").click()
        expect(
            ana.page.locator("#message-menu").get_by_role("menuitem", name="Copy the text")
        ).to_be_visible()
        expect(item).to_have_count(1 if is_there else 0)
        if not is_there:
            press(ana, "Escape")
    item.click()
    field(ana).fill("It does so at noon")
    ana.page.get_by_role("button", name="Save").click()
    expect(line(ben, "It does so at noon")).to_be_visible()
    ben.message("It does so at noon").focus()
    press(ben, "e")
    expect(ben.page.locator("form.msg-edit")).to_have_count(0)


def test_up_in_the_empty_box_edits_the_last_one_and_escape_leaves_it(ana, ben):
    ben.say("Something of Ben's")
    expect(ana.message("Something of Ben's")).to_be_visible()
    asked = []
    ana.page.on("request", lambda request: asked.append(request.url))
    ana.composer.fill("x")
    press(ana, "ArrowUp")
    ana.composer.fill("")
    assert not [url for url in asked if url.endswith("/edit")]
    press(ana, "ArrowUp")
    expect(field(ana)).to_have_value("It does so at night")
    field(ana).fill("Not meant")
    press(ana, "Escape")
    expect(field(ana)).to_have_count(0)
    expect(ana.composer).to_be_focused()
    line(ana, "It does so at night").focus()
    press(ana, "e")
    expect(field(ana)).to_have_value("It does so at night")
    press(ana, "Escape")
    expect(line(ana, "It does so at night")).to_be_focused()


def test_a_line_that_comes_leaves_the_field_the_focus(ana, ben):
    ana.say("A slpi")
    row = line(ana, "A slpi")
    row.focus()
    press(ana, "e")
    field(ana).fill("A slip")
    ana.page.evaluate("document.querySelector('.log').scrollTop = 0")
    for number in range(3):
        ben.say(f"Meanwhile {number}")
        expect(ana.message(f"Meanwhile {number}")).to_have_count(1)
    expect(field(ana)).to_be_focused()
    press(ana, "Enter")
    expect(line(ben, "A slip")).to_be_visible()


def test_what_is_on_its_way_is_not_taken_back(ana, ben):
    line(ana, "It does so at night").focus()
    press(ana, "e")
    field(ana).fill("It does so at dusk")
    ana.page.route("**/edit", lambda route: None)  # no answer comes
    press(ana, "Enter")
    press(ana, "Escape")
    expect(field(ana)).to_have_value("It does so at dusk")
    expect(field(ana)).not_to_be_editable()


def test_what_cannot_be_saved_stays_and_says_why(ana, ben, complaints):
    complaints.network_may_fail = True
    line(ana, "It does so at night").focus()
    press(ana, "e")
    field(ana).fill(" ")
    press(ana, "Enter")
    why = ana.page.locator(".msg-edit__why")
    expect(why).to_have_text("There is nothing to send yet.")
    field(ana).fill("It does so at dawn")
    ana.page.context.set_offline(True)
    press(ana, "Enter")
    expect(why).to_have_text("No connection. Try again when there is one.")
    expect(field(ana)).to_have_value("It does so at dawn")
    ana.page.context.set_offline(False)
    press(ana, "Enter")
    expect(line(ben, "It does so at dawn")).to_be_visible()
    expect(field(ana)).to_have_count(0)


def test_words_of_another_tab_are_shown_before_they_are_replaced(project, ana, seat, complaints):
    complaints.network_may_fail = True  # a refusal has status 422
    other = seat(project, "ana", "?view=chat")
    for tab in (ana, other):
        line(tab, "It does so at night").focus()
        press(tab, "e")
        expect(field(tab)).to_be_focused()
    field(ana).fill("At night, from one tab")
    press(ana, "Enter")
    said = other.page.locator(".msg--editing .msg__text")
    expect(said).to_have_text("At night, from one tab")
    expect(said).to_be_hidden()
    field(other).fill("At night, from the other")
    press(other, "Enter")
    expect(other.page.locator(".msg-edit__why")).to_contain_text("changed meanwhile")
    expect(said).to_be_visible()
    expect(field(other)).to_have_value("At night, from the other")
    press(other, "Enter")
    expect(line(ana, "At night, from the other")).to_be_visible()


def test_an_edited_command_leaves_the_board_as_it_is(project, ana, ben):
    ana.page.goto(project.path)
    ana.is_live().say("/task Mend the lamp")
    expect(ana.card("Mend the lamp")).to_be_visible()
    ana.message("/task Mend the lamp").first.focus()
    press(ana, "e")
    keeps = ana.page.locator(".msg-edit__keeps")
    expect(keeps).to_have_text(f"The task keeps its changes. Edit {project.key}-1 instead?")
    field(ana).fill("/done 1\n/task Another")
    press(ana, "Enter")
    expect(ben.message("/done 1").locator(".msg__edited")).to_be_visible()
    ana.page.reload()
    expect(ana.column("next").locator(".card")).to_have_count(1)
    expect(ana.page.locator("#board .card")).to_have_count(1)
    expect(ana.message("/done 1").locator(".task-card")).to_contain_text("Mend the lamp")
    ana.message("/done 1").first.focus()
    press(ana, "e")
    keeps.get_by_role("link").click()
    expect(ana.page).to_have_url(re.compile(r"/t/1$"))


def test_it_works_on_the_page_of_a_task(project, ana, ben, seat):
    project.said("/task Mend the lamp", "about #1")
    page = seat(project, "ana", "/t/1").page
    box = page.get_by_label(re.compile("^Write about"))
    box.focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Editing")).to_have_value("about #1")
    page.get_by_label("Editing").fill("about #1 and the cable")
    page.keyboard.press("Enter")
    expect(page.locator("#task-lines .msg__text").last).to_have_text("about #1 and the cable")
    row = ben.message("about #1 and the cable")
    expect(row.locator(".msg__edited")).to_be_visible()
    theirs = seat(project, "ben", "/t/1").page
    expect(theirs.locator("#task-lines li.msg")).to_have_count(2)
    line(ana, "about #1 and the cable").focus()
    press(ana, "e")
    field(ana).fill("about the cable")
    press(ana, "Enter")
    expect(theirs.locator("#task-lines li.msg")).to_have_count(1)


def test_the_menu_is_on_the_page_of_a_task(project, seat, ana):
    project.said("/task Mend the lamp", "about #1")
    page = seat(project, "ana", "/t/1").page
    row = page.locator("#task-lines li.msg").filter(has_text="about #1")
    row.hover()
    row.locator(".msg__more").click()
    page.locator("#message-menu").get_by_role("menuitem", name="Edit").click()
    page.get_by_label("Editing").fill("about #1, mended")
    page.get_by_role("button", name="Save").last.click()
    expect(row.locator(".msg__edited")).to_be_visible()
    expect(page.get_by_label("Editing")).to_have_count(0)


def test_reading_holds_still_while_a_line_becomes_a_field(project, seat):
    project.said(*[f"line {n}" for n in range(80)])
    ana = seat(project, "ana", "?view=chat")
    row = line(ana, "line 40")
    row.scroll_into_view_if_needed()
    row.focus()
    above = line(ana, "line 39")
    at = above.bounding_box()["y"]
    press(ana, "e")
    expect(field(ana)).to_be_focused()
    assert abs(above.bounding_box()["y"] - at) <= 1
    press(ana, "Escape")
    assert abs(above.bounding_box()["y"] - at) <= 1


@pytest.mark.journey
def test_a_message_is_removed_for_everybody_and_a_reply_says_so(ana, ben):
    ben.message("The lamp flikcers").focus()
    press(ben, "r")
    ben.say("Since when?")
    expect(ana.message("Since when?")).to_be_visible()
    line(ana, "The lamp flikcers").focus()
    press(ana, "Delete")
    dialog = ana.page.get_by_role("dialog", name="Remove this message?")
    expect(dialog).to_contain_text("nothing brings its words back")
    press(ana, "Escape")
    expect(line(ana, "The lamp flikcers")).to_be_focused()
    press(ana, "Delete")
    dialog.get_by_role("button", name="Remove").click()
    gone = ana.page.locator("li.msg[data-seq]").first
    expect(gone).to_contain_text("Message removed by its author.")
    expect(gone).to_be_focused()
    press(ana, "e", "t", "r", "Delete")
    expect(dialog).to_have_count(0)
    expect(ana.composer).to_have_value("")
    expect(ben.message("Since when?").locator(".quote__text")).to_have_text("Message removed by its author.")
    expect(ben.page.locator("chat-log").get_by_text("The lamp flikcers")).to_have_count(0)
    ben.page.reload()
    expect(ben.message("Since when?").locator(".quote__text")).to_have_text("Message removed by its author.")


@ON_BOTH
def test_an_owner_removes_what_somebody_else_said_by_the_menu(ana, ben):
    ben.say("/task Mend the lamp")
    row = ana.message("/task Mend the lamp")
    row.hover()
    row.locator(".msg__more").click()
    ana.page.locator("#message-menu").get_by_role("menuitem", name="Remove").click()
    dialog = ana.page.get_by_role("dialog", name="Remove this message?")
    expect(dialog).to_contain_text("What came of it stays as it is.")
    dialog.get_by_role("button", name="Remove").click()
    theirs = ben.page.locator("li.msg[data-seq]").last
    expect(theirs).to_contain_text("Message removed by an owner.")
    expect(theirs.locator(".task-card")).to_contain_text("Mend the lamp")
    theirs.hover()
    theirs.locator(".msg__more").click()
    expect(ben.page.locator("#message-menu [role=menuitem]:visible")).to_have_text(
        re.compile("Copy the link")
    )
    press(ben, "Escape")
    line(ben, "It does so at night").focus()
    press(ben, "Delete")
    expect(ben.page.get_by_role("dialog")).to_have_count(0)


def test_a_removal_that_did_not_come_through_is_tried_again(ana, ben, complaints):
    complaints.network_may_fail = True
    line(ana, "It does so at night").focus()
    press(ana, "Delete")
    ana.page.context.set_offline(True)
    ana.page.get_by_role("button", name="Remove").click()
    expect(ana.toast).to_contain_text("No connection.")
    expect(line(ana, "It does so at night")).to_be_visible()
    ana.page.context.set_offline(False)
    ana.toast.get_by_role("button", name="Retry").click()
    expect(ben.page.locator("li.msg[data-seq]").last).to_contain_text("Message removed by its author.")

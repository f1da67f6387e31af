"""Two people at work: what one does, the other sees."""

import re

import pytest
from playwright.sync_api import Locator, expect


@pytest.fixture
def ana(project, seat):
    return seat(project, "ana")


@pytest.fixture
def ben(project, seat):
    return seat(project, "ben")


def drag(card: Locator, column: Locator) -> None:
    """With the mouse, in steps, as a hand does it."""
    mouse, start, end = card.page.mouse, card.bounding_box(), column.bounding_box()
    mouse.move(start["x"] + 20, start["y"] + start["height"] - 12)
    mouse.down()
    mouse.move(start["x"] + 30, start["y"] + 30, steps=4)
    mouse.move(end["x"] + end["width"] / 2, end["y"] + 80, steps=8)
    mouse.up()


@pytest.mark.journey
def test_a_message_reaches_the_other_at_once(ana, ben):
    ana.say("The hall is **open**")
    for each in (ana, ben):
        expect(each.message("The hall is open").locator("strong")).to_have_text("open")
    expect(ana.pending).to_have_count(0)
    expect(ana.composer).to_have_value("")
    expect(ana.composer).to_be_focused()


@pytest.mark.journey
def test_a_command_becomes_a_card_in_both_chats_and_on_both_boards(ana, ben, project):
    ana.say(f"/task Draft pricing copy @{project.ben.handle} #copy !high")
    for each in (ana, ben):
        line = each.message("/task Draft pricing copy")
        expect(line.locator(".task-card__title")).to_have_text("Draft pricing copy")
        expect(line.locator(".effect__line")).to_contain_text("added to Next")
        expect(each.column("next").locator(".card")).to_have_count(1)
        expect(each.card("Draft pricing copy").locator(".card__facts")).to_contain_text("copy")


def test_done_moves_the_card_and_turns_the_old_line(ana, ben):
    ana.say("/task Fix hero crop")
    expect(ben.card("Fix hero crop")).to_be_visible()
    ben.say("/done #1")
    for each in (ana, ben):
        expect(each.column("done").locator(".card")).to_have_count(1)
        line = each.message("/task Fix hero crop")
        expect(line.locator(".task-card__column")).to_have_text("Done")
        expect(line.locator(".effect__line")).to_contain_text("added to Next")


@pytest.mark.journey
def test_dragging_with_the_mouse_moves_the_card_for_everybody(project, ana, ben):
    ana.say("/task Cookie notice")
    ben.page.set_viewport_size({"width": 1920, "height": 900})  # all columns are in view
    expect(ben.column("doing")).to_be_in_viewport(ratio=1)
    drag(ben.card("Cookie notice"), ben.column("doing"))
    for each in (ben, ana):
        expect(each.column("doing").locator(".card")).to_have_count(1)
        expect(each.column("next").locator(".card")).to_have_count(0)
        expect(each.message("/task Cookie notice").locator(".task-card__column")).to_have_text("Doing")
    expect(ben.toast).to_contain_text("moved to Doing")
    ben.page.reload()
    expect(ben.column("doing").locator(".card")).to_have_count(1)


def test_what_waits_while_a_card_is_held_above_its_column_comes_once(project, seat):
    project.said("/task Kerning", "/task Cookie notice >doing")
    ana = seat(project, "ana", viewport={"width": 1920, "height": 900})
    ben = seat(project, "ben")
    start, aim = ana.card("Kerning").bounding_box(), ana.column("doing").bounding_box()
    ana.page.mouse.move(start["x"] + 20, start["y"] + start["height"] - 12)
    ana.page.mouse.down()
    ana.page.mouse.move(aim["x"] + 60, aim["y"] + 120, steps=8)
    ben.say("/rename #2 Cookies\n/due #2 2031-05-06\n/rename #2 Biscuits")
    expect(ana.message("/rename #2")).to_be_visible()
    ana.page.mouse.up()
    for each in (ana, ben):
        expect(each.column("doing").locator(".card")).to_have_count(2)
        expect(each.column("next").locator(".card")).to_have_count(0)
        expect(each.card("Biscuits")).to_have_count(1)


def test_order_within_a_column_is_the_servers(project, seat):
    project.said("/task One", "/task Two", "/task Three")
    ana, ben = seat(project, "ana"), seat(project, "ben")
    before = ana.titles("next")
    assert sorted(before) == ["One", "Three", "Two"]
    last = ana.column("next").locator(".card").last
    last.locator(".card__title").focus()
    last.press("Shift+ArrowUp")
    wanted = [before[0], before[2], before[1]]
    expect(ben.column("next").locator(".card__title")).to_have_text(wanted)
    ana.page.reload()
    expect(ana.column("next").locator(".card__title")).to_have_text(wanted)


def test_a_card_that_is_moved_quickly_stands_where_it_was_left(project, seat):
    project.said(*[f"/task T{n}" for n in range(7)])
    ana, ben = seat(project, "ana"), seat(project, "ben")
    for _ in range(4):
        titles = ana.titles("next")
        ana.column("next").locator(".card__title").first.focus()
        for _ in range(5):
            ana.page.keyboard.press("Shift+ArrowDown")
        wanted = [*titles[1:6], titles[0], titles[6]]
        for each in (ben, ana):
            expect(each.column("next").locator(".card__title")).to_have_text(wanted)


def test_adding_at_the_foot_of_a_column_keeps_the_field_for_the_next(ana, ben):
    field = ana.column("backlog").get_by_label("Add a task to Backlog")
    for title in ("Redirect map", "Swap the fonts"):
        field.fill(title)
        field.press("Enter")
        expect(ben.column("backlog").locator(".card").filter(has_text=title)).to_be_visible()
        expect(field).to_be_focused()
        expect(field).to_have_value("")


def test_tasks_that_are_added_quickly_stand_in_the_order_they_were_written(ana, ben):
    field = ana.column("backlog").get_by_label("Add a task to Backlog")
    titles = [f"Shot {n}" for n in range(8)]
    for title in titles:
        field.fill(title)
        field.press("Enter")
    for each in (ana, ben):
        expect(each.column("backlog").locator(".card__title")).to_have_text(titles)


def test_undo_by_command_and_by_key(ana, ben):
    ana.say("/task Swap the fonts")
    expect(ana.card("Swap the fonts")).to_be_visible()
    ana.say("/done #1")
    expect(ben.column("done").locator(".card")).to_have_count(1)
    ana.say("/undo")
    expect(ben.column("done").locator(".card")).to_have_count(0)
    ana.say("/done #1")
    expect(ana.column("done").locator(".card")).to_have_count(1)
    ana.composer.press("Escape")
    ana.page.keyboard.press("z")
    for each in (ana, ben):
        expect(each.column("next").locator(".card")).to_have_count(1)


def test_buttons_of_a_card_in_the_chat(ana, ben):
    ana.say("/task Kerning")
    line = ben.message("/task Kerning")
    line.get_by_role("button", name="Take it").click()
    expect(ana.column("doing").locator(".card")).to_have_count(1)
    line.get_by_role("button", name="Done").click()
    expect(ana.column("done").locator(".card")).to_have_count(1)
    line.get_by_role("button", name="Reopen").click()
    expect(ana.column("done").locator(".card")).to_have_count(0)


@pytest.mark.journey
def test_who_is_here_and_who_is_typing(ana, ben, project):
    face = ana.page.locator(f"#presence [data-person='{project.ben.id}']")
    expect(face).to_have_class(re.compile("is-here"))
    ben.composer.press_sequentially("I think")
    expect(ana.page.locator("#typing")).to_contain_text("Ben is typing")
    ben.page.context.close()
    expect(face).not_to_have_class(re.compile("is-here"))


def test_a_card_outlines_its_twin(ana):
    ana.say("/task Kerning")
    expect(ana.card("Kerning")).to_be_visible()
    ana.message("/task Kerning").locator(".task-card").hover()
    expect(ana.card("Kerning")).to_have_class(re.compile("is-twin"))
    ana.card("Kerning").hover()
    expect(ana.message("/task Kerning").locator(".task-card")).to_have_class(re.compile("is-twin"))


def test_a_reference_shows_the_task_as_it_is_now(ana, ben):
    ana.say("/task Hero photography")
    expect(ana.card("Hero photography")).to_be_visible()
    ana.say("Could you look at #1 before lunch?")
    chip = ben.message("before lunch?").locator("a.task-ref")
    expect(chip).to_have_attribute("href", re.compile(r"/t/1$"))
    expect(chip).to_have_attribute("data-kind", "next")
    ana.say("/done #1")
    expect(chip).to_have_attribute("data-kind", "done")


@pytest.mark.journey
def test_somebody_who_is_removed_is_sent_away_at_once(project, ana, ben):
    ana.page.goto(f"{project.path}/settings/people")
    ana.page.get_by_role("link", name="Remove Ben").click()
    ana.page.get_by_role("button", name=re.compile("Remove")).click()
    expect(ben.page.get_by_role("dialog")).to_contain_text("You are not in this project any more.")


@pytest.mark.journey
def test_a_guest_talks_but_changes_no_task(project, seat):
    project.said("/task Locked up")
    gus, ana = seat(project, "gus"), seat(project, "ana")
    gus.say("Good morning")
    expect(ana.message("Good morning")).to_be_visible()
    expect(gus.page.get_by_label("Add a task to Next")).to_be_hidden()
    gus.say("/done #1")
    expect(gus.refusal).to_contain_text("Guests")
    expect(gus.composer).to_have_value("/done #1")
    expect(ana.column("done").locator(".card")).to_have_count(0)

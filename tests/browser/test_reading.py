"""Reading: where a visit begins, what is new, and that nothing moves under the eyes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import eventually

# Scrolls to a place, waits until the change it causes has come, and says how far the first visible row has moved.
HELD = """async ([top, change]) => {
  const box = document.querySelector("section.log");
  const rows = () => [...document.querySelectorAll("chat-log ol > li[data-seq]")];
  const before = rows().length;
  box.scrollTop = top;
  const edge = box.getBoundingClientRect().top;
  const row = rows().find((each) => each.getBoundingClientRect().top >= edge);
  const at = row.getBoundingClientRect().top;
  let worst = 0;
  const frame = () => new Promise(requestAnimationFrame);
  const look = () => { worst = Math.max(worst, Math.abs(row.getBoundingClientRect().top - at)); };
  for (let n = 0; n < 900 && rows().length === before; n += 1) { await frame(); look(); }
  for (let n = 0; n < 20; n += 1) { await frame(); look(); }
  return {worst, added: rows().length - before};
}"""


@pytest.mark.journey
def test_a_visit_begins_at_the_unread_line(project, seat):
    seq = project.said(*[f"old {n}" for n in range(30)])
    project.said(*[f"fresh {n}" for n in range(40)])
    project.read("ben", seq)
    ben = seat(project, "ben")
    heading = ben.page.get_by_role("heading", name="New", exact=True)
    expect(heading).to_be_in_viewport()
    expect(ben.message("fresh 0").first).to_be_in_viewport()
    expect(ben.message("fresh 39")).not_to_be_in_viewport()
    assert ben.page.locator("#earlier .msg").last.locator(".msg__text").inner_text().strip() == "old 29"
    ben.scroller.press("End")
    expect(ben.message("fresh 39")).to_be_in_viewport()
    eventually(lambda: project.seen("ben") == seq + 40)
    ben.page.reload()
    expect(ben.message("fresh 39")).to_be_in_viewport()
    expect(heading).to_be_hidden()


def test_lines_that_come_while_reading_above_are_counted(project, seat):
    project.said(*[f"line {n}" for n in range(60)])
    ana, ben = seat(project, "ana"), seat(project, "ben")
    ana.scroller.hover()
    ana.page.mouse.wheel(0, -1200)
    expect(ana.message("line 59")).not_to_be_in_viewport()
    ben.say("first news")
    pill = ana.page.get_by_role("button", name=re.compile("new below"))
    expect(pill).to_have_text(re.compile("1 new below"))
    ben.say(f"second, for @{project.ana.handle}")
    expect(pill).to_have_text(re.compile("2 new below · 1 for you"))
    expect(ana.message("first news")).not_to_be_in_viewport()
    pill.click()
    expect(ana.message("second, for")).to_be_in_viewport()
    expect(pill).to_be_hidden()
    ben.say("third")
    expect(ana.message("third")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_what_comes_is_read_out_without_its_buttons(project, seat):
    project.said("Could somebody fix the lamp?", by="ben")
    ana, ben = seat(project, "ana"), seat(project, "ben")
    heard = ana.page.get_by_role("log")
    ben.say("/task Fix the lamp")
    expect(heard.locator("p")).to_have_text(
        ["Ben, /task Fix the lamp", f"{project.key}-1, Fix the lamp, added to Next"]
    )
    expect(ana.message("/task Fix").get_by_role("link", name="Make a task of this, and more")).to_have_count(
        1
    )
    expect(heard.locator("a, button, li")).to_have_count(0)
    ana.say("I know what I say")
    ben.say("More")
    expect(heard).to_contain_text("Ben, More")
    expect(heard).not_to_contain_text("I know")


def test_many_lines_at_once_are_counted_instead_of_read_out(project, seat):
    ana, ben = seat(project, "ana"), seat(project, "ben")
    for n in range(8):
        ben.say(f"line {n}")
    expect(ana.page.locator("#status")).to_have_text(re.compile("[1-5] new messages"))
    expect(ana.message("line 7")).to_have_count(1)
    expect(ana.page.get_by_role("log")).not_to_contain_text("line 7")


def test_older_lines_load_and_what_is_read_stays_where_it_is(project, seat):
    project.said(*[f"line {n}\n\n- with a list\n- of two" if n % 7 == 0 else f"line {n}" for n in range(180)])
    ana = seat(project, "ana")
    first = ana.seqs()[0]
    for _ in range(2):
        held = ana.page.evaluate(HELD, [200, "older"])
        assert held["added"] > 0
        assert held["worst"] <= 1
    assert ana.seqs() == sorted(ana.seqs())
    assert ana.seqs()[0] < first
    ana.scroller.press("Home")
    expect(ana.message("line 0").first).to_be_in_viewport()
    ana.scroller.press("End")
    expect(ana.message("line 179")).to_be_in_viewport()


REMOVE_FIRST = """async (lines) => {
  const id = /id="message-([0-9]+)"/.exec(await (await fetch(lines)).text())[1];
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  await fetch(lines.replace(/lines.*/, `m/${id}/remove`), {method: "POST", headers: {"X-CSRFToken": token}});
}"""


def test_older_lines_do_not_bring_back_what_was_removed_while_they_were_on_their_way(project, seat):
    project.said("regretted", *[f"line {n}" for n in range(70)])
    ana, other = seat(project, "ana"), seat(project, "ana")
    held = []
    ana.page.route("**/lines?before=*", lambda route: held.append((route, route.fetch())), times=1)
    ana.scroller.hover()
    ana.page.mouse.wheel(0, -9000)
    eventually(lambda: ana.page.evaluate("true") and held)  # routes are called while something is asked
    other.page.evaluate(REMOVE_FIRST, f"{project.path}/lines?after=0")
    other.say("and now")
    expect(ana.message("and now")).to_be_attached()
    ((route, response),) = held
    assert "regretted" in response.text()
    route.fulfill(response=response)
    expect(ana.page.locator("li.msg[data-seq]").first).to_contain_text("Message removed by its author.")
    assert "regretted" not in ana.page.content()


def test_the_end_has_the_line_that_came_while_it_was_on_its_way(project, seat):
    project.said(*[f"line {n}" for n in range(160)])
    ben, other = seat(project, "ben"), seat(project, "ana")
    first = ben.page.evaluate("fetch(location.pathname + '/lines?after=0').then((answer) => answer.text())")
    ben.open("/m/" + re.search('id="message-([0-9]+)"', first)[1])
    held = []
    ben.page.route("**/lines?before=*", lambda route: held.append((route, route.fetch())), times=1)
    ben.scroller.press("End")
    eventually(lambda: ben.page.evaluate("true") and held)
    other.say("late")
    expect(ben.page.get_by_role("button", name=re.compile("1 new below"))).to_be_visible()
    ((route, response),) = held
    assert "late" not in response.text()
    route.fulfill(response=response)
    expect(ben.message("late")).to_be_visible()
    expect(ben.message("line 159")).to_have_count(1)


def test_a_busy_conversation_does_not_move_the_line_that_is_read(project, seat):
    project.said("/task Kerning", *[f"line {n}" for n in range(45)])
    ana, ben = seat(project, "ana"), seat(project, "ben")
    ana.scroller.evaluate("box => { box.scrollTop -= 500; }")
    row = ana.message("line 25")
    expect(row).to_be_in_viewport()
    place = row.bounding_box()["y"]
    for n in range(15):
        ben.say(f"news {n}")
    ben.say("/done #1")
    expect(ana.page.locator("#below")).to_contain_text("16 new below")
    expect(ana.message("/task Kerning").locator(".task-card__column")).to_have_text("Done")
    assert abs(row.bounding_box()["y"] - place) <= 1


def test_a_permalink_opens_at_its_line_and_leads_back_to_now(project, seat):
    project.said(*[f"line {n}" for n in range(150)])
    ana = seat(project, "ana")
    ana.scroller.press("Home")
    target = ana.message("line 20").first
    link = target.locator(".msg__time").get_attribute("href")
    ben = seat(project, "ben", None)
    ben.page.goto(link)
    ben.is_live()
    expect(ben.message("line 20").first).to_be_in_viewport()
    expect(ben.message("line 149")).to_have_count(0)
    ana.say("news of today")
    ben.scroller.press("End")
    expect(ben.message("news of today")).to_be_in_viewport()
    assert ben.seqs() == sorted(set(ben.seqs()))


def test_days_and_authors_group_the_lines(project, seat):
    project.said("one", "two")
    project.said("three", by="ben")
    ana = seat(project, "ana")
    expect(ana.page.locator(".day").filter(has_text="Today")).to_have_count(1)
    expect(ana.message("two")).to_have_class(re.compile("msg--tight"))
    expect(ana.message("three")).not_to_have_class(re.compile("msg--tight"))


def test_a_day_has_an_address(project, seat):
    project.said("only line")
    ana = seat(project, "ana", "/on/2020-01-01")
    expect(ana.message("only line")).to_be_visible()


def test_back_and_forward_between_pages_keep_the_conversation_true(project, seat):
    project.said("/task Kerning")
    ana, ben = seat(project, "ana"), seat(project, "ben")
    ana.message("/task Kerning").locator(".task-card__title").click()
    expect(ana.page).to_have_url(re.compile("/t/1$"))
    ben.say("while you were away")
    ana.page.go_back()
    expect(ana.message("while you were away")).to_have_count(1)
    ana.page.go_forward()
    expect(ana.page.get_by_role("heading", name="Kerning")).to_be_visible()


def test_my_own_words_are_not_new_to_me(project, seat):
    ana = seat(project, "ana")
    ana.say("said by myself")
    expect(ana.message("said by myself")).to_be_visible()
    ana.page.reload()
    expect(ana.message("said by myself")).to_be_visible()
    expect(ana.page.get_by_role("heading", name="New", exact=True)).to_be_hidden()

"""Every slash command by keyboard alone, right and wrong, on a desk and on a phone, while somebody else looks on."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.cast import SIZES
from tests.faults.extent import extent


class Case(NamedTuple):
    """What is typed and what everybody sees in the line of it; what is mistyped and how it is refused.

    What an answer in private says begins with "=".
    """

    right: str
    seen: str
    wrong: str
    refused: str


# In this order: each leaves what the next one needs. The tasks are 1 and 2 at first.
CASES = {
    "task": Case("/task Paint the hall !high #house", "Paint the hall", "/task", "title"),
    "start": Case("/start 1", "Doing", "/start 99", "no task #99"),
    "done": Case("/done 1", "completed", "/done", "Which task"),
    "reopen": Case("/reopen 1", "reopened", "/reopen 99", "no task #99"),
    "undo": Case("/undo", "before it was", "/undo what", "understood /undo but not"),
    "redo": Case("/redo", "after it was", "/redo what", "understood /redo but not"),
    "assign": Case("/assign 1 @me", "Ana", "/assign 1 @nobody-here", "nobody-here"),
    "unassign": Case("/unassign 1 @me", "Ana", "/unassign 1 @nobody-here", "nobody-here"),
    "move": Case("/move 1 doing", "Doing", "/move 1 nowhere", "nowhere"),
    "due": Case("/due 1 tomorrow", "due", "/due 1 someday", "someday"),
    "rename": Case("/rename 1 Fix the login", "Fix the login", "/rename 1", "title"),
    "label": Case("/label 1 #web", "web", "/label 1", "label"),
    "unlabel": Case("/unlabel 1 #web", "web", "/unlabel 1 #nosuch", "nosuch"),
    "priority": Case("/priority 1 urgent", "Urgent", "/priority 1 very", "very"),
    "estimate": Case("/estimate 1 2h", "2h", "/estimate 1 long", "long"),
    "subtask": Case("/subtask 1 Call the vendor", "Call the vendor", "/subtask 1", "What are its steps"),
    "block": Case("/block 1 by 2", "blocked", "/block 1 by 1", "itself"),
    "unblock": Case("/unblock 1", "blocked", "/unblock 99", "no task #99"),
    "comment": Case("/comment 1 The vendor has answered", "The vendor has answered", "/comment 1", "say"),
    "archive": Case("/archive 3", "archived", "/archive 99", "no task #99"),
    "delete": Case("/delete 3", "trash", "/delete 99", "no task #99"),
    "poll": Case('/poll "Lunch?" "Pizza" "Sushi"', "Pizza", '/poll "Lunch?" "Pizza"', "2 options or more"),
    "me": Case("/me is making tea", "is making tea", "/me", "What is there to say"),
    "shrug": Case("/shrug No idea", "No idea", "/shrug " + "x" * 8000, "Too long"),
    "standup": Case("/standup Nothing in the way", "Nothing in the way", "/standup " + "x" * 8000, "Too long"),
    "remind": Case("/remind me in 2 hours to call", "=call", "/remind me yesterday to call", "over already"),
    "find": Case("/find login", "=Fix the login", "/find due:someday", "someday"),
    "mine": Case("/mine", "=", "/mine due:someday", "someday"),
    "show": Case("/show 1", "=Fix the login", "/show 99", "no task #99"),
    "board": Case("/board !urgent", "=", "/board due:someday", "someday"),
    "help": Case("/help due", "=/due", "/help nosuch", "nosuch"),
}  # fmt: skip


def type_line(seat, text):
    """From anywhere on the page: m leads to the message box, Escape closes what is offered, Enter sends."""
    seat.page.keyboard.press("Escape")
    seat.composer.fill("")
    seat.composer.press("Escape")
    seat.page.keyboard.press("m")
    expect(seat.composer).to_be_focused()
    if len(text) > 200:
        seat.page.keyboard.insert_text(text)
    else:
        seat.page.keyboard.type(f"{text} ")
    seat.page.keyboard.press("Escape") if seat.suggestions.count() else None
    seat.page.keyboard.press("Enter")


@pytest.mark.skipif(extent(True, False), reason="takes minutes: `make faults` has it")
@pytest.mark.parametrize("size", SIZES)
def test_every_command_is_refused_with_a_reason_and_done_when_it_is_right(project, seat, size):
    project.said("/task Fix login", "/task Draft pricing copy")
    ana = seat(project, "ana", "?view=chat", viewport=SIZES[size])
    ben = seat(project, "ben", "?view=chat")
    known = "JSON.parse(document.getElementById('page-data').textContent).commands.map(({ name }) => name)"
    assert set(ana.page.evaluate(known)) == set(CASES)
    failed = []
    for name, case in CASES.items():
        try:
            type_line(ana, case.wrong)
            expect(ana.refusal).to_contain_text(
                re.compile(re.escape(case.refused), re.IGNORECASE), timeout=4_000
            )
            assert ana.composer.input_value().strip() == case.wrong, "the words are kept"
            type_line(ana, case.right)
            expect(ana.composer).to_have_value("", timeout=4_000)
            if case.seen.startswith("="):
                expect(ana.page.locator(".answer").last).to_contain_text(case.seen[1:], timeout=4_000)
            else:
                words = re.compile(re.escape(case.seen), re.IGNORECASE)
                last = ben.page.locator("chat-log ol > li[data-seq]").filter(has_text=words).last
                expect(last).to_be_visible(timeout=4_000)
        except AssertionError as error:
            failed.append(f"{name}: {str(error)[:260]}")
    assert not failed, "\n\n".join(failed)

"""axe finds nothing on any page and in any state, in both themes and at three widths."""

from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.cast import Seat

WIDTHS = {"desk": 1440, "tablet": 820, "phone": 390}
# A theme changes colours and nothing else.
RULES = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
# A colour on its way to another is neither, and what is not painted keeps those it had.
STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, ::before, ::after {
    transition: none !important; animation: none !important; content-visibility: visible !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
RUN = """async (options) => {
  for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);
  const {violations} = await axe.run(document, {resultTypes: ["violations"], ...options});
  return violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 160))]);
}"""


@pytest.fixture
def is_clean() -> Callable[[Page], None]:
    def check(page: Page) -> None:
        found = {}
        page.evaluate(AXE_SCRIPT)
        page.evaluate(STILL)
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            for scheme, rules in RULES.items():
                page.emulate_media(color_scheme=scheme)
                if violations := page.evaluate(RUN, rules):
                    found[name, scheme] = violations
        assert found == {}

    return check


@pytest.fixture
def full(project):
    """A conversation with everything in it."""
    project.said(
        "Good **morning**, see https://example.com and `code`\n\n```python\nprint(1)\n```\n\n> quoted\n\n- a list",
        f"/task Fix hero crop @{project.ben.handle} #copy #design !urgent due:2020-01-01 est:3pt",
        "/task Draft pricing copy @me !low",
        "/done #2\n/start #1",
    )
    seq = project.said(f"Look at #1, @{project.ana.handle}", by="ben")
    project.said("مرحبا @me", by="ben")
    project.read("ana", seq)
    return project


def test_the_doors(project, new_page, own_server, is_clean, complaints):
    complaints.network_may_fail = True  # pages that are missing on purpose
    page = new_page(project.server.url)
    for path in ("/login", "/login/reset", "/join/no-such-code", "/nothing-here"):
        page.goto(path)
        is_clean(page)
    page.goto("/login")
    page.get_by_label("Email").fill("nobody@example.com")
    page.get_by_label("Password").first.fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_be_attached()
    is_clean(page)


def test_setting_up(own_server, new_page, is_clean):
    page = new_page(own_server.url)
    page.goto("/setup")
    is_clean(page)
    page.get_by_role("button", name="Open the workspace").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    is_clean(page)


def test_joining(project, seat, new_page, is_clean):
    ana = seat(project, "ana", "/settings/people", live=False)
    ana.page.get_by_role("button", name="Make a link").click()
    link = ana.page.locator("[data-copied]").inner_text()
    is_clean(ana.page)
    page = new_page(project.server.url)
    page.goto(link)
    is_clean(page)


def test_an_empty_project(project, seat, is_clean):
    is_clean(seat(project, "ana").page)


@pytest.mark.parametrize("path", ["", "?view=board", "/board", "/t/1", "/t/2", "/on/2020-01-01"])
def test_pages_of_a_project(full, seat, is_clean, path):
    is_clean(seat(full, "ana", path).page)


@pytest.mark.parametrize("path", ["general", "people", "columns", "labels"])
def test_settings_of_a_project(full, seat, is_clean, path):
    is_clean(seat(full, "ana", f"/settings/{path}", live=False).page)


def test_pages_of_a_person(full, seat, is_clean):
    ana = seat(full, "ana", None)
    paths = [f"/settings/{each}" for each in ("profile", "appearance", "sessions", "tokens", "password")]
    paths += ["/p/new", "/search", "/search?q=hero", "/search?q=nothingatall", "/help/commands"]
    for path in [*paths, f"/people/{full.ben.handle}"]:
        answer = ana.page.goto(path)
        assert answer.ok, path
        is_clean(ana.page)


def with_suggestions(ana: Seat) -> None:
    ana.composer.press_sequentially("/")
    expect(ana.suggestions).to_be_visible()


def with_a_preview(ana: Seat) -> None:
    ana.composer.press_sequentially("/task Paint the hall !high due:tomorrow ")
    expect(ana.page.locator("#preview")).to_be_visible()


def with_a_refusal(ana: Seat) -> None:
    ana.say("/tsak Paint the hall")
    expect(ana.refusal).to_be_visible()


def with_an_answer(ana: Seat) -> None:
    ana.say("/help")
    expect(ana.page.locator(".answer")).to_be_visible()


def with_a_toast(ana: Seat) -> None:
    ana.say("/task Paint the hall")
    expect(ana.toast).to_be_visible()


def with_the_shortcuts(ana: Seat) -> None:
    ana.scroller.press("?")
    expect(ana.page.get_by_role("dialog")).to_be_visible()


def with_the_move_dialog(ana: Seat) -> None:
    ana.card("Fix hero crop").locator(".card__title").press("v")
    expect(ana.page.get_by_role("dialog")).to_be_visible()


def with_a_card_in_hand(ana: Seat) -> None:
    ana.card("Fix hero crop").locator(".card__title").press("Space")
    expect(ana.card("Fix hero crop")).to_contain_class("is-lifted")


def with_a_card_menu(ana: Seat) -> None:
    ana.card("Fix hero crop").hover()
    ana.card("Fix hero crop").locator(".card__more").click()
    expect(ana.page.get_by_role("menu")).to_be_visible()


def with_a_message_menu(ana: Seat) -> None:
    row = ana.page.locator("li.msg").last
    row.hover()
    row.locator(".msg__more").click()
    expect(ana.page.get_by_role("menu")).to_be_visible()


def with_a_message_in_hand(ana: Seat) -> None:
    ana.say("/task Mend the lamp")
    ana.message("/task Mend the lamp").focus()
    ana.page.keyboard.press("e")
    field = ana.page.get_by_label("Editing")
    expect(field).to_be_focused()
    field.fill("x" * 8_001)
    field.press("Enter")
    expect(ana.page.locator(".msg-edit__why")).to_contain_text("Too long by")


def with_my_menu(ana: Seat) -> None:
    ana.page.get_by_role("button", name="your menu").click()
    expect(ana.page.locator("#me-menu")).to_be_visible()


def offline(ana: Seat) -> None:
    ana.page.context.set_offline(True)
    ana.say("from the tunnel")
    expect(ana.pending).to_contain_text("Waiting to send")


STATES = [each for name, each in list(globals().items()) if name.startswith("with_")] + [offline]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_states_of_the_project_page(full, seat, is_clean, state, complaints):
    complaints.network_may_fail = state in {offline, with_a_message_in_hand}  # a refusal has status 422
    ana = seat(full, "ana", viewport={"width": 1440, "height": 900})
    state(ana)
    is_clean(ana.page)


def test_a_guest_sees_no_broken_controls(full, seat, is_clean):
    for path in ("", "/t/1"):
        is_clean(seat(full, "gus", path).page)

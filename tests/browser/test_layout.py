"""Every width and both themes: nothing runs out of the page, and on a phone the tabs lead from pane to pane."""

import re

import pytest
from playwright.sync_api import expect

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
TEXTS = [
    LONG,
    "مرحبا بالعالم، هذا سطر طويل بعض الشيء",
    "```\n" + "x = 1; " * 60 + "\n```",
    "https://example.com/" + "a" * 180,
    "| not | a | table | but | long | enough | to | wrap |" * 3,
    f"/task {LONG}",
    "/task Fix hero crop on tablet !urgent due:2020-01-01 est:3pt #copy #design #legal #press",
]
OVERFLOW = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= innerWidth) return [];
  const isWide = (each) => each.getBoundingClientRect().right > innerWidth + 1;
  const wide = [...document.querySelectorAll("body *")].filter(isWide).slice(0, 5);
  return [`${page.scrollWidth} > ${innerWidth}`, ...wide.map((each) => each.outerHTML.slice(0, 120))];
}"""
PLACES = {
    "chat": "?view=chat",
    "board": "?view=board",
    "both": "?view=both",
    "task": "/t/1",
    "people": "/settings/people",
    "general": "/settings/general",
}
ELSEWHERE = [
    "/search?q=hero",
    "/settings/profile",
    "/settings/sessions",
    "/settings/tokens",
    "/help/commands",
    "/p/new",
]


@pytest.fixture
def full(project):
    project.said(*TEXTS)
    project.said("a reply", by="ben")
    return project


COVERED = """() => [...document.querySelectorAll("a, button")].filter((each) => {
  const { left, top, width, height } = each.getBoundingClientRect();
  if (!each.checkVisibility({ opacityProperty: true }) || !each.closest(".bar, .switch, .msg")) return false;
  const ends = [[left + 2, top + height / 2], [left + width - 2, top + height / 2]];
  const isInside = ends.every(([x, y]) => x > 0 && x < innerWidth && y > 0 && y < innerHeight);
  const region = each.closest(".log")?.getBoundingClientRect();
  if (!isInside || (region && (top < region.top || top + height > region.bottom))) return false;
  const overs = ends.map(([x, y]) => document.elementFromPoint(x, y));
  return overs.some((over) => over && !each.contains(over) && !over.contains(each));
}).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [700, 820, 1024, 1440])
@pytest.mark.parametrize("view", ["chat", "board", "both"])
def test_nothing_lies_over_a_button_of_the_bar_or_of_a_message(full, seat, width, view):
    ana = seat(full, "ana", f"?view={view}", viewport={"width": width, "height": 800})
    assert ana.page.evaluate(COVERED) == []


@pytest.mark.parametrize("width", [320, 390, 820, 1024, 1440, 1920])
def test_no_page_scrolls_sideways(full, seat, width):
    ana = seat(full, "ana", None, viewport={"width": width, "height": 800})
    wide = {}
    for place in [*[full.path + path for path in PLACES.values()], *ELSEWHERE]:
        ana.page.goto(place)
        if found := ana.page.evaluate(OVERFLOW):
            wide[place.replace(full.path, "")] = found
    assert wide == {}


def test_a_visitor_on_a_narrow_phone_sees_no_page_scroll_sideways(project, new_page):
    page = new_page(project.server.url, viewport={"width": 320, "height": 640})
    for place in ("/login", "/login/reset"):
        page.goto(place)
        assert page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize("width", [320, 390])
def test_tabs_switch_between_the_panes_of_a_phone(full, seat, width):
    ana = seat(full, "ana", viewport={"width": width, "height": 780}, has_touch=True, is_mobile=True)
    tabs = ana.page.get_by_role("navigation", name="Places")
    expect(ana.composer).to_be_visible()
    expect(ana.page.locator("#board")).to_be_hidden()
    tabs.get_by_role("link", name="Board").tap()
    expect(ana.page.locator("#board")).to_be_visible()
    expect(ana.composer).to_be_hidden()
    assert ana.page.evaluate(OVERFLOW) == []
    tabs.get_by_role("link", name="Chat").tap()
    ana.composer.tap()
    ana.composer.fill("from the phone")
    ana.page.get_by_role("button", name="Send").tap()
    expect(ana.message("from the phone")).to_be_in_viewport()
    tabs.get_by_role("link", name="Projects").tap()
    expect(ana.page.get_by_role("navigation", name="Workspace").get_by_text(full.name)).to_be_in_viewport()


def test_a_finger_carries_a_card(full, seat):
    ana = seat(full, "ana", "?view=board", viewport={"width": 820, "height": 1000}, has_touch=True)
    card, column = ana.card("Fix hero crop"), ana.column("doing")
    start, end = card.bounding_box(), column.bounding_box()
    cdp = ana.page.context.new_cdp_session(ana.page)

    def touch(kind, x=0.0, y=0.0):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = start["x"] + 30, start["y"] + start["height"] - 10
    touch("touchStart", x, y)
    expect(card).to_have_class(re.compile("is-lifted"))
    for step in range(1, 9):
        touch("touchMove", x + (end["x"] + 60 - x) * step / 8, y + (end["y"] + 100 - y) * step / 8)
    touch("touchEnd")
    expect(ana.column("doing").locator(".card")).to_have_count(1)


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_the_page_follows_the_system_and_the_choice(full, seat, scheme, is_dark):
    ana = seat(full, "ana", color_scheme=scheme)
    brightness = "(c => c.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0))"
    ground = ana.page.evaluate(f"{brightness}(getComputedStyle(document.body).backgroundColor)")
    ink = ana.page.evaluate(f"{brightness}(getComputedStyle(document.body).color)")
    assert (ground < ink) is is_dark


def test_text_spacing_of_a_reader_loses_nothing(full, seat):
    ana = seat(full, "ana", "?view=chat", viewport={"width": 390, "height": 780})
    ana.page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`p { margin-bottom: 2em !important }
            * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    assert ana.page.evaluate(OVERFLOW) == []
    expect(ana.page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)

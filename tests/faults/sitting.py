"""What a page shows of a project as plain text, be it one that has lived through events or one that was just loaded."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.server import Server

# What belongs to the moment or to this one reader is taken off: where the keyboard stands, what glides, what is unread.
READ = """() => {
  const text = (root) => {
    const copy = root.cloneNode(true);
    for (const each of [copy, ...copy.querySelectorAll("*")]) {
      for (const name of ["tabindex", "style"]) each.removeAttribute(name);
      for (const name of [...each.classList]) if (name.startsWith("is-")) each.classList.remove(name);
      if (!each.classList.length) each.removeAttribute("class");
    }
    return copy.outerHTML.replace(/\\s+/g, " ").replace(/> /g, ">").replace(/ </g, "<");
  };
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  return {
    bar: all("#project-bar .bar__title, #project-counts").map(text),
    jump: all(".jump__link").map(text),
    columns: all("#board .column").map((column) => ({
      id: column.id,
      about: [column.dataset.kind, ...all(".column__empty", column).map(text)],
      head: all(".column__head", column).map(text),
      cards: all(".cards > *", column).map(text),
    })),
    lines: all("chat-log ol > li").map(text),
  };
}"""
SEQ = "import('/static/js/live/live.js').then(({ live }) => live.seq)"


class Reader:
    """Somebody who only looks, in a real browser."""

    def __init__(self, browser: Browser, server: Server, cookie: list[str]) -> None:
        self.context = browser.new_context(base_url=server.url, viewport={"width": 1600, "height": 1000})
        self.context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": server.url}])
        self.complaints: list[str] = []
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> "Reader":
        """Load a page of the project afresh, and wait until it is connected."""
        self.page.goto(path)
        self.page.locator("html[data-connection=live]").wait_for(state="attached")
        return self

    def sees(self, seq: int) -> dict[str, Any]:
        """What the page shows once it has applied event `seq`."""
        for _ in range(600):
            if self.page.evaluate(SEQ) >= seq:
                break
            self.page.wait_for_timeout(25)
        else:
            raise AssertionError(f"The page stands at {self.page.evaluate(SEQ)}, not at {seq}.")
        return self.page.evaluate(READ)

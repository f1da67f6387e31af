"""A page of another site in the browser of somebody who is signed in here: cookies go along, and open nothing."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.browser.cast import Project, Seat

# Ports are no part of a cookie's site: the browser sends the session from here as well.
TRIES = """async ({ socket, page }) => {
  const opened = await new Promise((resolve) => {
    const ws = new WebSocket(socket);
    ws.onopen = () => ws.send(JSON.stringify({ type: "hello", after: 0 }));
    ws.onmessage = ({ data }) => resolve(data);
    ws.onclose = () => resolve("closed");
    setTimeout(() => resolve("silent"), 10000);
  });
  const read = await fetch(page, { credentials: "include" }).then((answer) => answer.text(), () => "kept back");
  return { opened, read };
}"""


class Evil(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Win a prize</title>")

    def log_message(self, *_words: object) -> None:
        """Nothing: the test's output is read by people."""


@pytest.fixture
def other_site() -> Iterator[str]:
    """A page on another port of the same host."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Evil) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def try_to_reach(page: Page, project: Project) -> dict[str, str]:
    socket = f"{project.server.url.replace('http', 'ws')}/ws/project/{project.id}/"
    return page.evaluate(TRIES, {"socket": socket, "page": project.server.url + project.path})


def test_a_page_on_another_port_opens_no_socket_and_reads_no_page(
    project: Project, seat: Callable[..., Seat], other_site: str, complaints
):
    project.said("a secret between us")
    ana = seat(project, "ana")
    own = try_to_reach(ana.page, project)
    assert '"type":"event"' in own["opened"], "from the project's own page the same lines open it"
    assert "a secret between us" in own["read"]

    complaints.network_may_fail = True
    page = ana.page.context.new_page()
    page.goto(other_site)
    assert try_to_reach(page, project) == {"opened": "closed", "read": "kept back"}
    assert "blocked by CORS policy" in complaints.pop()


def test_a_form_of_another_site_says_nothing(
    project: Project, seat: Callable[..., Seat], other_site: str, complaints
):
    before = project.texts
    ana = seat(project, "ana")
    complaints.network_may_fail = True
    page = ana.page.context.new_page()
    page.goto(other_site)
    with page.expect_navigation() as arrival:
        page.evaluate(
            """(action) => {
              const form = document.createElement("form");
              Object.assign(form, { action, method: "post" });
              for (const [name, value] of [["text", "I was never here"], ["nonce", crypto.randomUUID()]]) {
                const field = form.appendChild(document.createElement("input"));
                Object.assign(field, { name, value });
              }
              document.body.append(form);
              form.submit();
            }""",
            f"{project.server.url}{project.path}/say",
        )
    assert arrival.value.status == 403
    assert project.texts == before

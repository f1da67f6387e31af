"""What somebody sees who is too fast: a sentence, and their words where they were."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from websockets.sync.client import connect

from tests.browser.cast import Project
from workspace.pace import SENDING


@pytest.fixture
def ana(project, seat):
    return seat(project, "ana")


@contextmanager
def exhausted(project: Project) -> Iterator[None]:
    """A program of Ana's has just given as many commands as one may."""
    token = project.seed("token", handle=project.ana.handle)
    url = f"{project.server.url}/ws/project/{project.id}/?as=data".replace("http", "ws", 1)
    with connect(url, additional_headers={"Authorization": f"Bearer {token}"}) as socket:
        for _ in range(900):
            socket.send(json.dumps({"type": "say", "nonce": str(uuid4()), "text": "/help"}))
        end = time.monotonic() + 60
        while json.loads(socket.recv(timeout=30)).get("code") != "rate_limited":
            assert time.monotonic() < end, "it may say what it likes"
        yield  # saying goodbye may take a while, in which it could command again


SCRIPT = "\n".join(f"/task Buy paint {n}" for n in range(20))  # for so many it has to wait some seconds


def test_too_many_commands_are_refused_and_the_words_stay_in_the_box(project, ana):
    with exhausted(project):
        ana.say(SCRIPT)
    expect(ana.refusal).to_contain_text("Too many commands; try again in ")
    expect(ana.composer).to_have_value(SCRIPT)
    expect(ana.composer).to_be_focused()
    ana.say("Then later")
    expect(ana.message("Then later")).to_be_visible()


def test_the_same_where_pages_have_no_scripts(project, seat, complaints):
    complaints.network_may_fail = True  # 429 is an answer, which Chromium reports as a failure
    ana = seat(project, "ana", live=False, java_script_enabled=False)
    ana.composer.fill(SCRIPT)
    with exhausted(project):
        ana.page.get_by_role("button", name="Send").click()
    expect(ana.refusal).to_contain_text("Too many commands; try again in ")
    expect(ana.composer).to_have_value(SCRIPT)


def test_words_that_came_too_fast_are_sent_again_by_themselves(project, ana):
    for number in range(2):
        ana.page.evaluate(
            f"""async () => {{
              const {{ live }} = await import("/static/js/live/live.js");
              for (let n = 0; n < {SENDING.burst:.0f}; n++) live.send({{ type: "ping", id: n }});
            }}"""
        )
        ana.say(f"word {number}")
    for number in range(2):
        expect(ana.message(f"word {number}")).to_have_count(1)
    expect(ana.pending).to_have_count(0)


def test_too_many_attempts_to_sign_in_leave_the_address_in_the_form(new_page, server, complaints):
    complaints.network_may_fail = True  # 429 is an answer, which Chromium reports as a failure
    page = new_page(server.url)
    page.goto("/login")
    for _ in range(11):
        page.get_by_label("Email").fill("somebody@example.com")
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.locator(".errors")).to_be_visible()
    expect(page.locator(".errors")).to_contain_text("Too many attempts; try again in ")
    expect(page.get_by_label("Email")).to_have_value("somebody@example.com")

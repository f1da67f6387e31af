"""Every field of the product into which people write, as browsers and programs send it, and what is stored of it.

`FIELDS["task title"](desk, text)` gives the text that is stored, or None where the field refuses it. The test's client
raises what a view raises, so that a fault on our side never looks like a refusal.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import uuid4

from django.core.cache import cache
from django.test import Client

from accounts.models import ApiToken, User
from chat import frames, session
from chat.frames import BadFrame
from chat.models import Message
from tasks.models import Task
from workspace.models import Membership, Project
from workspace.opening import find_invitation

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Desk:
    """Alice, signed in, with a task, a label and a program of hers."""

    client: Client
    program: Client
    member: Membership
    task: Task

    @property
    def home(self) -> str:
        return f"/p/{self.member.project.slug}"

    def post(self, path: str, **fields: str) -> int:
        """The status of the answer to a form. A fault fails the test."""
        body = urlencode({name: text.encode("utf-8", "surrogatepass") for name, text in fields.items()})
        status = self.client.post(path, body, content_type=FORM).status_code
        assert status < 500, (path, fields)
        return status

    def get(self, path: str, **query: str) -> int:
        words = urlencode({name: text.encode("utf-8", "surrogatepass") for name, text in query.items()})
        status = self.client.get(f"{path}?{words}").status_code
        assert status < 500, (path, query)
        return status


Field = Callable[[Desk, str], str | None]
FIELDS: dict[str, Field] = {}


def field(function: Field) -> Field:
    FIELDS[function.__name__.replace("_", " ")] = function
    return function


def newest_message(desk: Desk) -> str:
    return Message.objects.filter(project=desk.member.project).latest("pk").text


@field
def message_of_the_form(desk: Desk, text: str) -> str | None:
    status = desk.post(f"{desk.home}/say", text=text, nonce=str(uuid4()))
    return newest_message(desk) if status == 302 else None


@field
def message_of_a_program(desk: Desk, text: str) -> str | None:
    body = json.dumps({"text": text, "nonce": str(uuid4())})
    answer = desk.program.post(f"/api/v1/projects/{desk.member.project_id}/say", body, content_type=JSON)
    assert answer.status_code < 500
    answer.content.decode()
    return newest_message(desk) if answer.status_code == 201 else None


@field
def message_of_a_socket(desk: Desk, text: str) -> str | None:
    """Past the connection itself, which `test_consumers.py` has: the frame's text, read and answered."""
    try:
        said = frames.say(frames.read(json.dumps({"type": "say", "text": text, "nonce": str(uuid4())})))
    except BadFrame:
        return None
    answer = session.say(desk.member, said, as_data=True)
    json.dumps(answer).encode()
    return newest_message(desk) if answer["type"] == "ack" else None


@field
def preview(desk: Desk, text: str) -> str | None:
    with suppress(BadFrame):
        frame = frames.read(json.dumps({"type": "preview", "id": 1, "text": text}))
        json.dumps(session.preview(desk.member, frames.words(frame), None), default=str).encode()


@field
def task_title(desk: Desk, text: str) -> str | None:
    column = desk.member.project.columns.first()
    status = desk.post(f"{desk.home}/t/add", title=text, column=str(column.pk))
    return Task.objects.latest("pk").title if status == 302 else None


@field
def title_of_a_command(desk: Desk, text: str) -> str | None:
    said = desk.post(f"{desk.home}/say", text=f"/task {text}", nonce=str(uuid4()))
    return None if said != 302 else Task.objects.latest("pk").title


@field
def notes(desk: Desk, text: str) -> str | None:
    status = desk.post(f"{desk.home}/t/{desk.task.number}/edit", description=text)
    return Task.objects.get(pk=desk.task.pk).description if status == 302 else None


@field
def display_name(desk: Desk, text: str) -> str | None:
    user = desk.member.user
    status = desk.post("/settings/profile", name=text, handle=user.handle, time_zone="UTC", hue="olive")
    return User.objects.get(pk=user.pk).name if status == 302 else None


@field
def handle(desk: Desk, text: str) -> str | None:
    status = desk.post("/settings/profile", name="Alice", handle=text, time_zone="UTC", hue="olive")
    return User.objects.get(pk=desk.member.user.pk).handle if status == 302 else None


@field
def project_name(desk: Desk, text: str) -> str | None:
    status = desk.post("/p/new", name=text, key="", slug="", access="open")
    return Project.objects.latest("pk").name if status == 302 else None


@field
def project_key(desk: Desk, text: str) -> str | None:
    project = desk.member.project
    desk.post(f"{desk.home}/settings/general", name="Web", key=text, hue="olive", access="open")
    found = Project.objects.get(pk=project.pk).key
    return found if found != project.key else None


@field
def project_slug(desk: Desk, text: str) -> str | None:
    status = desk.post("/p/new", name="Another", key="", slug=text, access="open")
    return Project.objects.latest("pk").slug if status == 302 else None


@field
def column_name(desk: Desk, text: str) -> str | None:
    column = desk.member.project.columns.first()
    desk.post(f"{desk.home}/settings/columns/{column.pk}", name=text, limit="")
    found = desk.member.project.columns.get(pk=column.pk).name
    return found if found != column.name else None


@field
def label_name(desk: Desk, text: str) -> str | None:
    label = desk.member.project.labels.first()
    desk.post(f"{desk.home}/settings/labels/{label.pk}", name=text, hue="olive")
    found = desk.member.project.labels.get(pk=label.pk).name
    return found if found != label.name else None


@field
def token_name(desk: Desk, text: str) -> str | None:
    before = ApiToken.objects.count()
    desk.post("/settings/tokens", name=text)
    return ApiToken.objects.latest("pk").name if ApiToken.objects.count() > before else None


@field
def search(desk: Desk, text: str) -> str | None:
    desk.get("/search", q=text)
    desk.get("/search", q=f'"{text}', tab=text)
    word = quote(text.encode("utf-8", "surrogatepass"), safe="")
    assert desk.program.get(f"/api/v1/search?q={word}").status_code < 500


@field
def filters_of_a_program(desk: Desk, text: str) -> str | None:
    for path in ("tasks", "events", "messages"):
        where = f"/api/v1/projects/{desk.member.project_id}/{path}"
        for name in ("after", "limit", "state", "assignee", "before", "q", "author"):
            word = quote(text.encode("utf-8", "surrogatepass"), safe="")
            assert desk.program.get(f"{where}?{name}={word}").status_code < 500, (path, name)


@field
def pages(desk: Desk, text: str) -> str | None:
    desk.get(desk.home, before=text)
    for name in ("before", "after"):
        desk.get(f"{desk.home}/lines", **{name: text})
        desk.get(f"{desk.home}/events", **{name: text})


@field
def address(desk: Desk, text: str) -> str | None:
    word = quote(text.encode("utf-8", "surrogatepass"), safe="")
    for path in (
        "/p/{}",
        "/people/{}",
        "/join/{}",
        "/p/web/on/{}",
        "/settings/{}",
        "/{}",
        "/api/v1/{}",
        "/static/{}",
    ):
        assert desk.client.get(path.replace("{}", word)).status_code < 500, path
    find_invitation(text)


@field
def email_address(desk: Desk, text: str) -> str | None:
    cache.clear()  # the limits of failed sign-ins are tested elsewhere
    there = Desk(Client(), desk.program, desk.member, desk.task)
    there.post("/login", login=text, password=text)
    there.post("/login/reset", email=text)


@field
def invitation_form(desk: Desk, text: str) -> str | None:
    desk.post(f"{desk.home}/settings/people", role=text, days=text, uses=text)


@field
def other_fields_of_a_task(desk: Desk, text: str) -> str | None:
    for name in ("due_on", "priority", "estimate", "labels", "assignees", "do"):
        desk.post(f"{desk.home}/t/{desk.task.number}/edit", **{name: text})
    desk.post(f"{desk.home}/t/{desk.task.number}/move", column=text, before=text, after=text, at=text)
    Task.objects.filter(pk=desk.task.pk).update(archived_at=None, completed_at=None)


@field
def headers(desk: Desk, text: str) -> str | None:
    """As a server hands them on: bytes, read as Latin-1."""
    worn = text.encode("utf-8", "surrogatepass").decode("latin-1").replace("\n", " ").replace("\r", " ")
    names = (
        "ACCEPT",
        "USER_AGENT",
        "ACCEPT_LANGUAGE",
        "REFERER",
        "X_CSRFTOKEN",
        "X_REQUESTED_WITH",
        "X_REQUEST_ID",
        "IF_NONE_MATCH",
    )
    worn_by = {f"HTTP_{name}": worn for name in names}
    assert desk.client.get(desk.home, **worn_by).status_code < 500
    assert Client().get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {worn}").status_code == 401
    assert Client().get("/", HTTP_COOKIE=f"loggia_session={worn}; csrftoken={worn}").status_code < 500

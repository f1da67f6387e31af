"""Puts every hostile text into every field of a workspace of its own, and prints what the pages then show, as JSON.

A process for `test_hostile.py`: its database is a temporary one, and what it writes is never committed. Each line is
`[field, html]`: a page, or a part of one, as the server sends it.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - Django is set up by now
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import ApiToken, User  # noqa: E402
from accounts.names import clean_handle, clean_name  # noqa: E402
from chat.actions import post_message  # noqa: E402
from chat.commands import handle  # noqa: E402
from tasks import columns as columns_of  # noqa: E402
from tasks.models import Column, Label, Task  # noqa: E402
from tasks.steps import checked_title  # noqa: E402
from tests.content.hostile import texts  # noqa: E402
from workspace import actions, markup  # noqa: E402
from workspace.errors import Refused  # noqa: E402
from workspace.models import Event, Membership, Project  # noqa: E402
from workspace.names import checked_name  # noqa: E402
from workspace.pace import SEARCHES  # noqa: E402

# Those first that need many pages, which grow with what the others store.
ORDER = "invitations handles addresses errors messages notes titles searches columns labels tokens people projects"
SHARE = int(sys.argv[1])  # of the fields that take a request for each text, every so-manieth text is sent


def project_name(text: str) -> str:
    return checked_name(text, "project")


def column_name(text: str) -> str:
    return columns_of._checked(text, 40)


def kept(check: Callable[[str], str], given: list[str]) -> list[str]:
    """What a field makes of those texts that it does not refuse, each once."""
    found = []
    for text in given:
        try:
            found.append(check(text))
        except (Refused, ValidationError):
            continue
    return list(dict.fromkeys(found))


class Workspace:
    """Alice's, with her client."""

    def __init__(self) -> None:
        actions.create_workspace(kept(project_name, TEXTS)[0])
        alice = User.objects.create_user("alice@example.com", name="Alice", handle="alice")
        self.alice = actions.create_project(alice, "Web", key="WEB", slug="web")
        self.project = self.alice.project
        self.client = Client()
        self.client.force_login(alice)

    def page(self, path: str, **query: str) -> str:
        answer = self.client.get(f"{path}?{urlencode(query)}")
        assert answer.status_code == 200, (path, query, answer.status_code)
        return answer.content.decode()

    def messages(self) -> Iterator[str]:
        for text in TEXTS:
            try:
                post_message(self.alice, text, nonce=uuid4(), is_script=text.startswith("/"))
            except Refused:
                continue
        for text in TEXTS[::SHARE]:  # and by way of the parser, which may have it as a command
            try:
                handle(self.alice, text, uuid4())
            except Refused as refusal:
                yield render_to_string(
                    "chat/_composer.html",
                    {"project": self.project, "refusal": refusal.as_dict(), "draft": text},
                )
        self.project.refresh_from_db()
        before = self.project.last_seq + 1
        while before > 1:
            rows = Event.objects.filter(project=self.project, in_chat=True, seq__lt=before).order_by("-seq")[
                :50
            ]
            yield self.page("/p/web/lines", before=str(before))
            before = min(row.seq for row in rows) if rows else 0

    def titles(self) -> Iterator[str]:
        column = self.project.columns.first()
        rows = [
            Task(
                project=self.project,
                number=1000 + number,
                title=title,
                column=column,
                position=f"a{number:05}",
                created_by=self.alice.user,
                created_at=timezone.now(),
            )
            for number, title in enumerate(kept(checked_title, TEXTS))
        ]
        Task.objects.bulk_create(rows)
        yield self.page("/p/web/board", column=str(column.pk))
        for task in rows[:: SHARE * 2]:
            yield self.page(f"/p/web/t/{task.number}")

    def notes(self) -> Iterator[str]:
        task = Task.objects.filter(project=self.project).first()
        for text in TEXTS:
            task.description = text
            html = markup.render_notes(text, key="WEB", task=lambda number: f"/p/web/t/{number}").html
            yield render_to_string("tasks/_notes.html", {"task": task, "notes": html, "may_edit": False})

    def people(self) -> Iterator[str]:
        names = kept(clean_name, [text for text in TEXTS if len(text) <= 80])
        people = [User(email=f"x{n}@example.com", handle=f"x{n}", name=name) for n, name in enumerate(names)]
        User.objects.bulk_create(people)
        rows = [Membership(user=user, project=self.project, role="member") for user in people]
        Membership.objects.bulk_create(rows)
        yield self.page("/p/web/settings/people")
        for user in people[:: SHARE * 2]:
            yield self.page(f"/people/{user.handle}")
        for row in rows[:: SHARE * 2]:
            yield self.page(f"/p/web/settings/people/{row.pk}/remove")
        speakers = rows[::SHARE]
        for start in range(0, len(speakers), 50):
            for row in speakers[start : start + 50]:
                post_message(row, "hello", nonce=uuid4())
            yield self.page("/p/web")
        _, code = actions.invite(
            self.alice, role="member", expires_at=timezone.now() + timedelta(days=1), max_uses=None
        )
        for name in names[:: SHARE * 4]:
            User.objects.filter(pk=self.alice.user_id).update(name=name)
            yield Client().get(f"/join/{code}").content.decode()

    def handles(self) -> Iterator[str]:
        assert [each for each in kept(clean_handle, TEXTS) if set(each) & set("<>\"'&:/()=`")] == []
        for text in TEXTS[::SHARE]:
            yield self.form("/settings/profile", name="Alice", handle=text, time_zone="UTC", hue="olive")

    def projects(self) -> Iterator[str]:
        names = kept(project_name, [text for text in TEXTS if len(text) <= 80])
        rows = [Project(name=name, key=f"K{n}", slug=f"k{n}") for n, name in enumerate(names)]
        Project.objects.bulk_create(rows)
        Membership.objects.bulk_create(
            Membership(user=self.alice.user, project=row, role="owner") for row in rows[::2]
        )
        yield self.page("/projects")
        for row in rows[: 2000 : SHARE * 8]:
            yield (
                self.page(f"/p/{row.slug}/settings/general")
                if Membership.objects.filter(project=row).exists()
                else ""
            )
        Membership.objects.filter(project__in=rows).delete()

    def columns(self) -> Iterator[str]:
        names = kept(column_name, TEXTS)
        names = list({name.lower(): name for name in names}.values())
        rows = [
            Column(project=self.project, name=name, kind="next", position=9 + n)
            for n, name in enumerate(names)
        ]
        for row in Column.objects.bulk_create(rows[:1500]):
            row.refresh_from_db()
        yield self.page("/p/web/settings/columns")
        Column.objects.filter(pk__in=[row.pk for row in rows[40:]]).delete()
        yield self.page("/p/web/board")
        yield self.page("/p/web")

    def labels(self) -> Iterator[str]:
        names = kept(columns_of._checked_label, TEXTS)
        names = list({name.lower(): name for name in names}.values())
        Label.objects.bulk_create(Label(project=self.project, name=name) for name in names)
        yield self.page("/p/web/settings/labels")
        label = Label.objects.filter(project=self.project).first() or Label.objects.create(
            project=self.project, name="x"
        )
        for text in TEXTS[::SHARE]:  # what is refused is named in a note
            yield self.form(f"/p/web/settings/labels/{label.pk}", name=text, hue="olive")

    def tokens(self) -> Iterator[str]:
        names = kept(clean_name, [text for text in TEXTS if len(text) <= 80])
        ApiToken.objects.bulk_create(
            ApiToken(user=self.alice.user, name=name, digest=f"{n}", prefix="lg_x")
            for n, name in enumerate(names)
        )
        yield self.page("/settings/tokens")

    def searches(self) -> Iterator[str]:
        for text in TEXTS[::SHARE]:
            SEARCHES.forget()  # nobody else searches for two thousand things a minute
            yield self.page("/search", q=text)
        for word in ("alert", "img", "onerror", "javascript", "script", "svg", "x"):
            yield self.page("/search", q=word)

    def invitations(self) -> Iterator[str]:
        for text in TEXTS[::SHARE]:
            yield self.form("/p/web/settings/people", role=text, days=text, uses=text)

    def addresses(self) -> Iterator[str]:
        """E-mail addresses, as they come back from the forms that refuse them."""
        with override_settings(ACCOUNT_RATE_LIMITS={}):
            for text in TEXTS[::SHARE]:
                yield Client().post("/login", {"login": text, "password": text}).content.decode()
                yield Client().post("/login/reset", {"email": text}).content.decode()

    def errors(self) -> Iterator[str]:
        for text in TEXTS[::SHARE]:
            for path in ("/p/", "/people/", "/join/", "/"):
                yield self.client.get(path + text.replace("?", "").replace("#", "")).content.decode(
                    "utf-8", "replace"
                )

    def form(self, path: str, **fields: str) -> str:
        """The page that answers a form, also where it redirects."""
        answer = self.client.post(path, fields, follow=True)
        assert answer.status_code < 500, (path, fields)
        return answer.content.decode()


TEXTS = texts()
setup_test_environment()
call_command("migrate", verbosity=0)
with transaction.atomic():
    workspace = Workspace()
    for name in ORDER.split():
        for html in getattr(workspace, name)():
            print(json.dumps([name, html]))
    transaction.set_rollback(True)

"""Fills the database of a running server: one process, asked line by line, so that no test waits for Django to start.

Reads `["project", {"name": …}]` and answers with JSON, by the same actions as the product itself. What it writes is
not broadcast where the channel layer lives in the server's memory: it is meant for what was there before the page.
"""

import hashlib
import json
import os
import sys
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
django.setup()

from django.apps import apps  # noqa: E402 - Django is set up by now
from django.contrib.auth import get_user_model  # noqa: E402 - Django is set up by now
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import close_old_connections, connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.actions import deactivate, draft_person  # noqa: E402
from accounts.models import ApiToken  # noqa: E402
from chat.commands import handle  # noqa: E402
from chat.reminders import set_reminder  # noqa: E402
from tasks.actions import create_task  # noqa: E402
from tasks.history import differences  # noqa: E402
from tasks.state import state_of  # noqa: E402
from workspace import actions  # noqa: E402
from workspace.errors import Refused  # noqa: E402
from workspace.models import Event, Membership, Project, Workspace  # noqa: E402

Person = get_user_model()


def person(name: str, handle: str, password: str = "") -> dict[str, Any]:
    """A person who may sign in, and the cookie of one who has. Without a password: by that cookie only."""
    user = Person(email=f"{handle}@example.com", handle=handle, name=name)
    if password:
        user = draft_person(email=user.email, name=name, password=password, handle=handle)
    user.save()
    client = Client()
    client.force_login(user)
    (cookie,) = (each for each in client.cookies.values() if "session" in each.key)
    return {
        "id": user.pk,
        "email": user.email,
        "handle": handle,
        "name": name,
        "cookie": [cookie.key, cookie.value],
    }


def project(name: str, key: str, slug: str, owner: str, members: dict[str, str]) -> dict[str, Any]:
    if Workspace.current() is None:
        actions.create_workspace("Northlight")
    first = actions.create_project(Person.objects.get(handle=owner), name, key=key, slug=slug)
    for handle_, role in members.items():
        actions.add_member(first, Person.objects.get(handle=handle_), role)
    return {"id": first.project_id, "columns": {c.kind: c.pk for c in first.project.columns.all()}}


def join(project: int, handle: str, role: str) -> None:
    actions.join_project(Project.objects.get(pk=project), Person.objects.get(handle=handle))
    Membership.objects.filter(project=project, user__handle=handle).update(role=role)


def say(project: int, who: str, texts: list[str]) -> int:
    """The seq of the last one."""
    member = Membership.objects.get(project=project, user__handle=who)
    seq = 0
    for text in texts:
        seq = handle(member, text, uuid4()).seq
    return seq


def membership(project: int, handle: str) -> int:
    return Membership.objects.get(project=project, user__handle=handle).pk


def lose_session(key: str) -> None:
    """As somebody does who deletes its row."""
    Session.objects.filter(pk=key).delete()


def switch_off(handle: str) -> None:
    deactivate(Person.objects.get(handle=handle))


def password_among(handle: str, words: list[str]) -> list[str]:
    """Those of the words that are the person's password."""
    person = Person.objects.get(handle=handle)
    return [word for word in words if person.check_password(word)]


def dump() -> dict[str, str]:
    """Every table as text, and what sessions hold, which is packed."""
    rows = {
        m._meta.db_table: str(list(m._base_manager.values()))
        for m in apps.get_models(include_auto_created=True)
    }
    return rows | {"what sessions hold": str([each.get_decoded() for each in Session.objects.all()])}


def hostile(project: int, who: str, text: str) -> None:
    """The text as a message and as a task with notes, where they take it."""
    member = Membership.objects.get(project=project, user__handle=who)
    with suppress(Refused):
        handle(member, text, uuid4())
    with suppress(Refused):
        create_task(member, text, description=text)


def read(project: int, who: str, seq: int) -> None:
    Membership.objects.filter(project=project, user__handle=who).update(read_seq=seq)


def seen(project: int, who: str) -> int:
    return Membership.objects.get(project=project, user__handle=who).read_seq


def token(handle: str) -> str:
    return ApiToken.issue(Person.objects.get(handle=handle), "tests")[1]


def log(project: int) -> list[list[Any]]:
    """Each event's seq, nonce, kind, time, and the seq of the say that it follows from."""
    rows = Event.objects.filter(project=project).order_by("seq")
    return [[e.seq, e.nonce and str(e.nonce), e.kind, e.at.timestamp(), e.cause] for e in rows]


def texts(project: int) -> list[str]:
    """What was said, in the order of the log."""
    from chat.models import Message

    return list(Message.objects.filter(project=project).order_by("pk").values_list("text", flat=True))


def command(words: list[str]) -> dict[str, str]:
    """What `manage.py <words>` says, and the sentence with which it refuses, if it does."""
    out = StringIO()
    try:
        call_command(*words, stdout=out)
    except CommandError as refusal:
        return {"said": out.getvalue(), "refused": str(refusal)}
    return {"said": out.getvalue(), "refused": ""}


def digests() -> dict[str, list[Any]]:
    """Of each table, how many rows it has and a digest of all that is in them, the same on every database.

    An older database has fewer tables, and fewer columns in them.
    """
    found, there = {}, set(connection.introspection.table_names())
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in there:
            continue
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, model._meta.db_table)
        columns = {column.name for column in described}
        names = [field.attname for field in model._meta.concrete_fields if field.column in columns]
        rows = [list(row) for row in model._base_manager.order_by("pk").values_list(*names)]
        text = json.dumps(rows, default=str, sort_keys=True)
        found[model._meta.db_table] = [len(rows), hashlib.sha256(text.encode()).hexdigest()]
    return found


def remind(project: int, who: str, text: str, seconds: float) -> float:
    """Somebody wants to be reminded of `text` in so many seconds. The moment."""
    member, at = (
        Membership.objects.get(project=project, user__handle=who),
        timezone.now() + timedelta(seconds=seconds),
    )
    set_reminder(member, for_whom=member.user, at=at, text=text, tasks=[], nonce=uuid4())
    return at.timestamp()


def place_of(project: int, who: str) -> int | None:
    return Membership.objects.filter(project=project, user__handle=who).values_list("pk", flat=True).first()


def rows(project: int) -> dict[str, Any]:
    """What the project's rows say, where it is told by events; and in what its tasks differ from the log."""
    row = Project.objects.get(pk=project)
    return {
        "project": {field: getattr(row, field) for field in ("name", "key", "hue", "is_private")},
        "members": {str(each.user_id): each.role for each in row.memberships.all()},
        "columns": [[each.pk, each.name, each.limit] for each in row.columns.all()],
        "labels": {str(each.pk): [each.name, each.hue] for each in row.labels.all()},
        "tasks": [
            [each.number, each.column_id]
            for each in row.tasks.filter(archived_at=None).order_by("column_id", "position")
        ],
        "messages": row.messages.count(),
        "differences": differences(row),
        "seq": row.last_seq,
    }


def states(project: int) -> dict[str, Any]:
    """Each task's stored fields, as the log has them, by its id."""
    return {
        str(task.pk): state_of(task) | {"number": task.number}
        for task in Project.objects.get(pk=project).tasks.all()
    }


def events(project: int, after: int) -> list[dict[str, Any]]:
    """The events after one, as the database has them."""
    found = Event.objects.filter(project=project, seq__gt=after).order_by("seq")
    return list(found.values("seq", "kind", "subject_id", "details"))


OFFERED = {
    each.__name__: each
    for each in (
        person,
        project,
        join,
        membership,
        lose_session,
        switch_off,
        password_among,
        dump,
        say,
        hostile,
        read,
        seen,
        token,
        log,
        texts,
        command,
        digests,
        remind,
        place_of,
        rows,
        states,
        events,
    )
}

for line in sys.stdin:
    name, words = json.loads(line)
    close_old_connections()  # the database may have been away since the last line
    try:
        answer = {"is": OFFERED[name](**words)}
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps(answer), flush=True)

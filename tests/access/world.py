"""A workspace with somebody for each caller of the table, a project that they call at, and one that is foreign to them."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from accounts.actions import add_person, deactivate, draft_person, revoke_token
from accounts.models import ApiToken, User
from chat.actions import post_message
from chat.polls import open_poll
from chat.saved_views import save_view
from tasks.actions import complete_task, create_task
from tasks.checklists import add_items
from tasks.hindrances import block_task
from tasks.history import undo
from tasks.models import Column, Label
from tasks.trash import delete_task
from tests.access.table import SESSIONS, TOKENS
from workspace import actions
from workspace.models import Invitation, Membership, Project, Workspace

PASSWORD = "correct horse battery"
SESSION_TABLES = {"django_session", "usersessions_usersession"}
FOREIGN, ABSENT = 777_700, 888_800  # where ids begin that are of others, and that nothing has


class Caller:
    """Somebody with a browser that is signed in, or with a token."""

    def __init__(self, name: str, user: User | None, headers: dict[str, str] | None = None) -> None:
        self.name, self.user = name, user
        self.browser = Client(headers=headers or {}, raise_request_exception=False)
        self.token = self.session = None
        self.secret = (headers or {}).get("Authorization", "")

    def call(self, method: str, path: str, data: dict[str, Any], **more: Any) -> Any:
        """The answer; what it did to the browser's cookies is forgotten."""
        is_api = path.startswith("/api/")
        if path.startswith(("/login", "/join")):
            cache.clear()  # who tried before shall not slow this one down
        cookies = self.browser.cookies.copy()
        words = {"content_type": "application/json"} if is_api else {}
        answer = getattr(self.browser, method.lower())(
            path, data if method != "GET" else None, **words, **more
        )
        self.browser.cookies = cookies
        return answer

    @property
    def handshake(self) -> list[tuple[bytes, bytes]]:
        """The headers with which a browser, or a program, opens a socket."""
        if self.secret:
            return [(b"authorization", self.secret.encode())]
        cookie = self.browser.cookies.get(settings.SESSION_COOKIE_NAME)
        own = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
        return [*own, (b"cookie", f"{cookie.key}={cookie.value}".encode())] if cookie else own


class World:
    """`own`, `foreign` and `absent` are the ids that the table's addresses and fields are filled with."""

    def __init__(self) -> None:
        Workspace.objects.get_or_create(name="Northlight")
        people = {
            name: _person(name, is_guest=name == "stranger") for name in SESSIONS if name != "anonymous"
        }
        User.objects.filter(pk=people["administrator"].pk).update(is_staff=True, is_superuser=True)
        people["administrator"].refresh_from_db()
        owner = actions.create_project(people["owner"], "Web", key="WEB", slug="web", is_private=True)
        self.project = owner.project
        roles = {"guest": "guest", "member": "member", "removed": "member", "deactivated": "owner"}
        rows = {name: actions.add_member(owner, people[name], role) for name, role in roles.items()}
        tom = actions.add_member(owner, _person("tom"))
        self.own = {**_ids(owner), "membership": tom.pk, "user": tom.user_id, "handle": "tom"}
        self.views = {people["owner"].pk: self.own["view"]}
        self.says = {people["owner"].pk: self.own["said"]}
        for name in ("guest", "member"):  # something to read
            said = post_message(rows[name], "hello", nonce=uuid4()).subject_id
            self.says[people[name].pk] = self.own["words"] = said
        for name in ("guest", "member"):
            self.views[people[name].pk] = save_view(rows[name], "Open", "is:open").pk
        for name in ("member", "owner"):
            member = Membership.objects.get(project=owner.project, user=people[name])
            create_task(member, f"Of {name}")
            create_task(member, f"Not of {name}")
            undo(member)
        open_one = actions.create_project(tom.user, "Open", key="OPEN", slug="open")
        self.own |= {"open": open_one.project.slug, "code": _invitation(open_one)[1]}
        self.callers = self._sign_in(people)
        actions.remove_member(owner, rows["removed"])
        deactivate(people["deactivated"])
        self.foreign = self._foreign()
        self.absent = {name: ABSENT + place for place, name in enumerate(self.foreign)}
        self.absent |= {
            "slug": "nonesuch",
            "open": "nonesuch",
            "key": "ZZZ",
            "handle": "zob",
            "code": "x" * 24,
        }

    def own_of(self, caller: Caller) -> dict[str, Any]:
        """The ids of the project, and of what is the caller's alone."""
        user = caller.user.pk if caller.user else None
        return {
            **self.own,
            "token": caller.token or ABSENT,
            "session": caller.session or ABSENT,
            "view": self.views.get(user, ABSENT),
            "said": self.says.get(user, ABSENT),
        }

    def _sign_in(self, people: dict[str, User]) -> dict[str, Caller]:
        callers = {"anonymous": Caller("anonymous", None)}
        for name, user in people.items():
            callers[name] = _signed_in(name, user)
        revoked, secret = ApiToken.issue(people["owner"], "revoked")
        revoke_token(revoked)
        callers["token of revoked"] = _with_token("token of revoked", people["owner"], revoked, secret)
        for name, user in people.items():
            callers[f"token of {name}"] = _with_token(f"token of {name}", user, *ApiToken.issue(user, "bot"))
        # So that reading does not write it, however long the tests take.
        ApiToken.objects.update(last_used_at=timezone.now() + timedelta(hours=1))
        assert set(callers) == {*SESSIONS, *TOKENS}
        return callers

    def _foreign(self) -> dict[str, Any]:
        """What somebody else has, in a private project that nobody of the callers is in."""
        _count_on_from(FOREIGN)
        zoe = actions.create_project(_person("zoe"), "Secret", key="SEC", slug="topsecre", is_private=True)
        Project.objects.filter(pk=zoe.project_id).update(last_number=FOREIGN)
        ids = _ids(zoe)
        ids |= {"membership": zoe.pk, "user": zoe.user_id, "handle": "zoe", "open": zoe.project.slug}
        other = _signed_in("zoe", zoe.user)
        return ids | {"token": ApiToken.issue(zoe.user, "bot")[0].pk, "session": other.session}


def _person(name: str, **fields: Any) -> User:
    draft = draft_person(email=f"{name}@example.com", name=name.title(), handle=name, password=PASSWORD)
    for field, value in fields.items():
        setattr(draft, field, value)
    return add_person(draft)


def _signed_in(name: str, user: User) -> Caller:
    caller = Caller(name, user)
    for browser in (Client(), caller.browser):  # somewhere else too
        browser.force_login(user)
        key = browser.session.session_key
        session = UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="")
        caller.session = caller.session or session.pk
    caller.token = ApiToken.issue(user, "mine")[0].pk
    return caller


def _with_token(name: str, user: User, token: ApiToken, secret: str) -> Caller:
    caller = Caller(name, user, {"Authorization": f"Bearer {secret}"})
    caller.token = token.pk
    return caller


def _ids(owner: Membership) -> dict[str, Any]:
    """One of everything in the owner's project."""
    project = owner.project
    task = create_task(owner, "Fix login", labels=["bug"], assignees=[owner.user])
    done = complete_task(owner, create_task(owner, "Old"))
    said = post_message(owner, "about the login", nonce=uuid4()).subject_id
    poll = open_poll(owner, "Lunch?", ["Pizza", "Soup"])
    waiting = block_task(owner, create_task(owner, "Later"), reason="too early")
    divided = add_items(owner, create_task(owner, "Big"), ["One step"])
    trashed = delete_task(owner, create_task(owner, "Thrown away"))
    invitation, code = _invitation(owner)
    return {
        "slug": project.slug,
        "key": project.key,
        "project": project.pk,
        "task": task.number,
        "finished": done.number,
        "waiting": waiting.number,
        "divided": divided.number,
        "trashed": trashed.number,
        "message": said,
        "said": said,
        "words": said,
        "poll": poll.pk,
        "view": save_view(owner, "Open", "is:open").pk,
        "column": Column.objects.get(project=project, kind=Column.Kind.DOING).pk,
        "label": Label.objects.get(project=project, name="bug").pk,
        "invitation": invitation.pk,
        "code": code,
    }


def _count_on_from(number: int) -> None:
    """What is made from now on has ids above `number`, which show wherever an answer repeats them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s)", [number])
            return
        for table in {*tables()} - {"django_session", "accounts_attempt"}:  # their keys are texts
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
            (sequence,) = cursor.fetchone()
            cursor.execute("SELECT setval(%s, greatest(%s, nextval(%s)))", [sequence, number, sequence])


def _invitation(owner: Membership) -> tuple[Invitation, str]:
    expires_at = timezone.now() + timedelta(days=1)
    return actions.invite(owner, "member", expires_at=expires_at, max_uses=None)


def tables() -> list[str]:
    """The tables of the product's own models, and of its sessions."""
    owned: Iterable[type[models.Model]] = apps.get_models(include_auto_created=True)
    return sorted(m._meta.db_table for m in owned if m._meta.app_label not in {"auth", "contenttypes"})


def digest(*, sessions: bool = False) -> str:
    """A fingerprint of every row of every table, of those of sessions only when asked."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in tables():
            if sessions or table not in SESSION_TABLES:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                found.update(repr((table, cursor.fetchall())).encode())
    return found.hexdigest()

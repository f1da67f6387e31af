"""Who may do what, on every route, with every frame and every slash command: the one table that the tests walk.

A new route, frame or command needs its line here. What it says is what the product promises.
"""

from dataclasses import dataclass, field
from typing import Any

# Sessions. A stranger came as a guest and is in no project; the administrator looks after the installation and is in no
# project either, which gives no way into one.
SESSIONS = ("anonymous deactivated stranger outsider removed administrator guest member owner").split()

# `login` is the way to the sign-in page, or 401; `absent` is 404 or 4403; `forbidden` is 403 or a refusal of that name.
AUDIENCES = {
    name: dict(zip(SESSIONS, outcomes.split(), strict=True))
    for name, outcomes in {
        # audience    anonymous deactivated stranger outsider removed administrator guest     member    owner
        "everybody": "ok        ok          ok       ok       ok      ok            ok        ok        ok",
        "nobody":    "absent    absent      absent   absent   absent  absent        absent    absent    absent",
        "signed in": "login     login       ok       ok       ok      ok            ok        ok        ok",
        "workspace": "login     login       absent   ok       ok      ok            ok        ok        ok",
        "in it":     "login     login       absent   absent   absent  absent        ok        ok        ok",
        "editors":   "login     login       absent   absent   absent  absent        forbidden ok        ok",
        "owners":    "login     login       absent   absent   absent  absent        forbidden forbidden ok",
        "its author": "login    login       absent   absent   absent  absent        forbidden ok        forbidden",
    }.items()
}  # fmt: skip

# Tokens stand for their people where programs are served, and for nobody on pages.
TOKENS = [
    f"token of {name}"
    for name in "revoked deactivated stranger outsider removed administrator guest member owner".split()
]
CALLERS = [*SESSIONS, *TOKENS]


def expected(audience: str, caller: str, *, programs: bool) -> str:
    """What a caller gets where the table names this audience."""
    name = caller.removeprefix("token of ")
    if caller in TOKENS and (not programs or name == "revoked"):
        name = "anonymous"
    return AUDIENCES[audience][name]


NONCE = "0b8bd9a6-2b4e-4e0f-9f6f-6a1c5d1f0a01"
PERSON = {
    "name": "Nina",
    "email": "nina@example.com",
    "password": "correct horse battery",
    "time_zone": "UTC",
}


@dataclass(frozen=True)
class Route:
    """An address as a caller of the table would use it, and who may, for each method that it answers.

    In `at` and `data`, `{task}` and its like are ids: the caller's own, a foreign one or one that nothing has, as the test
    wants it. `writes` says that what is allowed changes the database. A method without an audience is answered to nobody.
    """

    at: str
    get: str = ""
    post: str = ""
    patch: str = ""
    delete: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    writes: bool = True

    @property
    def methods(self) -> dict[str, str]:
        named = {"GET": self.get, "POST": self.post, "PATCH": self.patch, "DELETE": self.delete}
        return {method: audience for method, audience in named.items() if audience}


ROUTES = {
    # the front door
    "": Route("/", get="everybody", post="everybody", writes=False),
    "healthz": Route("/healthz", get="everybody"),
    "readyz": Route("/readyz", get="everybody"),
    "setup": Route("/setup", get="nobody", post="nobody"),
    "join/<str:code>": Route("/join/{code}", get="everybody", post="everybody", data=PERSON),
    "login": Route(
        "/login", get="everybody", post="everybody", data={"login": "x@example.com", "password": "x"}, writes=False
    ),
    "logout": Route("/logout", get="everybody", post="everybody", writes=False),
    "login/new": Route("/login/new", get="everybody", post="everybody", data={"email": "x@example.com"}, writes=False),
    "login/inactive": Route("/login/inactive", get="everybody"),
    "login/verify": Route("/login/verify", get="everybody"),
    "login/again": Route("/login/again", get="signed in", post="signed in", data={"password": "x"}, writes=False),
    "login/reset": Route(
        "/login/reset", get="everybody", post="everybody", data={"email": "x@example.com"}, writes=False
    ),
    "login/reset/sent": Route("/login/reset/sent", get="everybody"),
    "login/reset/done": Route("/login/reset/done", get="everybody"),
    r"^login/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-:\w]+)$": Route(
        "/login/reset/1-abc-def", get="everybody", post="everybody", data={"password1": "correct horse battery"},
        writes=False,
    ),
    # one's own affairs
    "settings": Route("/settings", get="everybody", post="everybody", delete="everybody", writes=False),
    "settings/<slug:tab>": Route("/settings/profile", get="signed in", post="signed in",
        data={"name": "Nina", "handle": "nina", "time_zone": "UTC", "hue": "rose"}),
    "settings/password": Route("/settings/password", get="signed in", post="signed in", writes=False),
    "settings/password/new": Route("/settings/password/new", get="signed in", post="signed in", writes=False),
    "settings/sessions/end": Route("/settings/sessions/end", post="signed in", data={"session": "{session}"}),
    "settings/tokens/<int:pk>/revoke": Route("/settings/tokens/{token}/revoke", post="signed in"),
    # the workspace
    "search": Route("/search?q=login", get="signed in"),
    "help/commands": Route("/help/commands", get="signed in"),
    "projects": Route("/projects", get="signed in"),
    "projects/unread": Route("/projects/unread", get="signed in"),
    "projects/<slug:slug>/join": Route("/projects/{open}/join", post="workspace"),
    "p/new": Route("/p/new", get="workspace", post="workspace", data={"name": "Spring", "access": "private"}),
    "people/<str:handle>": Route("/people/{handle}", get="workspace"),
    # a project: reading and talking
    "p/<slug:slug>": Route("/p/{slug}", get="in it"),
    "p/<slug:slug>/board": Route("/p/{slug}/board", get="in it"),
    "p/<slug:slug>/board/matching": Route(
        "/p/{slug}/board/matching?q=is:open&tasks=1", get="in it"
    ),
    "p/<slug:slug>/lines": Route("/p/{slug}/lines", get="in it"),
    "p/<slug:slug>/events": Route("/p/{slug}/events?after=0", get="in it"),
    "p/<slug:slug>/m/<int:pk>": Route("/p/{slug}/m/{message}", get="in it"),
    "p/<slug:slug>/m/<int:pk>/edit": Route(
        "/p/{slug}/m/{said}/edit", get="in it", post="in it", data={"text": "hello again"}
    ),
    "p/<slug:slug>/m/<int:pk>/remove": Route("/p/{slug}/m/{said}/remove", post="in it"),
    "p/<slug:slug>/on/<str:day>": Route("/p/{slug}/on/2026-11-25", get="in it"),
    "p/<slug:slug>/t/<int:number>": Route("/p/{slug}/t/{task}", get="in it"),
    r"^(?P<ref>[A-Za-z][A-Za-z0-9]{1,9}-[0-9]{1,9})$": Route("/{key}-{task}", get="in it"),
    "p/<slug:slug>/say": Route("/p/{slug}/say", post="in it", data={"text": "hello", "nonce": NONCE, "task": "{task}"}),
    "p/<slug:slug>/polls/<int:pk>/vote": Route("/p/{slug}/polls/{poll}/vote", post="in it", data={"choice": "0"}),
    "p/<slug:slug>/polls/<int:pk>/close": Route("/p/{slug}/polls/{poll}/close", post="owners"),
    "p/<slug:slug>/views": Route("/p/{slug}/views", post="in it", data={"name": "Mine", "query": "@me"}),
    "p/<slug:slug>/views/<int:pk>": Route("/p/{slug}/views/{view}", post="in it", data={"name": "Late"}),
    "p/<slug:slug>/views/<int:pk>/delete": Route("/p/{slug}/views/{view}/delete", post="in it"),
    # a project: its tasks
    "p/<slug:slug>/t/add": Route("/p/{slug}/t/add", post="editors", data={"title": "New", "column": "{column}"}),
    "p/<slug:slug>/settings/trash": Route("/p/{slug}/settings/trash", get="in it"),
    "p/<slug:slug>/trash/<int:number>/restore": Route("/p/{slug}/trash/{trashed}/restore", post="owners"),
    "p/<slug:slug>/undo": Route("/p/{slug}/undo", post="editors"),
    "p/<slug:slug>/t/<int:number>/move": Route(
        "/p/{slug}/t/{task}/move", post="editors", data={"column": "{column}", "at": "top"}
    ),
    "p/<slug:slug>/t/<int:number>/edit": Route("/p/{slug}/t/{task}/edit", post="editors",
        data={"title": "Fix it", "assignees": "{user}"}),
    # a project: its settings and its people
    "p/<slug:slug>/settings": Route(
        "/p/{slug}/settings", get="everybody", post="everybody", delete="everybody", writes=False
    ),
    r"^p/(?P<slug>[-\w]+)/settings/(?P<tab>general|people)$": Route("/p/{slug}/settings/general", get="in it", post="owners",
        data={"name": "Website", "key": "WEB", "hue": "rose", "access": "private"}),
    r"^p/(?P<slug>[-\w]+)/settings/(?P<tab>columns|labels)$": Route("/p/{slug}/settings/columns", get="in it"),
    "p/<slug:slug>/settings/columns/<int:pk>": Route(
        "/p/{slug}/settings/columns/{column}", post="owners", data={"name": "Soon"}
    ),
    "p/<slug:slug>/settings/labels/<int:pk>": Route(
        "/p/{slug}/settings/labels/{label}", post="owners", data={"name": "ui", "hue": "rose"}
    ),
    "p/<slug:slug>/settings/people/<int:pk>/role": Route(
        "/p/{slug}/settings/people/{membership}/role", post="owners", data={"role": "guest"}
    ),
    "p/<slug:slug>/settings/people/<int:pk>/remove": Route(
        "/p/{slug}/settings/people/{membership}/remove", get="owners", post="owners"
    ),
    "p/<slug:slug>/settings/invitations/<int:pk>/revoke": Route(
        "/p/{slug}/settings/invitations/{invitation}/revoke", post="owners"
    ),
    # programs
    "api/v1/": Route("/api/v1/", get="nobody", post="nobody", delete="nobody"),
    "^api(?:/|$)": Route("/api/nowhere", get="nobody", post="nobody", delete="nobody"),
    "api/v1/openapi.json": Route("/api/v1/openapi.json", get="everybody"),
    "api/v1/me": Route("/api/v1/me", get="signed in"),
    "api/v1/tokens": Route("/api/v1/tokens", get="signed in"),
    "api/v1/tokens/<int:token_id>": Route("/api/v1/tokens/{token}", delete="signed in"),
    "api/v1/commands": Route("/api/v1/commands", get="signed in"),
    "api/v1/search": Route("/api/v1/search?q=login&project={project}", get="in it"),
    "api/v1/projects": Route("/api/v1/projects", get="signed in"),
    "api/v1/projects/<int:project_id>": Route("/api/v1/projects/{project}", get="in it"),
    "api/v1/projects/<int:project_id>/members": Route("/api/v1/projects/{project}/members", get="in it"),
    "api/v1/projects/<int:project_id>/tasks": Route("/api/v1/projects/{project}/tasks", get="in it"),
    "api/v1/projects/<int:project_id>/tasks/<int:number>": Route(
        "/api/v1/projects/{project}/tasks/{task}", get="in it"
    ),
    "api/v1/projects/<int:project_id>/trash": Route("/api/v1/projects/{project}/trash", get="in it"),
    "api/v1/projects/<int:project_id>/trash/<int:number>/restore": Route(
        "/api/v1/projects/{project}/trash/{trashed}/restore", post="owners"
    ),
    "api/v1/projects/<int:project_id>/board": Route("/api/v1/projects/{project}/board", get="in it"),
    "api/v1/projects/<int:project_id>/events": Route("/api/v1/projects/{project}/events", get="in it"),
    "api/v1/projects/<int:project_id>/messages": Route("/api/v1/projects/{project}/messages", get="in it"),
    "api/v1/projects/<int:project_id>/messages/<int:message_id>": Route(
        "/api/v1/projects/{project}/messages/{message}", get="in it", patch="owners", delete="owners",
        data={"text": "hello again"}
    ),
    "api/v1/projects/<int:project_id>/views": Route("/api/v1/projects/{project}/views", get="in it", post="in it",
        data={"name": "Mine", "query": "@me"}),
    "api/v1/projects/<int:project_id>/views/<int:view_id>": Route("/api/v1/projects/{project}/views/{view}",
        patch="in it", delete="in it", data={"name": "Late"}),
    "api/v1/projects/<int:project_id>/say": Route("/api/v1/projects/{project}/say", post="in it",
        data={"text": "hello", "nonce": NONCE, "reply_to": "{message}", "task": "{task}"}),
}  # fmt: skip

# Further tabs and verbs behind one address.
MORE = {
    "an invitation is made by": Route("/p/{slug}/settings/people", get="in it", post="editors",
        data={"role": "guest", "days": "7", "uses": "1"}),
    "a member's message is edited by": Route(
        "/p/{slug}/m/{words}/edit", get="its author", post="its author", data={"text": "hello again"}
    ),
    "a member's message is edited over HTTP by": Route(
        "/api/v1/projects/{project}/messages/{words}", patch="its author", data={"text": "hello again"}
    ),
    "the form of a member's message is shown to": Route("/p/{slug}/m/{words}?do=edit", get="its author"),
    "a member's message is removed by": Route("/p/{slug}/m/{words}/remove", post="editors"),
    "a member's message is removed over HTTP by": Route("/api/v1/projects/{project}/messages/{words}", delete="editors"),
    "who may remove a member's message is asked": Route("/p/{slug}/m/{words}?do=remove", get="editors"),
    "labels are listed for": Route("/p/{slug}/settings/labels", get="in it"),
    "a column is moved by": Route("/p/{slug}/settings/columns/{column}", post="owners", data={"move": "right"}),
    "a task is finished by": Route("/p/{slug}/t/{task}/edit", post="editors", data={"do": "done"}),
    "an item is finished by": Route("/p/{slug}/t/{divided}/edit", post="editors", data={"do": "done", "item": "1"}),
    "a task is started by": Route("/p/{slug}/t/{task}/edit", post="editors", data={"do": "start"}),
    "a task is archived by": Route("/p/{slug}/t/{task}/edit", post="editors", data={"do": "archive"}),
    "an owner is made by": Route("/p/{slug}/settings/people/{membership}/role", post="owners", data={"role": "owner"}),
    "an appearance is kept by": Route(
        "/settings/appearance", get="signed in", post="signed in", data={"theme": "dark"}, writes=False
    ),
    "sessions are listed for": Route("/settings/sessions", get="signed in"),
    "a token is made by": Route("/settings/tokens", get="signed in", post="signed in", data={"name": "bot"}),
}  # fmt: skip

# Each slash command with a line that does something, and who may say it.
COMMANDS = {
    "archive": ("/archive {task}", "editors"),
    "assign": ("/assign {task} @{handle}", "editors"),
    "block": ("/block {task} waiting for somebody", "editors"),
    "board": ("/board is:open", "in it"),
    "comment": ("/comment {task} See you", "in it"),
    "delete": ("/delete {task}\n/undo", "owners"),
    "done": ("/done {task}", "editors"),
    "due": ("/due {task} fri", "editors"),
    "estimate": ("/estimate {task} 3h", "editors"),
    "find": ("/find is:open @{handle}", "in it"),
    "help": ("/help", "in it"),
    "label": ("/label {task} #copy", "editors"),
    "me": ("/me is making tea", "in it"),
    "mine": ("/mine", "in it"),
    "move": ("/move {task} doing", "editors"),
    "poll": ('/poll "Lunch?" "Pizza" "Soup"', "in it"),
    "priority": ("/priority {task} high", "editors"),
    "remind": ("/remind me tomorrow to look at it", "in it"),
    "rename": ("/rename {task} Fix it", "editors"),
    "redo": ("/rename {task} Again\n/undo\n/redo", "editors"),
    "reopen": ("/reopen {finished}", "editors"),
    "shrug": ("/shrug", "in it"),
    "show": ("/show {task}", "in it"),
    "standup": ("/standup Reading in", "in it"),
    "start": ("/start {task}", "editors"),
    "subtask": ("/subtask {task} Write the tests", "editors"),
    "task": ("/task Fix more @{handle}", "editors"),
    "unassign": ("/unassign {task}", "editors"),
    "unblock": ("/unblock {waiting}", "editors"),
    "unlabel": ("/unlabel {task}", "editors"),
    "undo": ("/undo", "editors"),
}
ANSWERED = {"board", "find", "help", "mine", "show"}  # in private: nothing is posted

# Each frame of the socket, its answer where it has one of its own, and whether it is stored.
FRAMES = {
    "hello": ({"after": 0}, "ready", False),
    "say": ({"nonce": NONCE, "text": "hello", "reply_to": "{message}", "task": "{task}"}, "ack", True),
    "preview": ({"id": 1, "text": "/show {task}"}, "preview", False),
    "typing": ({}, "", False),
    "read": ({"seq": 2}, "", True),
    "ping": ({"id": 1}, "pong", False),
}

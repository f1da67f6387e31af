"""Whatever people do, in whatever order: the fold of the log, the rows, the page and the page that was open all agree."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from playwright.sync_api import sync_playwright

from tests.browser.seeder import Seeder
from tests.chromium import install
from tests.faults.extent import IS_LONG, extent, tell
from tests.faults.sitting import Reader
from tests.faults.visitor import Visitor
from tests.server import ROOT, Server

SEQUENCES, STEPS = extent(6, 500), 20

number = st.integers(1, 4)
who = st.sampled_from(["ana", "ana", "ana", "ben", "gus"])
place = st.integers(0, 3)
word = st.sampled_from(["bug", "copy", "Übermut", "a", "Kerning & <b>", "🎉 party", "#1", "@ben"])
COMMANDS = [
    "/task {word} !high due:fri #bug @ben",
    "/task {word}\nNotes for #{n}",
    "/task One\n/task Two #copy ~3pt\n/done #{n}",
    "/task {word} every:mon,thu",
    "/done {n}",
    "/reopen {n}",
    "/start {n}",
    "/assign {n} @ben",
    "/unassign {n}",
    "/move {n} {column}",
    "/move {n} {column} top",
    "/due {n} tomorrow",
    "/due {n} none",
    "/rename {n} {word} again",
    "/archive {n}",
    "/label {n} #bug #fresh",
    "/unlabel {n}",
    "/priority {n} high",
    "/estimate {n} 2h",
    "/comment {n} {word}",
    "/subtask {n}\n- {word}\n- two",
    "/done {n}.1",
    "/reopen {n}.1",
    "/block {n} by 1",
    "/block {n} {word}",
    "/unblock {n}",
    "/delete {n}",
    "/undo",
    "/redo",
    "/shrug",
    "/standup",
    "/me is here",
    '/poll "{word}?" "One" "Two {n}"',
    "/help",
    "{word}, see #{n} and @gus",
    "```py\nprint({n})\n```",
]


class World:
    """The server, its people and the browser, which all sequences share; each sequence has a project of its own."""

    def __init__(self, stack: ExitStack) -> None:
        self.server = stack.enter_context(Server())
        self.seed = Seeder(self.server)
        stack.callback(self.seed.end)
        names = ("ana", "ben", "gus", "dora")
        self.people = {name: self.seed("person", name=name.title(), handle=name) for name in names}
        self.visitors = {name: Visitor(self.server, person) for name, person in self.people.items()}
        for visitor in self.visitors.values():
            stack.callback(visitor.end)
        path = install()  # asks Playwright itself, which runs one at a time
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        stack.callback(browser.close)
        self.reader = Reader(browser, self.server, self.people["ana"]["cookie"])
        self.kinds: set[str] = set()
        self.count = self.events = 0


class Sequence(RuleBasedStateMachine):
    """What people do, one after another."""

    world: World

    @initialize()
    def begin(self) -> None:
        world = self.world
        world.count += 1
        self.slug = f"p{world.count}"
        self.path = f"/p/{self.slug}"
        words = {"name": "Web", "key": f"K{world.count}", "slug": self.slug, "owner": "ana"}
        self.id = world.seed("project", **words, members={"ben": "member", "gus": "guest"})["id"]
        before = [
            "/task One #bug @ben",
            "/task Two !high",
            "/start #2",
            "About #1",
            "/task Three #copy",
            "/done #3",
        ]
        world.seed("say", project=self.id, who="ana", texts=before)
        self.start = world.seed("rows", project=self.id)
        world.reader.open(self.path)

    def ask(self, who: str, path: str, **fields: Any) -> None:
        self.check(self.world.visitors[who].post(self.path + path, **fields))

    def check(self, answer: tuple[int, Any]) -> None:
        assert answer[0] < 500, answer

    @rule(who=who, text=st.sampled_from(COMMANDS), n=number, word=word, column=place, about=st.booleans())
    def say(self, who: str, text: str, n: int, word: str, column: int, about: bool) -> None:
        name = ("backlog", "next", "doing", "done")[column]
        text = text.format(n=n, word=word, column=name)
        self.check(self.world.visitors[who].say(self.path, text, **({"task": n} if about and n < 3 else {})))

    @rule(who=who, word=word)
    def reply(self, who: str, word: str) -> None:
        (first,) = self.world.seed("events", project=self.id, after=0)[-1:]
        if first["kind"] == "message.posted":
            self.check(self.world.visitors[who].say(self.path, word, reply_to=first["subject_id"]))

    @rule(who=who, back=number, text=st.sampled_from(COMMANDS), n=number, word=word, removes=st.booleans())
    def take_back(self, who: str, back: int, text: str, n: int, word: str, removes: bool) -> None:
        """One of the last things said says something else, or nothing any more."""
        found = self.world.seed("events", project=self.id, after=0)
        said = [event["subject_id"] for event in found if event["kind"] == "message.posted"][-back]
        if removes:
            self.ask(who, f"/m/{said}/remove")
        else:
            self.ask(who, f"/m/{said}/edit", text=text.format(n=n, word=word, column="next"))

    @rule(who=who, n=number, column=place, beside=number, how=st.sampled_from(["before", "after", "at", ""]))
    def drag(self, who: str, n: int, column: int, beside: int, how: str) -> None:
        spot = {how: "top" if how == "at" else beside} if how else {}
        self.ask(who, f"/t/{n}/move", column=self.start["columns"][column][0], **spot)

    @rule(
        who=who,
        choice=st.sampled_from(["0", "1", "", "7"]),
        closes=st.sampled_from([False, False, False, True]),
    )
    def vote(self, who: str, choice: str, closes: bool) -> None:
        found = self.world.seed("events", project=self.id, after=0)
        polls = [event["subject_id"] for event in found if event["kind"] == "poll.opened"]
        if polls and closes:
            self.ask(who, f"/polls/{polls[-1]}/close")
        elif polls:
            self.ask(who, f"/polls/{polls[-1]}/vote", choice=choice)

    @rule(who=who, n=number, do=st.sampled_from(["done", "reopen", "start", "archive"]))
    def press(self, who: str, n: int, do: str) -> None:
        self.ask(who, f"/t/{n}/edit", do=do)

    @rule(
        who=who,
        n=number,
        fields=st.fixed_dictionaries(
            {},
            optional={
                "title": word,
                "description": word,
                "priority": st.sampled_from("01234"),
                "every": st.sampled_from(["", "day", "2 weeks"]),
                "estimate": st.sampled_from(["", "3pt", "90min"]),
                "due_on": st.sampled_from(["", "2026-12-24", "2020-01-01"]),
                "labels": st.sampled_from(["", "bug", "copy, bug", "a, b, c, d"]),
                "mine": st.booleans(),
            },
        ),
    )
    def edit(self, who: str, n: int, fields: dict[str, Any]) -> None:
        if "mine" in fields:
            fields["assignees"] = [self.world.people["ben"]["id"]] if fields.pop("mine") else [""]
        self.ask(who, f"/t/{n}/edit", **fields)

    @rule(who=who, column=place, title=word)
    def add(self, who: str, column: int, title: str) -> None:
        self.ask(who, "/t/add", column=self.start["columns"][column][0], title=title)

    @rule(
        column=place,
        name=st.sampled_from(["Next", "Later", "In Arbeit", "<i>"]),
        limit=st.sampled_from(["", "1", "3"]),
    )
    def rename_column(self, column: int, name: str, limit: str) -> None:
        pk = self.start["columns"][column][0]
        self.ask("ana", f"/settings/columns/{pk}", name=name, limit=limit)

    @rule(column=place, move=st.sampled_from(["left", "right"]))
    def move_column(self, column: int, move: str) -> None:
        self.ask("ana", f"/settings/columns/{self.start['columns'][column][0]}", move=move)

    @rule(place=place, name=st.sampled_from(["bug", "Zebra", "ant"]), hue=st.sampled_from(["rose", "stone"]))
    def rename_label(self, place: int, name: str, hue: str) -> None:
        labels = sorted(self.world.seed("rows", project=self.id)["labels"])
        if labels:
            pk = labels[place % len(labels)]
            self.ask("ana", f"/settings/labels/{pk}", name=name, hue=hue)

    @rule(other=st.sampled_from(["ben", "gus", "dora"]), role=st.sampled_from(["member", "guest", "owner"]))
    def give_role(self, other: str, role: str) -> None:
        if (pk := self.membership(other)) is not None:
            self.ask("ana", f"/settings/people/{pk}/role", role=role)

    @rule(other=st.sampled_from(["ben", "gus"]))
    def let_go(self, other: str) -> None:
        if (pk := self.membership(other)) is not None:
            self.ask("ana", f"/settings/people/{pk}/remove")

    @rule(other=st.sampled_from(["ben", "gus", "dora"]))
    def come_in(self, other: str) -> None:
        self.check(self.world.visitors[other].post(f"/projects/{self.slug}/join"))

    @rule(uses=st.sampled_from(["0", "1"]), role=st.sampled_from(["member", "guest"]))
    def invite(self, uses: str, role: str) -> None:
        self.ask("ana", "/settings/people", role=role, days="7", uses=uses)

    @rule()
    def revoke_the_last_invitation(self) -> None:
        events = self.world.seed("events", project=self.id, after=0)
        made = [event["subject_id"] for event in events if event["kind"] == "invitation.made"]
        if made:
            self.ask("ana", f"/settings/invitations/{made[-1]}/revoke")

    @rule(name=word, access=st.sampled_from(["open", "private"]))
    def edit_project(self, name: str, access: str) -> None:
        key = f"K{self.world.count}"
        self.ask("ana", "/settings/general", name=f"Web {name}", key=key, hue="plum", access=access)

    def membership(self, handle: str) -> int | None:
        return self.world.seed("place_of", project=self.id, who=handle)

    def teardown(self) -> None:
        if not hasattr(self, "start"):
            return
        world = self.world
        rows = world.seed("rows", project=self.id)
        events = world.seed("events", project=self.id, after=self.start["seq"])
        world.events += len(events)
        world.kinds |= {event["kind"] for event in world.seed("events", project=self.id, after=0)}
        assert rows["differences"] == [], "the rows of the tasks are the fold of the log"
        rows["labels"] = {pk: label for pk, label in rows["labels"].items() if pk in self.start["labels"]}
        assert fold(self.start, events) == {name: rows[name] for name in FOLDED}, "and so are the others"
        lived = world.reader.sees(rows["seq"])
        loaded = world.reader.open(self.path).sees(rows["seq"])
        for part, shown in loaded.items():
            assert lived[part] == shown, f"the {part} of the page that was open, and of the one just loaded"
        assert cards_of(loaded) == rows["tasks"], "the page shows the rows"
        assert world.reader.complaints == []


FOLDED = ("project", "members", "columns", "labels")


def fold(start: dict[str, Any], events: list[dict[str, Any]]) -> dict[str, Any]:
    """The project, its members, columns and labels after `events`. (A task's event brings new labels without names.)"""
    project, members = dict(start["project"]), dict(start["members"])
    columns, labels = [list(each) for each in start["columns"]], dict(start["labels"])
    for event in events:
        kind, details = event["kind"], event["details"]
        noun = kind.partition(".")[0]
        if kind == "project.edited":
            project |= details["now"]
        elif kind == "member.removed":
            del members[str(details["user"])]
        elif kind == "member.role_changed":
            members[str(details["user"])] = details["now"]
        elif noun == "member":
            members[str(details["user"])] = details["role"]
        elif kind == "column.moved":
            columns.insert(details["now"]["place"] - 1, columns.pop(details["was"]["place"] - 1))
        elif kind == "column.edited":
            (column,) = (each for each in columns if each[0] == event["subject_id"])
            column[1:] = [details["now"].get("name", column[1]), details["now"].get("limit", column[2])]
        elif noun == "label" and str(event["subject_id"]) in labels:
            name, hue = labels[str(event["subject_id"])]
            now = details["now"]
            labels[str(event["subject_id"])] = [now.get("name", name), now.get("hue", hue)]
    return {"project": project, "members": members, "columns": columns, "labels": labels}


def cards_of(shown: dict[str, Any]) -> list[list[int]]:
    """Number and column of each card, by the columns' ids and their places in them."""
    pairs = [
        [int(re.search(r'data-task="(\d+)"', card)[1]), int(column["id"].removeprefix("column-"))]
        for column in shown["columns"]
        for card in column["cards"]
    ]
    return sorted(pairs, key=lambda pair: pair[1])


def kinds_in_the_code() -> set[str]:
    """Every kind of event that some module writes."""
    noun = r"task|message|poll|column|label|member|project|invitation"
    text = "\n".join(
        path.read_text()
        for app in ("accounts", "chat", "tasks", "workspace")
        for path in (ROOT / app).rglob("*.py")
        if not {"migrations", "demo"} & set(path.parts)
    )
    return set(re.findall(rf'"((?:{noun})\.[a-z_]+)"', text))


@pytest.fixture
def elsewhere() -> Iterator[Callable[..., Any]]:
    """Playwright keeps an event loop in its thread, which other tests must not meet."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda work: pool.submit(work).result()


def test_the_log_the_rows_the_page_and_an_open_page_agree_after_any_sequence(elsewhere):
    def work() -> World:
        with ExitStack() as stack:
            Sequence.world = World(stack)
            run_state_machine_as_test(
                Sequence,
                settings=settings(
                    max_examples=SEQUENCES,
                    stateful_step_count=STEPS,
                    deadline=None,
                    derandomize=not IS_LONG,
                    database=None,
                    phases=[Phase.generate, *([Phase.shrink] if IS_LONG else [])],
                    suppress_health_check=list(HealthCheck),
                ),
            )
            return Sequence.world

    world = elsewhere(work)
    tell("R-10", f"{world.count} sequences, {world.events} events of {len(world.kinds)} kinds: all agree")
    if IS_LONG:
        assert kinds_in_the_code() - world.kinds == set()

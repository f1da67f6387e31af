"""Six people do everything to thirty tasks at once, over sockets and forms: in the end all of them see one board."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.browser.seeder import Seeder
from tests.faults.extent import extent, tell
from tests.faults.visitor import Visitor
from tests.server import Server
from tests.services import services

PEOPLE, TASKS, EACH = 6, 30, extent(30, 200)
PATIENCE = 30  # seconds without the frame that is waited for


@pytest.fixture(params=["sqlite", "services"])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with ExitStack() as stack:
        shared = stack.enter_context(services()) if request.param == "services" else {}
        yield stack.enter_context(Server(workers=2 if shared else 1, **shared))


@pytest.fixture
def seed(server: Server) -> Iterator[Seeder]:
    seeder = Seeder(server)
    yield seeder
    seeder.end()


class Mate:
    """One of those who work on the board: half of what they do is said over their socket, half is sent as a form.

    `tasks` is the board as they see it: the snapshot of before, with every event applied that the socket brought.
    """

    def __init__(
        self,
        number: int,
        server: Server,
        person: dict[str, Any],
        start: dict[str, Any],
        all_done: Callable[[], Awaitable[int]],
    ) -> None:
        self.all_done = all_done
        self.server, self.start = server, start
        self.dice = random.Random(number)
        self.visitor = Visitor(server, person)
        self.tasks = {int(pk): dict(state) for pk, state in start["tasks"].items()}
        self.seq = start["seq"]
        self.faults: list[Any] = []
        self.waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}

    async def work(self) -> None:
        headers = {"Cookie": self.visitor.cookie, "Origin": self.server.url}
        url = f"ws://127.0.0.1:{self.server.port}/ws/project/{self.start['id']}/?as=data"
        async with connect(url, additional_headers=headers) as self.socket:
            await self.socket.send(json.dumps({"type": "hello", "after": self.seq}))
            hearing = asyncio.create_task(self._hear(self.socket))
            for _ in range(EACH):
                await (self._say() if self.dice.random() < 0.5 else asyncio.to_thread(self._press))
            await self.all_done()
            last = (await asyncio.to_thread(self.board))["seq"]
            async with asyncio.timeout(PATIENCE):
                while self.seq < last:
                    await asyncio.sleep(0.02)
            hearing.cancel()

    def board(self) -> dict[str, Any]:
        """The board as the server shows it."""
        status, board = self.visitor.get(f"/api/v1/projects/{self.start['id']}/board")
        assert status == 200
        return board

    async def _hear(self, socket: ClientConnection) -> None:
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "event":
                self._apply(frame)
            elif frame.get("nonce") in self.waiting:
                self.waiting.pop(frame["nonce"]).set_result(frame)
            elif frame["type"] == "error":
                self.faults.append(frame)

    def _apply(self, frame: dict[str, Any]) -> None:
        if frame["seq"] != self.seq + 1:
            self.faults.append(frame)
        self.seq = frame["seq"]
        if frame["kind"].startswith("task."):
            self.tasks.setdefault(frame["data"]["task"]["id"], {}).update(frame["data"]["now"])

    async def _say(self) -> None:
        one, two = self.dice.sample(range(1, TASKS + 1), 2)
        column = self.dice.choice(["backlog", "next", "doing", "done"])
        other = self.dice.choice(self.start["people"])
        text = self.dice.choice(
            [
                f"/move {one} {column}",
                f"/move {one} {column} top",
                f"/done {one}, {two}",
                f"/reopen {one}\n/start {one}",
                f"/assign {one} @{other}\n/unassign {two}",
                f"/archive {one}" if self.dice.random() < 0.2 else f"/due {one} friday",
                "/undo",
            ]
        )
        nonce = str(uuid4())
        answer = self.waiting[nonce] = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"type": "say", "nonce": nonce, "text": text}))
        frame = await asyncio.wait_for(answer, PATIENCE)
        if frame["type"] not in {"ack", "refused"}:
            self.faults.append(frame)

    def _press(self) -> None:
        one, beside = self.dice.sample(range(1, TASKS + 1), 2)
        where = self.dice.choice([{"before": beside}, {"after": beside}, {"at": "top"}, {"at": "bottom"}])
        forms = [
            (f"t/{one}/move", {"column": self.dice.choice(self.start["columns"]), **where}),
            (f"t/{one}/move", {"column": self.dice.choice(self.start["columns"]), **where}),
            (f"t/{one}/edit", {"do": self.dice.choice(["done", "reopen", "start"])}),
            (f"t/{one}/edit", {"priority": self.dice.choice("01234"), "labels": "bug"}),
        ]
        path, fields = self.dice.choice(forms)
        status, answer = self.visitor.post(f"/p/web/{path}", **fields)
        if status >= 500:
            self.faults.append((status, answer))


async def test_six_who_work_on_thirty_tasks_at_once_see_one_board_in_the_end(server, seed):
    people = [seed("person", name=f"Mate {n}", handle=f"mate{n}") for n in range(PEOPLE)]
    handles = [person["handle"] for person in people]
    project = seed(
        "project",
        name="Web",
        key="WEB",
        slug="web",
        owner="mate0",
        members=dict.fromkeys(handles[1:], "member"),
    )
    seed("say", project=project["id"], who="mate0", texts=[f"/task Task {n}" for n in range(TASKS)])
    start = {
        "id": project["id"],
        "columns": list(project["columns"].values()),
        "people": handles,
        "tasks": seed("states", project=project["id"]),
        "seq": seed("rows", project=project["id"])["seq"],
    }
    barrier = asyncio.Barrier(PEOPLE)

    mates = [Mate(number, server, person, start, barrier.wait) for number, person in enumerate(people)]
    async with asyncio.timeout(480), asyncio.TaskGroup() as group:
        for mate in mates:
            group.create_task(mate.work())

    rows, states = seed("rows", project=project["id"]), seed("states", project=project["id"])
    assert [mate.faults for mate in mates] == [[]] * PEOPLE, "no gap, no repeat, no error, no status of 500"
    assert rows["differences"] == [], "the rows are the fold of the log"
    for mate in mates:
        assert {str(pk): state for pk, state in mate.tasks.items()} == states, "everybody sees the rows"
    live = [state for state in states.values() if state["archived_at"] is None]
    places = Counter((state["column"], state["position"]) for state in live)
    assert max(places.values()) == 1, "no two cards have one place"
    boards = [await asyncio.to_thread(mate.board) for mate in mates]
    assert all(board == boards[0] for board in boards)
    board = boards[0]
    shown = [task["id"] for column in board["columns"] for task in column["tasks"]]
    assert len(shown) == len(set(shown)) == len(live), "no task stands in two columns"
    for column in board["columns"]:
        there = [state for state in live if state["column"] == column["id"]]
        assert column["count"] == len(there) == len(column["tasks"])
        positions = [task["position"] for task in column["tasks"]]
        assert positions == sorted(positions)
        assert {task["completed_at"] is not None for task in column["tasks"]} <= {column["kind"] == "done"}
    for mate in mates:
        mate.visitor.end()
    assert "Traceback" not in server.log.read_text()
    done = rows["seq"] - start["seq"]
    tell("R-11", f"{PEOPLE} people, {PEOPLE * EACH} actions, {done} events: one board, no place twice")

"""Writes into projects, or reads their logs, as fast as it can: a process of its own, with the settings of a server.

python -m tests.faults.writing write '{"projects": [1, 2], "threads": 4, "count": 500, "seed": 1}'
python -m tests.faults.writing read '{"projects": [1, 2]}'      reads until its input ends

Prints one JSON object: what it did, and each error.
"""

import json
import os
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")
django.setup()

from django.db import connections  # noqa: E402 - Django is set up by now

from chat.actions import post_message  # noqa: E402
from tasks.actions import complete_task, create_task, move_task, reopen_task  # noqa: E402
from workspace import live  # noqa: E402
from workspace.changes import changes  # noqa: E402
from workspace.models import Event, Membership  # noqa: E402

ROLLBACKS = 0.15
READ_EVERY = 0.002  # seconds


class Never(Exception):
    """The change that raises it does not happen."""


class Writer:
    """One of those who write: talk, new tasks and moves, now in one project and now in another."""

    def __init__(self, projects: list[int], seed: int) -> None:
        self.luck = random.Random(seed)
        self.members = [each.pk for each in Membership.objects.filter(project__in=projects).order_by("pk")]
        self.done: Counter[str] = Counter()
        self.undone: list[str] = []  # the nonces of what did not happen
        self.errors: list[str] = []

    def write(self, count: int) -> None:
        try:
            for _ in range(count):
                self._change(Membership.objects.get(pk=self.luck.choice(self.members)))
        except Exception as error:
            self.errors.append(repr(error))
        finally:
            connections.close_all()

    def _change(self, member: Membership) -> None:
        nonce = UUID(int=self.luck.getrandbits(128), version=4)
        act = self.luck.choices([self.talk, self.add, self.move, self.finish], [3, 1, 4, 2])[0]
        try:
            with changes(member):
                act(member, nonce)
                if self.luck.random() < ROLLBACKS:
                    raise Never
        except Never:
            self.undone.append(str(nonce))
        else:
            self.done[act.__name__] += 1

    def talk(self, member: Membership, nonce: UUID) -> None:
        post_message(member, f"words about #{self.luck.randint(1, 20)}", nonce=nonce)

    def add(self, member: Membership, nonce: UUID) -> None:
        post_message(member, "There it is", nonce=nonce)
        create_task(member, f"Card {nonce}")

    def move(self, member: Membership, nonce: UUID) -> None:
        task = member.project.tasks.order_by("?").first()
        column = member.project.columns.order_by("?").first()
        if task is None:
            self.add(member, nonce)
        else:
            move_task(member, task, column, at=self.luck.choice(["top", "bottom"]))

    def finish(self, member: Membership, nonce: UUID) -> None:
        for task in member.project.tasks.order_by("?")[:2]:
            complete_task(member, task)
            if self.luck.random() < 0.5:
                reopen_task(member, task)


def write(projects: list[int], threads: int, count: int, seed: int) -> dict[str, Any]:
    writers = [Writer(projects, seed * 1_000 + number) for number in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda writer: writer.write(count), writers))
    return {
        "done": sum((writer.done for writer in writers), Counter()),
        "undone": [nonce for writer in writers for nonce in writer.undone],
        "errors": [error for writer in writers for error in writer.errors],
    }


def read(projects: list[int]) -> dict[str, Any]:
    """Follow each log by a cursor, as the hub does, and look at all of it, as a page does."""
    seen: dict[int, list[int]] = {project: [] for project in projects}
    errors: list[str] = []
    reads, ended = 0, threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    is_last = False
    while not is_last:
        is_last = ended.is_set()  # the last look comes after the last word
        for project, seqs in seen.items():
            seqs += [event.seq for event in live.events_after(project, len(seqs), 500)]
            reads += 1
            if seqs != list(range(1, len(seqs) + 1)):
                errors.append(f"project {project}: the cursor went over {seqs[-5:]}, the {len(seqs)}th event")
            elif reads % 20 == 0 and Event.objects.filter(project=project, seq__lte=len(seqs)).count() != len(
                seqs
            ):
                errors.append(f"project {project}: behind the cursor at {len(seqs)} the log has changed")
        if errors:
            break
        time.sleep(READ_EVERY)
    return {"seen": {project: len(seqs) for project, seqs in seen.items()}, "reads": reads, "errors": errors}


if __name__ == "__main__":
    what, words = sys.argv[1], json.loads(sys.argv[2])
    print(json.dumps({"write": write, "read": read}[what](**words)))

"""Any number of messages and tasks, written in bulk and as the actions would have written them.

This and `changes` are the only places that append to the log. It is for an empty database that nobody serves yet.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import cycle
from random import Random

from accounts.models import User
from chat.demo import phrases
from chat.demo.board import Board
from chat.demo.days import working_moments
from chat.demo.ledger import Ledger
from tasks.models import Task
from workspace import markup
from workspace.models import Membership

LATER = 30  # messages between a task and the message that finishes it
EVERY_DUE = 4  # every fourth task has a day
EVERY_DONE = 5  # every fifth task is finished
EVERY_SAID = 3  # every third task was made by a message, the others on the board


def fill(owner: Membership, begin: datetime, end: datetime, *, messages: int, tasks: int) -> None:
    """Let so many messages and tasks have happened in the owner's project between two moments."""
    if messages or tasks:
        Crowd(owner).live(messages, tasks, begin, end)


@dataclass
class Written:
    """A text as the actions store it."""

    html: str
    mentions: list[int]


class Crowd:
    """The people of a project, whose every message and task is a line in the ledger."""

    def __init__(self, owner: Membership) -> None:
        self.project = owner.project
        rows = (
            self.project.memberships.exclude(role=Membership.Role.GUEST).select_related("user").order_by("pk")
        )
        self.people = [row.user for row in rows]
        self.ledger = Ledger(owner.project)
        self.random = Random(3)  # noqa: S311 - the same crowd every time, not a secret
        self.board = Board(owner.project)
        self.unfinished: deque[tuple[int, Task]] = deque()
        self.write = cache(self._write)

    def live(self, messages: int, tasks: int, begin: datetime, end: datetime) -> None:
        """Say `messages` messages, and make `tasks` tasks evenly between them."""
        moments = working_moments(begin, end, messages + tasks)
        said, titles = cycle(phrases.sentences()), cycle(phrases.titles())
        made = 0
        for number in range(messages):
            self.ledger.pause()
            while made * messages < number * tasks:
                made += 1
                self.make(next(titles), next(moments), made, number)
            if self.unfinished and self.unfinished[0][0] + LATER < number:
                self.finish(self.unfinished.popleft()[1], next(moments), is_said=True)
            else:
                self.say(next(said), next(moments))
        for number in range(made + 1, tasks + 1):
            self.ledger.pause()
            self.make(next(titles), next(moments), number, messages)
        for _, task in self.unfinished:
            self.finish(task, end, is_said=False)
        self.ledger.close()

    def say(self, text: str, at: datetime) -> None:
        """Somebody says something."""
        written = self.write(text, is_script=False)
        self.ledger.say(self._somebody(), at, text, written.html, mentions=written.mentions)

    def make(self, title: str, at: datetime, number: int, after: int) -> None:
        """Somebody makes a task; every third time it is said, and then it is the effect of that message."""
        author = self._somebody()
        task = self.board.task(title, number, at, author, is_due=number % EVERY_DUE == 0)
        people = [self.random.choice(self.people).pk] if number % 2 else []
        labels = [self.board.labels[number % len(self.board.labels)].pk] if number % 3 else []
        cause = None
        if number % EVERY_SAID == 0:
            text = f"/task {title}"
            cause = self.ledger.say(author, at, text, self.write(text, is_script=True).html)
        self.ledger.make(author, task, people, labels, cause)
        if number % EVERY_DONE == 0:
            self.unfinished.append((after, task))

    def finish(self, task: Task, at: datetime, *, is_said: bool) -> None:
        """Somebody finishes a task, by a message or on the board."""
        author, cause = self._somebody(), None
        if is_said:
            text = f"/done #{task.number}"
            cause = self.ledger.say(author, at, text, self._write(text, is_script=True).html, touched=task)
        self.ledger.finish(author, task, at, self.board.done, self.board.top(), cause)

    def _somebody(self) -> User:
        return self.random.choice(self.people)

    def _write(self, text: str, *, is_script: bool) -> Written:
        named = {user.handle: user for user in self.people}
        render = markup.render_script if is_script else markup.render
        address = f"{self.project.get_absolute_url()}/t/"
        rendered = render(
            text, mention=named.get, task=lambda number: f"{address}{number}", key=self.project.key
        )
        return Written(rendered.html, sorted(named[handle].pk for handle in rendered.mentions))

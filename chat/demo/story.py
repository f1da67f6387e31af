"""The conversations of the sample workspace: text files of lines, which are said again through the real actions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from accounts.models import User
from chat.commands import handle
from chat.demo.cast import ROLES
from chat.demo.days import moment, working_days_before
from tasks.models import Column
from workspace.actions import add_member, create_project
from workspace.changes import changes
from workspace.models import Membership, Project

FOLDER = Path(__file__).parent / "stories"
PROJECTS = (
    ("Web relaunch", "WEB"),
    ("Spring catalogue", "CAT"),
    ("Billing API", "API"),
    ("Studio kitchen", "FIG"),
)
LONGEST = 12  # working days that the longest story goes back
DOING_AT_ONCE = 3  # the limit of the first project's Doing column

DAY = re.compile(r"= (\d+)")  # so many working days ago
LINE = re.compile(r"(\d\d:\d\d|-\d+) (\w+)  (.*)")  # at a time of that day, or so many minutes ago
NUMBER = re.compile(r"\{(\d+)\}")  # the task that was made as number so and so of the story


@dataclass(frozen=True)
class Said:
    """A line of a story. Times are told back from now: a story is always about these days."""

    at: datetime
    handle: str
    text: str


def found_projects(people: Mapping[str, User], at: datetime) -> list[Membership]:
    """The studio's projects with all its people, owned by the first of them. Nobody has said anything yet."""
    owner, *others = people.values()
    owners = []
    for name, key in PROJECTS:
        member = create_project(owner, name, key=key, at=at)  # older than the talk in it
        with changes(member) as record:
            record.at = at
            for user in others:
                add_member(member, user, ROLES.get(user.handle, Membership.Role.MEMBER))
        owners.append(member)
    Project.objects.update(created_at=at)
    Column.objects.filter(project=owners[0].project, kind=Column.Kind.DOING).update(limit=DOING_AT_ONCE)
    return owners


def tell(owner: Membership, now: datetime) -> None:
    """Have the people of a project say its story, each line at its moment."""
    project = owner.project
    first = project.last_number  # the story counts its tasks from 1
    members = {row.user.handle: row for row in project.memberships.select_related("user", "project")}
    with transaction.atomic():
        for number, said in enumerate(lines(project.slug, now)):
            member, text = (
                members[said.handle],
                NUMBER.sub(lambda found: str(first + int(found[1])), said.text),
            )
            with changes(member) as record:
                record.at = said.at
                handle(member, text, uuid5(NAMESPACE_URL, f"{project.slug}/{number}"), now=said.at)


def lines(slug: str, now: datetime) -> Iterator[Said]:
    """The lines of a project's story, oldest first."""
    day, line = now, None
    for text in (FOLDER / f"{slug}.txt").read_text().splitlines():
        if match := DAY.fullmatch(text):
            day = working_days_before(now, int(match[1]))
        elif match := LINE.fullmatch(text):
            if line:
                yield line
            line = Said(moment(match[1], day, now), match[2], match[3])
        elif line:
            line = Said(line.at, line.handle, f"{line.text}\n{text}")
    if line:
        yield line


def beginning(now: datetime) -> datetime:
    """When the first line of the stories is said."""
    return working_days_before(now, LONGEST).replace(hour=9, minute=0)

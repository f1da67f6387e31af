"""A process that writes with all its threads, through the real actions, as fast as it can.

python -m tests.faults.writers <threads> <actions each>        prints how long each took, and what went wrong
"""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from uuid import uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
django.setup()

from django.db import close_old_connections  # noqa: E402 - Django is set up by now

from chat.commands import handle  # noqa: E402
from workspace.models import Membership  # noqa: E402

WORDS = [
    "Good morning",
    "/task Kerning #bug !high",
    "see #1",
    "/move 1 doing top",
    "/done 1",
    "/reopen 1",
    "/undo",
]


def write(number: int, actions: int) -> tuple[list[float], list[str]]:
    """What one thread took for each action, in seconds, and its errors."""
    took, errors = [], []
    owners = Membership.objects.select_related("project", "user").filter(role="owner").order_by("pk")
    member = owners[number % 2]
    for turn in range(actions):
        close_old_connections()  # as after a request
        began = time.monotonic()
        try:
            handle(member, WORDS[(turn + number) % len(WORDS)], uuid4())
        except Exception as error:
            if "nothing_to_undo" not in repr(vars(error)) and "conflict" not in repr(vars(error)):
                errors.append(repr(error))
        took.append(time.monotonic() - began)
    close_old_connections()
    return took, errors


if __name__ == "__main__":
    threads, actions = map(int, sys.argv[1:])
    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(write, range(threads), [actions] * threads))
    print(json.dumps([list(chain(*each)) for each in zip(*results, strict=True)]))

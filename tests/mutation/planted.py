"""Bugs that somebody might write one day, planted one by one into a copy of the product: each is caught by a test.

    python -m tests.mutation.planted            all of them (`make planted`)
    python -m tests.mutation.planted nh3 lock   those with a word in their name

A bug is a text of the source and what stands there instead. One whose text is no longer there once, and once only, fails:
then the code has moved, and the bug has to be planted where it went.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "data", "demo", "__pycache__", ".*_cache", "images"
)
PATIENCE = 300  # seconds for the tests of one bug


@dataclass(frozen=True)
class Bug:
    """`was` in `file` becomes `now`; one of the `tests` goes red. `services`: it takes PostgreSQL to see it."""

    name: str
    file: str
    was: str
    now: str
    tests: str
    services: bool = False


BUGS = [
    Bug(
        "a membership of anybody opens the project",
        "workspace/permissions.py",
        "filter(user_id=user.pk or 0, **where)",
        "filter(**where)",
        "tests/workspace/test_permissions.py tests/workspace/test_api.py",
    ),
    Bug(
        "the role is not asked for",
        "workspace/permissions.py",
        "if not may(member, ability):",
        "if False:",
        "tests/workspace/test_permissions.py tests/tasks/test_actions.py",
    ),
    Bug(
        "a guest may edit tasks",
        "workspace/permissions.py",
        '"edit_tasks": frozenset({OWNER, MEMBER}),',
        '"edit_tasks": frozenset({OWNER, MEMBER, GUEST}),',
        "tests/workspace/test_permissions.py tests/tasks/test_actions.py",
    ),
    Bug(
        "events go out before the commit",
        "workspace/changes.py",
        "transaction.on_commit(lambda: live.publish(events), robust=True)",
        "live.publish(events)",
        "tests/workspace/test_changes.py",
    ),
    Bug(
        "the project is not locked",
        "workspace/changes.py",
        '.select_for_update(of=("project", "self"))',
        "",
        "tests/workspace/test_races.py tests/workspace/test_changes.py",
        services=True,
    ),
    Bug(
        "a person who was removed writes on",
        "workspace/changes.py",
        "if row is None or not row.user.is_active:",
        "if row is None:",
        "tests/workspace/test_changes.py tests/workspace/test_races.py tests/chat/test_consumers.py",
    ),
    Bug(
        "an old role goes on to count",
        "workspace/changes.py",
        "if row.role != member.role:",
        "if False:",
        "tests/workspace/test_changes.py tests/workspace/test_races.py tests/chat/test_consumers.py",
    ),
    Bug(
        "a nonce works twice",
        "chat/actions.py",
        "said = _said_before(drafts)",
        "said: dict[Key, Event] = {}",
        "tests/chat/commands/test_handle.py tests/chat/test_desk.py",
    ),
    Bug(
        "an ack goes out before the commit",
        "chat/desk.py",
        "                outcomes = await in_database(session.say_all)(says)\n",
        '                outcomes = [{"type": "ack", "nonce": str(said.nonce), "seq": 1} for _, said, _ in says]\n'
        "                asyncio.ensure_future(in_database(session.say_all)(says))\n",
        "tests/chat/test_desk.py",
    ),
    Bug(
        "nh3 is left out",
        "workspace/markup/sanitize.py",
        "return self.nh3.clean(code.put_back(self.bleach.clean(html)))",
        "return code.put_back(self.bleach.clean(html))",
        "tests/workspace/test_markup_safety.py tests/workspace/test_markup.py",
    ),
    Bug(
        "bleach is left out",
        "workspace/markup/sanitize.py",
        "return self.nh3.clean(code.put_back(self.bleach.clean(html)))",
        "return self.nh3.clean(code.put_back(html))",
        "tests/workspace/test_markup_safety.py tests/workspace/test_markup.py",
    ),
    Bug(
        "an address of any scheme is a link",
        "workspace/markup/sanitize.py",
        'PROTOCOLS = {"http", "https", "mailto"}',
        'PROTOCOLS = {"http", "https", "mailto", "javascript", "data"}',
        "tests/workspace/test_markup_safety.py",
    ),
    Bug(
        "a path of another server is one of ours",
        "workspace/markup/sanitize.py",
        'INSIDE = re.compile(r"/(?![/\\\\])")',
        'INSIDE = re.compile(r"/")',
        "tests/workspace/test_markup_safety.py",
    ),
    Bug(
        "messages are found in projects of others",
        "chat/search.py",
        "removed_at=None, project__memberships__user=user",
        "removed_at=None",
        "tests/chat/test_search.py",
    ),
    Bug(
        "a task is reached by its number alone",
        "tasks/views.py",
        'Task.objects.select_related("column"), project=member.project, number=number',
        'Task.objects.select_related("column"), number=number',
        "tests/test_static_rules.py tests/tasks/test_views.py",
    ),
    Bug(
        "a revoked token signs in",
        "accounts/models.py",
        "living = cls.objects.filter(revoked_at=None, user__is_active=True)",
        "living = cls.objects.filter(user__is_active=True)",
        "tests/accounts tests/workspace/test_api.py",
    ),
    Bug(
        "a page of another site opens sockets",
        "workspace/login.py",
        'len(origins) == 1 and origins[0].decode("latin-1") in _own_origins(scope)',
        "len(origins) == 1",
        "tests/workspace/test_login.py tests/chat/test_consumers.py",
    ),
    Bug(
        "an invitation never wears out",
        "workspace/actions.py",
        'usable = usable.exclude(max_uses__isnull=False, uses__gte=F("max_uses"))',
        "pass",
        "tests/workspace/test_join.py tests/workspace/test_actions.py",
    ),
    Bug(
        "a member who is removed keeps the sockets",
        "workspace/sockets.py",
        "elif (socket.user_id, socket.project_id) not in pairs:",
        "elif False:",
        "tests/workspace/test_sockets.py tests/chat/test_consumers.py",
    ),
    Bug(
        "a NUL reaches the database",
        "workspace/text.py",
        '_UNSEEN.sub("", text)',
        "text",
        "tests/content/test_unicode.py",
    ),
    Bug(
        "any reader may take all the time",
        "workspace/markup/lines.py",
        "if RULER.search(text) or len(MARK.findall(text)) > MOST_MARKS:",
        "if False:",
        "tests/content/test_linear.py",
    ),
]


def plant(bug: Bug, root: Path) -> None:
    """Write the bug into a copy. Raises `LookupError` where it no longer fits."""
    path = root / bug.file
    source = path.read_text()
    if source.count(bug.was) != 1:
        raise LookupError(
            f"“{bug.name}” no longer fits: {bug.file} has {source.count(bug.was)} × {bug.was!r}"
        )
    path.write_text(source.replace(bug.was, bug.now))


def caught_by(bug: Bug) -> list[str]:
    """The tests that fail with the bug in: the first two of them."""
    with tempfile.TemporaryDirectory(prefix="loggia-planted-") as folder:
        copy = Path(folder) / "loggia"
        shutil.copytree(ROOT, copy, ignore=LEFT, symlinks=True)
        plant(bug, copy)
        wrap = [sys.executable, "-m", "tests.services", "--"] if bug.services else []
        words = [
            *wrap,
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--no-header",
            "--maxfail=2",
            "-p",
            "no:cacheprovider",
        ]
        words += ["-p", "no:randomly", "-rf", *bug.tests.split()]
        unset = {"DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER", "DATA_DIR", "PYTEST_CURRENT_TEST"}
        env = {name: value for name, value in os.environ.items() if name not in unset} | {
            "DATA_DIR": f"{folder}/data"
        }
        done = subprocess.run(words, cwd=copy, env=env, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode not in {0, 1}:
        raise RuntimeError(f"The tests of “{bug.name}” did not run:\n{(done.stdout + done.stderr)[-2000:]}")
    return re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE)


def main(words: list[str]) -> int:
    chosen = [bug for bug in BUGS if not words or any(word in bug.name for word in words)]
    missed = 0
    for bug in chosen:
        began = time.monotonic()
        try:
            caught = caught_by(bug)
            said = f"caught by {caught[0]}" if caught else "NOT CAUGHT"
        except (LookupError, RuntimeError, subprocess.TimeoutExpired) as fault:
            caught, said = [], f"FAILED: {fault}"
        missed += not caught
        print(f"{bug.name:<46} {time.monotonic() - began:5.1f} s  {said}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} planted bugs were caught")
    return 1 if missed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Bugs that somebody might write one day. `planted` plants them."""

from dataclasses import dataclass


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
        "events go out before the commit",
        "workspace/changes.py",
        "transaction.on_commit(lambda: live.publish(events), robust=True)",
        "live.publish(events)",
        "tests/workspace/test_changes.py",
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
        "S-19: a task is reached by its number alone",
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
        "S-17: a NUL reaches the database",
        "workspace/text.py",
        '_UNSEEN.sub("", text)',
        "text",
        "tests/content/test_unicode.py",
    ),
    Bug(
        "S-04: any reader may take all the time",
        "workspace/markup/lines.py",
        "if RULER.search(text) or len(MARK.findall(text)) > MOST_MARKS:",
        "if False:",
        "tests/content/test_linear.py",
    ),
    Bug(
        "a change of a task leaves no event",
        "tasks/steps.py",
        "    record(kind, task, in_chat=in_chat, was=was, now=now, note=note)",
        "    if kind != 'task.renamed':\n        record(kind, task, in_chat=in_chat, was=was, now=now, note=note)",
        "tests/access/test_audit.py",
    ),
    Bug(
        "R-10: an event tells less than was changed",
        "tasks/steps.py",
        "    record(kind, task, in_chat=in_chat, was=was, now=now, note=note)",
        "    now.pop('position', None)\n    record(kind, task, in_chat=in_chat, was=was, now=now, note=note)",
        "tests/faults/test_equality.py",
    ),
    Bug(
        "R-11: two cards get one place",
        "tasks/ranks.py",
        "        return _between(None, _first(tasks))",
        '        return "a0"',
        "tests/faults/test_board_together.py",
    ),
    Bug(
        "R-14: whoever came last writes first",
        "workspace/sqlite/turns.py",
        "self._waiting.popleft().set()",
        "self._waiting.pop().set()",
        "tests/workspace/test_turns.py",
    ),
    Bug(
        "S-11: the search finds what others said",
        "chat/search.py",
        "    ids = found(Message, parse(text), projects_searched(user, project), limit)\n"
        "    rows = Message.objects.filter(pk__in=ids, removed_at=None, project__memberships__user=user)",
        "    ids = found(Message, parse(text), [each.pk for each in Project.objects.all()], limit)\n"
        "    rows = Message.objects.filter(pk__in=ids, removed_at=None)",
        "tests/access/test_canaries.py",
    ),
    Bug(
        "S-02: a socket is not looked at again",
        "workspace/hub.py",
        "                await self._close_unwelcome()\n",
        "",
        "tests/faults/test_revocation.py",
    ),
]

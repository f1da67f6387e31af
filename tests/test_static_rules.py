"""What the code must not do anywhere, or in a few named places only. Each rule is shown to catch what it is for."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import static_rules as rules
from tests.content.once import ONCE
from tests.test_house import APPS, MAY_MARK_SAFE, files, name_of

pytestmark = ONCE

LEAVES = re.compile(
    r"/(\w*views|api\w*|consumers|session|pages|edits|login)(/\w+)?\.py$|^/chat/commands/\w+\.py$"
)

# Statements that are made of names of ours, never of what people send.
MAY_BUILD_SQL = {
    "workspace/doctor/services.py",
    "workspace/fulltext.py",
    "workspace/fulltext_index.py",
    "workspace/prepared.py",
    "workspace/restoring.py",
    "workspace/seal.py",
}
# These look up by what the server itself knows: the membership of this socket, the token and the session just shown.
MAY_LOOK_UP = {
    "chat/session.py: mark_read",
    "workspace/api_kit.py: _user_of",
    "workspace/login.py: _user_of_session",
}
Rule = Callable[[ast.AST], Iterator[int]]

NOWHERE: dict[Rule, set[str]] = {
    rules.says_that_html_is_safe: MAY_MARK_SAFE,
    rules.runs_text_as_code: set(),
    rules.fetches: set(),
    rules.compares_secrets: set(),
    rules.hands_a_request_to_the_database: set(),
    rules.builds_sql: MAY_BUILD_SQL,
}

CAUGHT: dict[Rule, list[str]] = {
    rules.says_that_html_is_safe: ["mark_safe(text)", "safestring.mark_safe(text)", "SafeString(text)"],
    rules.runs_text_as_code: ["eval(text)", "exec(text)", "import pickle", "from marshal import loads"],
    rules.fetches: [
        "import requests",
        "import httpx as h",
        "from urllib.request import urlopen",
        "from urllib import request",
        "from http import client",
        "urllib.request.urlopen(url)",
    ],
    rules.compares_secrets: [
        "if token == given: pass",
        "user.password != password",
        "digest_of(code) == row.digest",
        "given == passwords.get(user)",
        "row.session_auth_hash == now",
    ],
    rules.hands_a_request_to_the_database: [
        "Task.objects.filter(**request.GET.dict())",
        "rows.order_by(*request.GET.getlist('sort'))",
        "Task.objects.create(**form.cleaned_data)",
        "rows.update(**payload)",
        "Q(**frame)",
    ],
    rules.builds_sql: [
        "cursor.execute(f'SELECT {x}')",
        "cursor.execute('SELECT ' + x)",
        "cursor.execute('SELECT %s' % x)",
        "cursor.execute(statement)",
        "RawSQL('SELECT {}'.format(x), [])",
        "Task.objects.raw(sql)",
    ],
    rules.reaches_rows_past_the_member: [
        "def view(request, pk):\n    return Task.objects.get(pk=pk)",
        "def view(request, pk):\n    return Task.objects.filter(pk=pk).first()",
        "def view(request, pk):\n    return get_object_or_404(Message, pk=pk)",
        "def view(request, pk):\n    rows = Task.objects.all()\n    return get_object_or_404(rows, pk=pk)",
        "async def view(request, number):\n    return await Task.objects.aget(number=number)",
    ],
}  # fmt: skip
LET_THROUGH: dict[Rule, list[str]] = {
    rules.says_that_html_is_safe: ["def shown(text) -> SafeString: return SafeString()"],
    rules.compares_secrets: ["constant_time_compare(token, given)", "kind == 'token'", "token is None"],
    rules.hands_a_request_to_the_database: ["rows.filter(**where)", "render(request, **request.GET)"],
    rules.builds_sql: ["cursor.execute('SELECT %s', [x])", "cursor.execute(COUNT, [x])"],
    rules.reaches_rows_past_the_member: [
        "def view(request, pk):\n    return get_object_or_404(Task, project=member.project, pk=pk)",
        "def view(request, pk):\n    return get_object_or_404(member.project.tasks, pk=pk)",
        "def view(request, pk):\n    rows = ApiToken.objects.filter(user=request.user)\n    get_object_or_404(rows, pk=pk)",
        "def view(request, slug):\n    return get_object_or_404(joinable_projects(request.user), slug=slug)",
    ],
}


def product() -> Iterator[tuple[str, ast.Module]]:
    return ((name_of(path), ast.parse(path.read_text())) for app in APPS for path in files(app, "*.py"))


@pytest.mark.parametrize("rule", NOWHERE, ids=lambda rule: rule.__name__)
def test_the_product_keeps_the_rule(rule: Rule) -> None:
    broken = [
        f"{name}:{line}" for name, tree in product() for line in rule(tree) if name not in NOWHERE[rule]
    ]
    assert broken == []


@pytest.mark.parametrize("rule", NOWHERE, ids=lambda rule: rule.__name__)
def test_a_file_that_may_break_it_does(rule: Rule) -> None:
    may = {name: any(rule(tree)) for name, tree in product() if name in NOWHERE[rule]}
    assert set(may) == NOWHERE[rule], "the list names a file that has gone"
    assert [name for name, does in may.items() if not does] == [], "the list is longer than it has to be"


def test_views_and_their_like_reach_rows_through_the_member() -> None:
    looked = {name: tree for name, tree in product() if LEAVES.search(f"/{name}")}
    assert {
        "chat/views.py",
        "tasks/api.py",
        "workspace/views/members.py",
        "chat/consumers.py",
        "chat/commands/call.py",
    } < set(looked)
    broken = set()
    for name, tree in looked.items():
        for line in rules.reaches_rows_past_the_member(tree):
            inside = [
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef) and node.lineno <= line <= node.end_lineno
            ]
            broken.add(f"{name}: {inside[-1].name}")
    assert broken == MAY_LOOK_UP


@pytest.mark.parametrize(
    ("rule", "sample"), [(rule, sample) for rule, samples in CAUGHT.items() for sample in samples]
)
def test_the_rule_catches(rule: Rule, sample: str) -> None:
    assert list(rule(ast.parse(sample)))


@pytest.mark.parametrize(
    ("rule", "sample"), [(rule, each) for rule, samples in LET_THROUGH.items() for each in samples]
)
def test_the_rule_lets_through(rule: Rule, sample: str) -> None:
    assert not list(rule(ast.parse(sample)))


# -- JavaScript and templates --------------------------------------------------------------------------------

WRITES_HTML = re.compile(
    r"\.(innerHTML|outerHTML)\s*[+]?=(?!=)|insertAdjacentHTML|document\.write|setHTMLUnsafe|parseFromString"
    r"|createContextualFragment|srcdoc|\beval\(|new Function|setTimeout\(\s*[\"'`]|javascript:|trustedTypes"
)
MAY_WRITE_HTML = {"static/js/live/patch.js"}  # by the one policy, with what the server has rendered
UNTRUSTED = re.compile(
    r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b|<script(?![^>]*(nonce|src=.\{% static))|<style(?![^>]*nonce)|javascript:"
)
MAY_SHOW_AS_IT_IS = {"templates/chat/_said.html", "templates/tasks/_notes.html"}


def matching(folder: str, ending: str, pattern: re.Pattern[str]) -> set[str]:
    found: list[Path] = list(files(folder, ending))
    assert found, "the folder has moved"
    return {name_of(path) for path in found if pattern.search(path.read_text())}


def test_one_module_writes_html() -> None:
    assert matching("static/js", "*.js", WRITES_HTML) == MAY_WRITE_HTML


def test_two_templates_show_html_and_every_script_has_a_nonce() -> None:
    assert matching("templates", "*.html", UNTRUSTED) == MAY_SHOW_AS_IT_IS


@pytest.mark.parametrize(
    "sample",
    ["a.innerHTML = x", "a.outerHTML += x", "a.insertAdjacentHTML('x', y)", "eval(x)", "setTimeout('x', 1)"],
)
def test_the_pattern_finds_written_html(sample: str) -> None:
    assert WRITES_HTML.search(sample)
    assert not WRITES_HTML.search("const html = a.innerHTML; if (a.outerHTML == b) setTimeout(go, 1)")


@pytest.mark.parametrize(
    "sample",
    ["{{ x|safe }}", "{% autoescape off %}", "<script>", "<style media=x>", '<a href="javascript:x">'],
)
def test_the_pattern_finds_untrusted_html(sample: str) -> None:
    assert UNTRUSTED.search(sample)
    assert not UNTRUSTED.search('{{ x }}<script nonce="{{ csp_nonce }}" src="x.js"></script>')

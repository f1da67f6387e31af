"""Every English text that the catalogues translate, collected from where it stands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from chat.commands import registry
from chat.language.kind import Kind
from chat.language.kinds import KINDS
from chat.language.priorities import PRIORITIES
from tasks.models import Column

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("chat", "tasks", "workspace")
# The calls whose texts are read by people, and which of their arguments those are.
CALLS = {
    "Sentence": 0,
    "gettext": 0,
    "told": 0,
    "too_many": 1,
    "pieces_up_to_ref": 1,
    "missing_argument": 0,
    "_check_first": 1,
    "Pace": 0,
    "_only": 1,
}
_TRANSLATE = re.compile(r'{%\s*translate\s+"([^"]+)"')
_BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)


def everything() -> set[str]:
    """All of it, but for names of days and months, which Django translates."""
    return {*in_python(), *in_templates(), *in_registry()}


def in_registry() -> Iterator[str]:
    for command in registry.commands():
        yield command.summary
        yield from command.details
        yield command.group.capitalize()
    for kind in KINDS.values():
        assert isinstance(kind, Kind)
        yield from (kind.question, kind.placeholder)
    yield from (each for each in PRIORITIES if each != "none")
    yield from Column.Kind.values
    yield from ("yesterday", "no date")


def in_templates() -> Iterator[str]:
    for path in (ROOT / "templates" / "chat").rglob("*.html"):
        text = path.read_text()
        yield from _TRANSLATE.findall(text)
        for block in _BLOCK.findall(text):
            yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", block.replace("%", "%%"))


def in_python() -> Iterator[str]:
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            yield from _texts(ast.parse(path.read_text()))


def _texts(tree: ast.AST) -> Iterator[str]:
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            place = CALLS.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            if place is not None and len(node.args) > place:
                yield from _constants(node.args[place], named)
            yield from (
                word for each in node.keywords if each.arg == "none" for word in _constants(each.value, named)
            )


def _constants(value: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value
    elif isinstance(value, ast.IfExp):
        for each in (value.body, value.orelse):
            yield from _constants(each, named)
    elif isinstance(value, ast.Dict):
        for each in value.values:
            yield from _constants(each, named)
    elif isinstance(value, ast.Subscript):
        yield from _constants(value.value, named)
    elif isinstance(value, ast.Name):
        for each in named.get(value.id, []):
            if not isinstance(each, ast.Name):
                yield from _constants(each, named)

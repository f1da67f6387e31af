"""Small changes to the code that matters most, one at a time: each has to make a test fail.

    python -m tests.mutation.mutants                        all four parts (`make mutants`: half an hour and more)
    python -m tests.mutation.mutants markup --every 5       every fifth mutant of one part

The product is loaded once; each mutant lives in a fork, where the code of one function is exchanged. So what is changed are
the bodies of functions, which is where the decisions are.
"""

import argparse
import ast
import copy
import os
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
Change = Callable[[ast.Module, ast.AST], bool]
LEAST = 90  # per cent of the mutants that a test has to catch
PATIENCE = 90  # seconds; a mutant that never ends is caught as well
WORKSPACE, TASKS, CHAT = "tests/workspace/test_", "tests/tasks/test_", "tests/chat/"


def sources(folder: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob("*.py"))


def quickest_first(folder: str) -> list[str]:
    """The tests of a folder; those that try hundreds of texts come last, for most mutants do not live that long."""
    slow = ("test_properties", "test_writing")
    tests = [path for path in sources(folder) if Path(path).name.startswith("test_")]
    return sorted(tests, key=lambda path: Path(path).stem in slow)


# What is changed, and the tests that have to notice.
PARTS: dict[str, tuple[list[str], list[str]]] = {
    "permissions": (
        ["workspace/permissions.py"],
        [
            f"{WORKSPACE}permissions.py",
            f"{WORKSPACE}people.py",
            f"{WORKSPACE}actions.py",
            f"{TASKS}actions.py",
        ],
    ),
    "changes": (
        ["workspace/changes.py"],
        [
            f"{WORKSPACE}changes.py",
            f"{WORKSPACE}races.py",
            f"{CHAT}commands/test_handle.py",
            f"{TASKS}actions.py",
        ],
    ),
    "markup": (
        sources("workspace/markup"),
        [f"{WORKSPACE}markup{part}.py" for part in ("", "_plain", "_colours", "_safety")],
    ),
    "language": (
        sources("chat/language"),
        [*quickest_first(f"{CHAT}language"), f"{CHAT}commands/test_handle.py"],
    ),
}
OPPOSITES: list[tuple[type, type]] = [
    (ast.Eq, ast.NotEq), (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.In, ast.NotIn), (ast.Is, ast.IsNot), (ast.Add, ast.Sub),
    (ast.And, ast.Or),
]  # fmt: skip
OPPOSITE = {one: other for pair in OPPOSITES for one, other in (pair, pair[::-1])}
OPPOSITE |= {ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult}


@dataclass(frozen=True)
class Mutant:
    """A changed module, and how the change reads."""

    file: str
    line: int
    said: str
    tree: ast.Module


def mutants_of(file: str) -> Iterator[Mutant]:
    """Each small change to the body of a function in a file."""
    tree = ast.parse((ROOT / file).read_text())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = {id(node) for function in functions for part in function.body for node in ast.walk(part)}
    order = [node for node in ast.walk(tree) if id(node) in inside and hasattr(node, "lineno")]
    messages = words_for_people(tree)
    for node in order:
        for said, change in changes_of(node):
            if id(node) in messages:
                continue
            mutated = copy.deepcopy(tree)
            again = [each for each in ast.walk(mutated) if hasattr(each, "lineno")]
            here = [each for each in ast.walk(tree) if hasattr(each, "lineno")]
            target = again[here.index(node)]
            if change(mutated, target):
                yield Mutant(file, node.lineno, said, ast.fix_missing_locations(mutated))


def words_for_people(tree: ast.Module) -> set[int]:
    """Docstrings, the sentences of errors, and names that nobody asks for."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found |= {id(node), id(node.value)}
        if isinstance(node, ast.JoinedStr):
            found |= {id(part) for part in ast.walk(node) if isinstance(part, ast.Constant)}
        # Under which name a reader is registered means nothing, and its number only what it comes before.
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "register":
            found |= {id(part) for part in node.args}
        if isinstance(node, ast.arguments):
            found |= {id(part) for default in ast.walk(node) for part in ast.walk(default)}
    return found


def changes_of(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """What can be changed about a node: a sentence, and a function that does it to a copy."""
    text = ast.unparse(node)[:70] if isinstance(node, ast.expr | ast.stmt) else ""
    for kind, change in CHANGES:
        yield from change(node, text) if isinstance(node, kind) else ()


def in_comparisons(node: ast.Compare, text: str) -> Iterator[tuple[str, Change]]:
    for at, operator in enumerate(node.ops):
        if type(operator) in OPPOSITE:
            yield f"{text}: {type(operator).__name__} reversed", swap("ops", at)


def in_operations(node: ast.BinOp | ast.BoolOp | ast.AugAssign, text: str) -> Iterator[tuple[str, Change]]:
    if type(node.op) in OPPOSITE:
        yield f"{text}: {type(node.op).__name__} exchanged", swap("op", None)


def in_negations(node: ast.UnaryOp, text: str) -> Iterator[tuple[str, Change]]:
    if isinstance(node.op, ast.Not):
        yield f"{text}: the not left out", become(lambda each: each.operand)


def in_constants(node: ast.Constant, _: str) -> Iterator[tuple[str, Change]]:
    if isinstance(node.value, bool):
        yield f"{node.value} became {not node.value}", put(not node.value)
    elif isinstance(node.value, int):
        yield f"{node.value} became {node.value + 1}", put(node.value + 1)
    elif isinstance(node.value, str) and node.value and " " not in node.value.strip():
        yield f"{node.value!r} became another word", put(f"{node.value}x")


def in_conditions(node: ast.If | ast.IfExp | ast.While, _: str) -> Iterator[tuple[str, Change]]:
    yield f"if {ast.unparse(node.test)[:60]}: never", decide(False)
    if not isinstance(node, ast.While):  # would never end, whatever it does
        yield f"if {ast.unparse(node.test)[:60]}: always", decide(True)


def in_returns(node: ast.Return, text: str) -> Iterator[tuple[str, Change]]:
    if node.value and not isinstance(node.value, ast.Constant):
        yield f"{text}: None", put(ast.Constant(None))


def in_statements(node: ast.Raise | ast.Expr, text: str) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Raise) or isinstance(node.value, ast.Call):
        yield f"{text}: left out", become(lambda _: ast.Pass())


def in_comprehensions(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, text: str
) -> Iterator[tuple[str, Change]]:
    if node.generators[0].ifs:
        yield f"{text}: the condition left out", drop_ifs


CHANGES = [
    (ast.Compare, in_comparisons),
    (ast.BinOp | ast.BoolOp | ast.AugAssign, in_operations),
    (ast.UnaryOp, in_negations),
    (ast.Constant, in_constants),
    (ast.If | ast.IfExp | ast.While, in_conditions),
    (ast.Return, in_returns),
    (ast.Raise | ast.Expr, in_statements),
    (ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, in_comprehensions),
]


def swap(field: str, at: int | None) -> Change:
    def change(_: ast.Module, node: ast.AST) -> bool:
        operators = getattr(node, field)
        if at is None:
            setattr(node, field, OPPOSITE[type(operators)]())
        else:
            operators[at] = OPPOSITE[type(operators[at])]()
        return True

    return change


def put(value: object) -> Change:
    def change(_: ast.Module, node: ast.AST) -> bool:
        node.value = value
        return True

    return change


def decide(value: bool) -> Change:
    def change(_: ast.Module, node: ast.AST) -> bool:
        # What the condition names for what follows (`:=`) is named all the same.
        node.test = ast.BoolOp(ast.Or() if value else ast.And(), [node.test, ast.Constant(value)])
        return True

    return change


def drop_ifs(_: ast.Module, node: ast.AST) -> bool:
    node.generators[0].ifs = []
    return True


def become(make: Callable[[ast.AST], ast.AST]) -> Change:
    """Replace the node in its parent by what `make` makes of it."""

    def change(tree: ast.Module, node: ast.AST) -> bool:
        for parent in ast.walk(tree):
            for name, value in ast.iter_fields(parent):
                if value is node:
                    setattr(parent, name, make(node))
                    return True
                if isinstance(value, list) and node in value:
                    value[value.index(node)] = make(node)
                    return True
        return False

    return change


# -- Exchanging code -----------------------------------------------------------------------------------------


def codes(code: types.CodeType, prefix: str = "") -> Iterator[tuple[str, types.CodeType]]:
    """The code of each function in a module, by its qualified name."""
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            yield each.co_qualname, each
            yield from codes(each)


def functions_in(module: types.ModuleType) -> Iterator[types.FunctionType]:
    """The functions of a module and of its classes, also those behind properties, caches and decorators."""
    waiting, seen = list(vars(module).values()), set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, types.FunctionType) and each.__module__ == module.__name__:
            yield each
        if isinstance(each, type) and each.__module__ == module.__name__:
            waiting += vars(each).values()
        if isinstance(each, dict):
            waiting += each.values()
        for name in ("__func__", "fget", "func", "__wrapped__"):
            if not isinstance(each, type) and (inner := getattr(each, name, None)) is not None:
                waiting.append(inner)
        if isinstance(each, types.FunctionType):
            waiting += [
                cell.cell_contents
                for cell in each.__closure__ or ()
                if isinstance(cell.cell_contents, types.FunctionType)
            ]


def apply(mutant: Mutant) -> bool:
    """Exchange the code in this process. False where the function cannot be reached: it lives on in a closure."""
    module = import_module(mutant.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
    path = str(ROOT / mutant.file)
    new = dict(codes(compile(mutant.tree, path, "exec")))
    old = dict(codes(compile(ast.parse((ROOT / mutant.file).read_text()), path, "exec")))
    done = False
    for function in functions_in(module):
        name = function.__code__.co_qualname
        if name in new and new[name] != old[name] and function.__code__.co_freevars == new[name].co_freevars:
            function.__code__ = new[name]
            done = True
    return done


# -- Running -------------------------------------------------------------------------------------------------


def verdict(mutant: Mutant | None, tests: list[str]) -> str:
    """In a fork: `killed`, `survived`, or `unreached`. Without a mutant, the tests have to pass."""
    child = os.fork()
    if child == 0:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        status = 99
        try:
            if mutant is None or apply(mutant):
                import pytest

                status = int(
                    pytest.main(
                        [
                            "-x",
                            "-q",
                            "-p",
                            "no:cacheprovider",
                            "-p",
                            "no:xdist",
                            "-Wignore::pytest.PytestAssertRewriteWarning",
                            "--hypothesis-profile=mutation",
                            *tests,
                        ]
                    )
                )
        finally:
            os._exit(status)
    return outcome(child)


def outcome(child: int) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return {0: "survived", 99: "unreached"}.get(code, "killed")
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed"


def load(parts: list[str]) -> None:
    """Everything that a mutant needs, once for all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django
    import pytest  # noqa: F401
    from hypothesis import settings

    django.setup()
    settings.register_profile("mutation", max_examples=25, derandomize=True, deadline=None, database=None)
    for part in parts:
        for file in PARTS[part][0]:
            import_module(file.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("parts", nargs="*", choices=[*PARTS, []])
    words.add_argument("--every", type=int, default=1)
    words.add_argument("--from", type=int, default=0, dest="start")
    asked = words.parse_args()
    parts = asked.parts or list(PARTS)
    load(parts)
    worst = 100.0
    for part in parts:
        files, tests = PARTS[part]
        if verdict(None, tests) != "survived":
            print(f"{part}: the tests fail as they are")
            return 1
        began, counts = time.monotonic(), {"killed": 0, "survived": 0, "unreached": 0}
        mutants = [mutant for file in files for mutant in mutants_of(file)][asked.start :: asked.every]
        for mutant in mutants:
            result = verdict(mutant, tests)
            counts[result] += 1
            if result != "killed":
                print(f"{result} {mutant.file}:{mutant.line}  {mutant.said}", flush=True)
        judged = counts["killed"] + counts["survived"]
        score = 100 * counts["killed"] / judged if judged else 0
        worst = min(worst, score)
        print(
            f"{part}: {score:.1f} % of {judged} mutants caught, {counts['unreached']} out of reach,"
            f" {time.monotonic() - began:.0f} s",
            flush=True,
        )
    return 0 if worst >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())

"""The small changes that a mutant is made by, each to the body of one function."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
Change = Callable[[ast.Module, ast.AST], bool]
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

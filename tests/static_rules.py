"""Rules about what the code must not do, read off its syntax tree. Each gives the lines that break it.

`tests/test_static_rules.py` holds the product against them, and each of them against a sample that it has to catch.
"""

import ast
import re
from collections.abc import Iterator

Lines = Iterator[int]

MARKERS = {"mark_safe", "SafeString", "SafeText"}
RUNNERS = {"eval", "exec", "compile", "__import__"}
LOADERS = {"pickle", "marshal", "shelve", "dill"}
FETCHERS = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib"}
SECRET = re.compile(
    r"secret|token|digest|password|passwd|signature|csrf|(^|_)hash$|(^|_)hmac$|api_?key", re.IGNORECASE
)
READS = {"get", "filter", "in_bulk", "aget", "get_or_create", "update_or_create"}
FINDERS = {"get_object_or_404", "get_list_or_404"}
ORM = READS | {
    "exclude",
    "create",
    "update",
    "order_by",
    "values",
    "annotate",
    "aggregate",
    "alias",
    "extra",
    "Q",
}
# What rows are reached through: a keyword of the query that says whose they are, or the object that has them.
SCOPE = ("project", "user", "member", "actor", "author")
OWNERS = {"member", "project", "user", "auth", "_member"}
SQL = {"execute", "executemany", "RawSQL", "raw", "RunSQL", "executescript"}


def name_of(node: ast.AST) -> str:
    """The last word of a name: `objects` of `Task.objects`."""
    return getattr(node, "attr", "") or getattr(node, "id", "")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def says_that_html_is_safe(tree: ast.AST) -> Lines:
    """A text is called safe HTML, where an argument is given: `SafeString` alone may be a type."""
    return (call.lineno for call in calls(tree) if name_of(call.func) in MARKERS and call.args)


def runs_text_as_code(tree: ast.AST) -> Lines:
    """A text becomes code, or a stored thing an object of any class."""
    for call in calls(tree):
        if isinstance(call.func, ast.Name) and call.func.id in RUNNERS:
            yield call.lineno
    yield from (line for line, module in imports(tree) if module.partition(".")[0] in LOADERS)


def fetches(tree: ast.AST) -> Lines:
    """Something is asked of another server over HTTP or FTP."""
    for line, module in imports(tree):
        if any(module == each or module.startswith(f"{each}.") for each in FETCHERS):
            yield line
    yield from (call.lineno for call in calls(tree) if name_of(call.func) in {"urlopen", "urlretrieve"})


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The modules that are imported, each with its line; `from a import b` may be a module `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def compares_secrets(tree: ast.AST) -> Lines:
    """A secret is compared with `==`, which takes the longer, the more of it is right."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            continue
        sides = [node.left, *node.comparators]
        if any(isinstance(side, ast.Constant) for side in sides):
            continue  # with a word of the source, which is no secret
        if any(SECRET.search(name_of(called(side))) for side in sides):
            yield node.lineno


def called(node: ast.expr) -> ast.expr:
    """What is called, indexed or awaited, down to its name: `digest` of `digest(code)[:8]`."""
    while isinstance(node, ast.Call | ast.Subscript | ast.Await):
        node = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Attribute) and node.attr in {"get", "lower", "strip", "encode", "decode"}:
            node = node.value
    return node


def hands_a_request_to_the_database(tree: ast.AST) -> Lines:
    """`filter(**request.GET)` lets the sender name fields, and follow relations to other people's rows."""
    for call in calls(tree):
        if name_of(call.func) not in ORM:
            continue
        given = [keyword.value for keyword in call.keywords if keyword.arg is None]
        given += [argument.value for argument in call.args if isinstance(argument, ast.Starred)]
        if any(is_sent(value) for value in given):
            yield call.lineno


def is_sent(value: ast.expr) -> bool:
    """Whether it comes from a request, a form or a frame."""
    words = {name_of(node) for node in ast.walk(value)}
    return bool(
        words & {"request", "GET", "POST", "COOKIES", "cleaned_data", "form", "frame", "payload", "body"}
    )


def builds_sql(tree: ast.AST) -> Lines:
    """SQL is run that is neither a text of the source nor a constant of the module."""
    for call in calls(tree):
        if name_of(call.func) not in SQL or not call.args:
            continue
        statement = call.args[0]
        if isinstance(statement, ast.Name) and statement.id.isupper():
            continue
        if not isinstance(statement, ast.Constant):
            yield call.lineno


def reaches_rows_past_the_member(tree: ast.AST) -> Lines:
    """A row is looked up by what the caller sent, without saying through whom: it may be anybody's."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            made = assignments(function)
            yield from (
                call.lineno for call in calls(function) if looks_up(call) and not is_scoped(call, made)
            )


def looks_up(call: ast.Call) -> bool:
    """Whether rows are chosen here: `Task.objects.filter(…)`, `get_object_or_404(rows, …)`."""
    if name_of(call.func) in FINDERS:
        return True
    is_of_a_manager = isinstance(call.func, ast.Attribute) and name_of(call.func.value) == "objects"
    return is_of_a_manager and name_of(call.func) in READS


def is_scoped(node: ast.AST, made: dict[str, list[ast.expr]], depth: int = 3) -> bool:
    """Whether the expression, or what its names were made of, says whose rows they are."""
    for each in ast.walk(node):
        if isinstance(each, ast.keyword) and (each.arg or "").startswith(SCOPE):
            return True
        if isinstance(each, ast.Attribute) and name_of(each.value) in OWNERS:
            return True
        source = made.get(each.id, []) if isinstance(each, ast.Name) and depth else []
        if any(is_scoped(value, made, depth - 1) for value in source):
            return True
        if isinstance(each, ast.Call) and any(name_of(argument) in OWNERS for argument in each.args):
            return True
    return False


def assignments(function: ast.AST) -> dict[str, list[ast.expr]]:
    """What the names of a function were made of."""
    made: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                made.setdefault(name_of(target), []).append(node.value)
    return made

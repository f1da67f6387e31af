"""Makes the indexes of `workspace.fulltext`, in migrations. The database keeps them up to date by itself.

SQLite: an FTS5 table beside the table, kept by triggers. PostgreSQL: a generated column with a GIN index. PostgreSQL's own
parser would keep `main.py` and `web-12` whole, where FTS5 sees two words: so signs become spaces before it reads.
"""

from collections.abc import Callable, Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps

TOKENIZER = "unicode61 remove_diacritics 2"
# Latin letters lose their marks, as FTS5 does it; then everything that is in no word becomes a space.
FOLDED = r"regexp_replace(normalize(lower({text}), NFD), '([a-z])[\u0300-\u036f]+', '\1', 'g')"
ASCII_SIGNS = r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f"
OTHER_SIGNS = r"\u0080-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u2000-\u206f\u3000-\u303f"


def index_on(table: str, *columns: str) -> RunPython:
    """The migration that makes the rows of `table` findable by the words in `columns`."""

    def make(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        statements = _sqlite if editor.connection.vendor == "sqlite" else _postgresql
        _run(editor, statements(table, columns))

    def drop(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        is_sqlite = editor.connection.vendor == "sqlite"
        _run(editor, _drop_sqlite(table) if is_sqlite else [f"ALTER TABLE {table} DROP COLUMN fulltext"])

    return RunPython(make, drop)


def index_within_projects(table: str, *columns: str) -> RunPython:
    """The migration that tells the index of `index_on` the project of each row. PostgreSQL's planner knows it already."""

    def indexed(*names: str) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
        def remake(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
            if editor.connection.vendor == "sqlite":
                _run(editor, [*_drop_sqlite(table), *_sqlite(table, names)])

        return remake

    return RunPython(indexed(*columns, "project_id"), indexed(*columns))


def index_again(table: str, *columns: str) -> tuple[RunPython, RunPython]:
    """The first and the last operation of a migration that adds fields to `table`.

    SQLite's editor makes such a table anew, and the triggers that kept the index stay behind.
    """

    def remake(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            _run(editor, [*_drop_sqlite(table), *_sqlite(table, (*columns, "project_id"))])

    return RunPython(RunPython.noop, remake), RunPython(remake, RunPython.noop)


def _run(editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    for statement in statements:
        editor.execute(statement)


def _drop_sqlite(table: str) -> list[str]:
    triggers = [
        f"DROP TRIGGER IF EXISTS {table}_fulltext_{event}" for event in ("insert", "update", "delete")
    ]
    return [*triggers, f"DROP TABLE {table}_fulltext"]


def _sqlite(table: str, columns: tuple[str, ...]) -> list[str]:
    index, names = f"{table}_fulltext", ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    put = f"INSERT INTO {index}(rowid, {names}) VALUES (new.id, {new});"  # noqa: S608
    take = f"INSERT INTO {index}({index}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608
    options = f"content='{table}', content_rowid='id', tokenize='{TOKENIZER}', prefix='2 3'"
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5({names}, {options})",
        f"INSERT INTO {index}({index}) VALUES ('rebuild')",  # noqa: S608
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF {names} ON {table} BEGIN {take} {put} END",
    ]


def _postgresql(table: str, columns: tuple[str, ...]) -> list[str]:
    folded = FOLDED.format(text=" || ' ' || ".join(columns))
    words = f"regexp_replace(normalize({folded}, NFC), '[{ASCII_SIGNS}{OTHER_SIGNS}]+', ' ', 'g')"
    generated = f"GENERATED ALWAYS AS (to_tsvector('simple', {words})) STORED"
    return [
        f"ALTER TABLE {table} ADD COLUMN fulltext tsvector {generated}",
        f"CREATE INDEX {table}_fulltext ON {table} USING gin (fulltext)",
    ]

"""SQL that is compiled once: for a short query, Django's compiling costs twenty times as much as running it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import DateField, DateTimeField, Model, QuerySet, UUIDField
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)

MOST = 1_024  # items of a list in one statement


class Fixed(NamedTuple):
    """A parameter that is the same each time."""

    value: Any


class Place(NamedTuple):
    """Where a parameter stands among the values."""

    lookup: int
    item: int


class Plan(NamedTuple):
    """What is needed to run the query, and to make instances of its rows."""

    sql: str
    parameters: list[Fixed | Place]
    compiler: Any
    converters: dict[int, Any]


class Made(NamedTuple):
    """Where an instance stands in a row of the plan."""

    fields: list[str]
    start: int
    end: int
    populators: list[Any]


class Prepared(Generic[M]):
    """The rows of a queryset for which `lookups` ("project", "seq__gt", "pk__in") have the values that are asked for.

    An `__in` takes a list: its length is rounded up to a power of two, so that few statements are made, and more than `MOST`
    are asked for in parts. The SQL is made when it is first used: `select_for_update` can be compiled in a transaction only.
    """

    def __init__(self, queryset: QuerySet[M, Any], *lookups: str, limit: int | None = None) -> None:
        self._queryset, self._lookups, self._limit = queryset, lookups, limit
        options = queryset.model._meta  # noqa: SLF001 - Django's documented way to a model's fields
        names = [lookup.partition("__")[0] for lookup in lookups]
        self._fields: list[Any] = [options.pk if name == "pk" else options.get_field(name) for name in names]
        self._plans: dict[tuple[int, ...], Plan] = {}
        self._made: Made | None = None

    def get(self, *values: Any) -> M | None:
        """The first row as an instance, with the relations that the queryset selects. None when there is none."""
        return next(self.rows(*values), None)

    def rows(self, *values: Any) -> Iterator[M]:
        """All rows as instances."""
        for plan, rows in self._parts(values):
            made = self._made = self._made or _made(plan)
            model, alias = self._queryset.model, connection.alias
            for row in rows:
                found = model.from_db(alias, made.fields, row[made.start : made.end])
                for populator in made.populators:
                    populator.populate(row, found)
                yield found

    def tuples(self, *values: Any) -> Iterator[Any]:
        """All rows of a queryset of `values_list`."""
        for _, rows in self._parts(values):
            yield from rows

    def _parts(self, values: Sequence[Any]) -> Iterator[tuple[Plan, list[Any]]]:
        lists = [value if isinstance(value, list) else [value] for value in values]
        longest = max(lists, key=len)
        for start in range(0, len(longest), MOST):
            part = [items[start : start + MOST] if items is longest else items for items in lists]
            if all(part):  # nothing is in an empty list
                yield self._run([_padded(items) for items in part])

    def _run(self, lists: list[list[Any]]) -> tuple[Plan, list[Any]]:
        sizes = tuple(len(items) for items in lists)
        plan = self._plans.get(sizes) or self._plans.setdefault(sizes, self._compile(sizes))
        pairs = zip(self._fields, lists, strict=True)
        ready = [[field.get_db_prep_value(item, connection) for item in items] for field, items in pairs]
        parameters = [
            each.value if isinstance(each, Fixed) else ready[each.lookup][each.item]
            for each in plan.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, parameters)
            rows: list[Any] = cursor.fetchall()
        return plan, list(plan.compiler.apply_converters(rows, plan.converters)) if plan.converters else rows

    def _compile(self, sizes: tuple[int, ...]) -> Plan:
        rows, places = self._queryset, {}
        for lookup, (name, field, size) in enumerate(zip(self._lookups, self._fields, sizes, strict=True)):
            stand_ins = [_stand_in(field, MOST * lookup + item) for item in range(size)]
            is_list = name.endswith("__in")
            rows = rows.filter(**{name: stand_ins if is_list else stand_ins[0]})
            for item, stand_in in enumerate(stand_ins):
                places[field.get_db_prep_value(stand_in, connection)] = Place(lookup, item)
        compiler = rows[: self._limit].query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        return Plan(
            sql,
            [places.get(parameter) or Fixed(parameter) for parameter in parameters],
            compiler,
            compiler.get_converters(columns),
        )


def _padded(items: list[Any]) -> list[Any]:
    """The items, the last of them repeated until there are 1, 2, 4, 8 … of them."""
    return [*items, *items[-1:] * ((1 << (len(items) - 1).bit_length()) - len(items))]


def _stand_in(field: Any, number: int) -> Any:
    """A value to compile with, which no other parameter has."""
    field = getattr(field, "target_field", field)
    if isinstance(field, UUIDField):
        return UUID(int=number)
    if isinstance(field, DateTimeField):
        return datetime(1904, 2, 29, tzinfo=UTC) + timedelta(seconds=number)
    if isinstance(field, DateField):
        return date(1904, 2, 29) + timedelta(days=number)
    return 2_000_000_000 + number


def _made(plan: Plan) -> Made:
    selected, kind = plan.compiler.select, plan.compiler.klass_info
    own = kind["select_fields"]
    names = [selected[index][0].target.attname for index in own]
    populators = get_related_populators(kind, selected, connection.alias)  # type: ignore[call-arg]
    return Made(names, own[0], own[-1] + 1, populators)


def insert(*rows: Model) -> None:
    """Store new rows of one model by one statement, and give them their ids. No signal is sent: nothing listens for rows."""
    sql, fields = _insertion(type(rows[0]), len(rows))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        ids = sorted(
            pk for (pk,) in cursor.fetchall()
        )  # they grow with the rows; the order of RETURNING is nobody's promise
    for row, pk in zip(rows, ids, strict=True):
        row.pk = pk
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as `Model.save` leaves it


@cache
def _insertion(model: type[Model], count: int) -> tuple[str, list[Any]]:
    options: Any = model._meta  # noqa: SLF001 - Django's documented way to a model's fields
    fields = [field for field in options.local_concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    into = f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES "  # noqa: S608 - names of ours
    return into + ", ".join([f"({places})"] * count) + f" RETURNING {quote(options.pk.column)}", fields

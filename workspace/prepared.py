"""SQL that is compiled once: for a short query, Django's compiling costs twenty times as much as running it."""

from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet, UUIDField
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)

STAND_INS: dict[type, Any] = {
    UUIDField: UUID(int=1)
}  # values to compile with; any number does for most fields


class Plan(NamedTuple):
    """What is needed to run the query, and to make instances of its rows."""

    sql: str
    compiler: Any
    converters: dict[int, Any]
    fields: list[str]
    start: int
    end: int
    populators: list[Any]


class Prepared(Generic[M]):
    """The row of a queryset whose `fields` have the values that are asked for.

    The SQL is made when it is first used: `select_for_update` can be compiled in a transaction only.
    """

    def __init__(self, queryset: QuerySet[M], *fields: str) -> None:
        self._queryset = queryset
        options = queryset.model._meta  # noqa: SLF001 - Django's documented way to a model's fields
        self._fields: list[Any] = [options.get_field(name) for name in fields]
        self._plan: Plan | None = None

    def get(self, *values: Any) -> M | None:
        """The row as an instance, with the relations that the queryset selects. None when there is none."""
        plan = self._plan = self._plan or self._compile()
        pairs = zip(self._fields, values, strict=True)
        parameters = [field.get_db_prep_value(value, connection) for field, value in pairs]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, parameters)
            row = cursor.fetchone()
        if row is None:
            return None
        (values,) = plan.compiler.apply_converters([row], plan.converters) if plan.converters else (row,)
        found = plan.compiler.query.model.from_db(
            connection.alias, plan.fields, values[plan.start : plan.end]
        )
        for populator in plan.populators:
            populator.populate(values, found)
        return found  # type: ignore[no-any-return]

    def _compile(self) -> Plan:
        rows = self._queryset
        for field in self._fields:  # one by one, for `filter` puts its words into an order of its own
            rows = rows.filter(**{field.attname: STAND_INS.get(type(field), 1)})
        compiler = rows.query.get_compiler(connection=connection)
        sql, _ = compiler.as_sql()
        selected, kind = compiler.select, compiler.klass_info
        own = kind["select_fields"]
        names = [selected[index][0].target.attname for index in own]
        converters = compiler.get_converters([column for column, *_ in selected])
        populators = get_related_populators(kind, selected, connection.alias)  # type: ignore[call-arg]
        return Plan(sql, compiler, converters, names, own[0], own[-1] + 1, populators)


def insert(row: Model) -> None:
    """Store a new row, and give it its id. No signal is sent: nothing in this product listens for rows."""
    sql, fields = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as `Model.save` leaves it


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Any]]:
    options: Any = model._meta  # noqa: SLF001 - Django's documented way to a model's fields
    fields = [field for field in options.local_concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    into = f"INSERT INTO {quote(options.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - names of ours
    return f"{into} RETURNING {quote(options.pk.column)}", fields

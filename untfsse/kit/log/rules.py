"""Rules of the log: what a visitor sees of each table, and where each row is shown.

They follow from the models and from the shapes of the API, and are written after each migration,
so that a new noun, relation or field of a shape needs no word of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections, models, transaction
from rest_framework.serializers import BaseSerializer, ListSerializer

from untfsse.kit.history.triggers import watched_models
from untfsse.kit.log.paths import (
    GUARDING,
    Path,
    Step,
    has_eyes,
    merged,
    naming_columns,
    paths_along,
    steps_along,
)
from untfsse.kit.log.settling import PREFIX, function_of
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.dates import PartialDateField
from untfsse.kit.records.publication import VISITOR, VisibleQuerySet
from untfsse.kit.rest.serializers import Reference, Topics
from untfsse.kit.rest.viewsets import ReadViewSet

UNSEEN = {"internal_note", "verified_by_id", "withdrawal_reason", "updated_at", "public_id"}
"""Columns of which no visitor sees anything; a model names more of them as `unseen`."""


# --- What is seen --------------------------------------------------------------------------


def seen_sql(model: type[models.Model], using: str) -> str | None:
    """Return the SQL of the rows that a visitor may see; None when that is none, ever."""
    connection: Any = connections[using]
    rows: Any = model._default_manager.all()
    ids = rows.visible_to(VISITOR).order_by().values("pk")
    try:
        sql, parameters = ids.query.get_compiler(using).as_sql()
    except EmptyResultSet:
        return None
    return str(connection.ops.compose_sql(sql, parameters))


def dated_sql(model: Any) -> str | None:
    """Return the SQL of the rows of which a date begins or has passed on some days.

    Words that follow from the age of a day the model names as `ages`: the column, and the number
    of days after which they change.
    """
    days: list[str] = []
    for column in model._meta.concrete_fields:
        if column.generated:
            continue
        name = f'"{column.column}"'
        if isinstance(column, PartialDateField):
            first = f"public.partial_date_first({name})"
            last = f"public.partial_date_last({name})"
            days += [first, last, f"{last} + 1"]
        elif isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
            days += [name, f"{name} + 1"]
    days += [f'"{name}" + {number + 1}' for name, number in getattr(model, "ages", ())]
    if not days:
        return None
    rule = " OR ".join(f"({day} > $1 AND {day} <= $2)" for day in days)
    return f'SELECT id FROM public."{model._meta.db_table}" WHERE {rule}'  # noqa: S608


# --- Where it is shown ---------------------------------------------------------------------


def shapes() -> Iterator[tuple[Any, BaseSerializer[Any]]]:
    """Give each noun of the API with each of its shapes."""
    import_module(settings.ROOT_URLCONF)
    for viewset in sorted(below(ReadViewSet), key=lambda each: each.__qualname__):
        if not issubclass(getattr(viewset.queryset, "model", object), Legible):
            continue
        for name in ("serializer_class", "detail_serializer_class"):
            if shape := getattr(viewset, name, None):
                yield viewset.queryset.model, shape()


def below(kind: Any) -> Iterator[Any]:
    """Go through all classes that derive from one."""
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def shown_of(shape: Any) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Give the relations that a shape shows, and whether with more than a name."""
    for field in shape.fields.values():
        names = tuple(field.source.split("."))
        if isinstance(field, Reference):
            if field.is_relation or isinstance(field, Topics):
                yield names, False
                yield from (((*names, *need.split("__")), False) for need in field.needs)
        elif isinstance(field, ListSerializer) or hasattr(field, "fields"):
            yield names, True
            child = field.child if isinstance(field, ListSerializer) else field
            yield from (((*names, *path), whole) for path, whole in shown_of(child))
    yield from ((tuple(need.split("__")), True) for need in getattr(shape, "needs", ()))


def showing_paths() -> Iterator[Path]:
    """Give the paths from every table to the nouns whose representation shows its rows."""
    for root, shape in shapes():
        for names, is_whole in shown_of(shape):
            steps = steps_along(root, names)
            model = steps[-1].model
            yield from paths_along(
                "shows", root, steps, None if is_whole else naming_columns(model)
            )
            for step in steps_by_value(model):
                longer = (*steps, step)
                yield from paths_along("shows", root, longer, naming_columns(step.model))


def link_paths(known: set[str]) -> Iterator[Path]:
    """Give the paths from links that no shape shows: a page may show them."""
    tables: list[Any] = watched_models()
    for model in tables:
        if model._meta.auto_created and model._meta.db_table not in known:
            first, second = (f for f in model._meta.concrete_fields if f.is_relation)
            for one, other in ((first, second), (second, first)):
                step = Step(model, "id", one.column, is_held_there=True)
                beyond = Step(other.related_model, other.column, "id", is_held_there=False)
                yield Path("shows", one.related_model, (step,), None, beyond)


def guarding_paths() -> Iterator[Path]:
    """Give the paths from every record to the rows that are seen only with it."""
    for model in filter(has_eyes, watched_models()):
        rows: Any = model._default_manager.all()
        names = {*rows.guards, *rows.optional, *rows.audiences, *rows.evidenced, *rows.seen_with}
        for name in sorted(names - {""}):
            steps = steps_along(model, name.split("__"))
            yield from paths_along("guards", model, steps, frozenset(GUARDING))
        for step in steps_by_value(model):
            yield from paths_along("guards", model, (step,), frozenset(GUARDING))


def steps_by_value(model: Any) -> Iterator[Step]:
    """Give the steps to rows that a column names by a value instead of a foreign key."""
    rows: Any = model._default_manager.all()
    named = rows.named_by_value() if isinstance(rows, VisibleQuerySet) else ()
    for column, other, there in named:
        yield Step(other, column, there, is_held_there=False)


# --- Written after each migration ----------------------------------------------------------


def forget_rules(using: str = "default") -> None:
    """Delete all rules: while tables change, transactions are only marked."""
    connection = connections[using]
    if "kit_logrule" in connection.introspection.table_names():
        with transaction.atomic(using), connection.cursor() as cursor:
            # Nobody settles meanwhile; whoever asks for the number is told that it may be behind.
            cursor.execute("UPDATE kit_loghead SET due_at = '-infinity'")
            drop_functions(cursor)
            cursor.execute("DELETE FROM kit_logrule")


def write_rules(using: str = "default") -> None:
    """Write all rules anew, and let the log take in what changed meanwhile.

    What has no table yet, since no migration made it, is left out.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "kit_logrule" not in tables:
        return
    shown = list(showing_paths())
    shown += link_paths({path.table for path in shown})
    paths: dict[str, list[Path]] = defaultdict(list)
    for path in merged([*shown, *guarding_paths()]):
        if path.tables <= tables:
            paths[path.table].append(path)
    rules, functions = [], []
    for model in watched_models():
        if model._meta.db_table in tables and (rule := rule_of(model, using)):
            rules.append(rule)
            functions.append(function_of(model, rule["seen"], paths[rule["table_name"]]))
    with transaction.atomic(using), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kit_loghead SET zone = %s, due_at = statement_timestamp()", [settings.TIME_ZONE]
        )
        drop_functions(cursor)
        cursor.execute("DELETE FROM kit_logrule")
        cursor.execute("\n".join(functions))
        insert(cursor, "kit_logrule", rules)
        cursor.execute("SELECT settle_public_log(true)")


def drop_functions(cursor: Any) -> None:
    """Drop the functions of all tables, of those too that are no more."""
    cursor.execute(
        "SELECT string_agg(oid::regprocedure::text, ', ') FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, %s)",
        [PREFIX],
    )
    if names := cursor.fetchone()[0]:
        cursor.execute(f"DROP FUNCTION {names}")


def rule_of(model: Any, using: str) -> dict[str, Any] | None:
    """Return the rule of a table; None for one of which no visitor sees anything."""
    names = {column.name for column in model._meta.concrete_fields}
    is_link = bool(model._meta.auto_created) or not hasattr(model, "public_id")
    seen = None if is_link or not has_eyes(model) else seen_sql(model, using)
    if seen is None and not is_link:
        return None
    return {
        "table_name": model._meta.db_table,
        "seen": seen,
        "dated": None if is_link else dated_sql(model),
        "unseen_columns": sorted({*UNSEEN, *getattr(model, "unseen", ())}),
        "has_moment": {"status", "published_at"} <= names,
    }


def insert(cursor: Any, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows."""
    for row in rows:
        places = ", ".join(["%s"] * len(row))
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})",  # noqa: S608
            list(row.values()),
        )

"""Paths: from a row to the rows whose representation shows it, as SQL for PostgreSQL to follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from taggit.managers import TaggableManager
from taggit.models import Tag, TaggedItem

from untfsse.kit.records.publication import Publishable, VisibleQuerySet

LONG = (models.TextField, models.JSONField, ArrayField)
"""Columns that no name of a record is made of."""
NO_NAME = (*LONG, models.URLField, models.TimeField, models.BooleanField)
EVIDENCE = {"sources", "confidence", "verified_on", "verified_by", "internal_note", "updated_at"}
GUARDING = {"status", "published_at", "audience", "state", "confidence", "verified_on"}
"""Columns by which a row hides what it guards."""
PUBLIC = (
    "JOIN public.kit_publicstate AS s{n} ON s{n}.\"table\" = '{table}'"
    " AND s{n}.row_id = {row} AND s{n}.is_public"
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: to which table, and by which columns of both.

    A link in the new table (`is_held_there`) leaves its old value in the history when it goes.
    """

    model: type[models.Model]
    here: str
    there: str
    is_held_there: bool
    only: tuple[str, str] | None = None
    """A column of the new table, and the SQL of the value that it must have."""

    @property
    def table(self) -> str:
        """The name of the table."""
        return self.model._meta.db_table

    @property
    def held(self) -> tuple[str, ...]:
        """The columns of the new table that make the link."""
        if not self.is_held_there:
            return ()
        return (self.there, self.only[0]) if self.only else (self.there,)


@dataclass(frozen=True, slots=True)
class Path:
    """How rows of a table lead to rows of the noun that shows them, or is guarded by them.

    `columns` are those of the table that matter; None stands for all.
    """

    kind: str
    root: type[models.Model]
    steps: tuple[Step, ...]
    columns: frozenset[str] | None
    beyond: Step | None = field(default=None, compare=False)

    @property
    def table(self) -> str:
        """The table at the end."""
        return self.steps[-1].table

    @property
    def tables(self) -> set[str]:
        """The names of all tables that it leads through."""
        models = [self.root, *(step.model for step in self.steps)]
        models += [self.beyond.model] if self.beyond else []
        return {model._meta.db_table for model in models}

    @property
    def rule(self) -> str:
        """The SQL of what must have been touched: its sight, all of it, or these columns."""
        rule = f"table_name = '{self.table}' AND "
        rule += "stage = 1" if self.kind == "guards" else "(was_seen OR is_seen)"
        if self.columns is None:
            return rule
        names = ", ".join(f"'{name}'" for name in sorted(self.columns))
        return (
            f"{rule} AND (was_seen <> is_seen OR columns IS NULL"
            f" OR columns && ARRAY[{names}]::text[])"
        )

    @property
    def live(self) -> str:
        """The SQL from touched rows of the table to those of the root."""
        last, count = self.steps[-1], len(self.steps)
        only = f" AND t{count}.{last.only[0]} = {last.only[1]}" if last.only else ""
        parts = [f'JOIN public."{self.table}" AS t{count} ON t{count}.id = touched.row_id{only}']
        if self.beyond and has_eyes(self.beyond.model):
            row = f't{count}."{self.beyond.here}"'
            parts.append(PUBLIC.format(n=99, table=self.beyond.table, row=row))
        parts += self.way_back(count)
        return f"SELECT {self.name_of_root}, t0.id FROM touched {' '.join(parts)}"  # noqa: S608

    @property
    def past(self) -> str | None:
        """The SQL from what a link of touched rows led to before, to rows of the root."""
        last, count = self.steps[-1], len(self.steps)
        if self.kind != "shows" or not last.held:
            return None
        held = f"(touched.before ->> '{last.there}')::bigint"
        names = ", ".join(f"'{name}'" for name in last.held)
        rules = [f"(touched.columns IS NULL OR touched.columns && ARRAY[{names}]::text[])"]
        if last.only:
            rules.append(f"(touched.before ->> '{last.only[0]}')::bigint = {last.only[1]}")
        parts = []
        if self.beyond and has_eyes(self.beyond.model):
            row = f"(touched.before ->> '{self.beyond.here}')::bigint"
            parts.append(PUBLIC.format(n=99, table=self.beyond.table, row=row))
        parts += self.way_back(count, held)
        rule = " AND ".join(rules)
        return f"SELECT {self.name_of_root}, t0.id FROM touched {' '.join(parts)} WHERE {rule}"  # noqa: S608

    def way_back(self, count: int, held: str = "") -> Iterator[str]:
        """Give the joins from the end to the root, all between them public.

        `held` is the SQL of what stands for the column at the end, if not the column itself.
        """
        for n in range(count - 1, -1, -1):
            step = self.steps[n]
            there = held if held and n == count - 1 else f't{n + 1}."{step.there}"'
            model = self.steps[n - 1].model if n else self.root
            only = self.steps[n - 1].only if n else None
            more = f" AND t{n}.{only[0]} = {only[1]}" if only else ""
            table = model._meta.db_table
            yield f'JOIN public."{table}" AS t{n} ON t{n}."{step.here}" = {there}{more}'
            if n and self.kind == "shows" and has_eyes(model):
                yield PUBLIC.format(n=n, table=table, row=f"t{n}.id")

    @property
    def name_of_root(self) -> str:
        """The name of the root's table as a value."""
        return f"'{self.root._meta.db_table}'"


def has_eyes(model: type[models.Model]) -> bool:
    """Whether the rows of a table are seen by a rule of their own; links and topics are not."""
    return isinstance(model._default_manager.all(), VisibleQuerySet)


def steps_along(model: Any, names: Iterable[str]) -> tuple[Step, ...]:
    """Return the steps along relations, link tables included."""
    steps: list[Step] = []
    for name in names:
        relation = model._meta.get_field(name)
        if isinstance(relation, TaggableManager):
            steps += topic_steps(model)
            model = Tag
            continue
        for info in relation.path_infos:
            ((here, there),) = info.join_field.get_joining_fields()
            model = info.to_opts.model
            steps.append(Step(model, here.column, there.column, not info.direct))
    return tuple(steps)


def topic_steps(model: type[models.Model]) -> list[Step]:
    """Return the steps from a record to its topics."""
    opts = model._meta
    kind = (
        "(SELECT id FROM public.django_content_type"  # noqa: S608
        f" WHERE app_label = '{opts.app_label}' AND model = '{opts.model_name}')"
    )
    return [
        Step(TaggedItem, "id", "object_id", is_held_there=True, only=("content_type_id", kind)),
        Step(Tag, "tag_id", "id", is_held_there=False),
    ]


def naming_columns(model: type[models.Model]) -> frozenset[str]:
    """Return the columns of which a name or an address may be made: no long text, no evidence.

    A record is called by what somebody wrote: not by a web address or a choice of words.
    By its days it may be sorted where several are named.
    """
    unlikely = NO_NAME if issubclass(model, Publishable) else LONG
    return frozenset(
        str(column.column)
        for column in model._meta.concrete_fields
        if not (column.generated or isinstance(column, unlikely) or column.name in EVIDENCE)
        and not (issubclass(model, Publishable) and column.choices)
    )


def paths_along(
    kind: str, root: Any, steps: tuple[Step, ...], columns: frozenset[str] | None
) -> Iterator[Path]:
    """Give the path to the end, and those to each table on the way, of which the links matter."""
    for length in range(1, len(steps) + 1):
        beyond = steps[length] if length < len(steps) else None
        reached = steps[:length]
        held = set(reached[-1].held)
        if beyond is not None and not beyond.is_held_there:
            held.add(beyond.here)
        matter = columns if beyond is None else frozenset(held)
        is_link = not has_eyes(reached[-1].model)
        yield Path(kind, root, reached, matter, beyond if is_link else None)


def merged(paths: Iterable[Path]) -> list[Path]:
    """Return each path once, with all the columns that matter."""
    found: dict[Any, Path] = {}
    for path in paths:
        key = (path.kind, path.root, path.steps, path.beyond)
        known = found.get(key)
        if known is not None:
            both = None if None in {known.columns, path.columns} else known.columns | path.columns  # type: ignore[operator]
            path = replace(known, columns=both)  # noqa: PLW2901
        found[key] = path
    return list(found.values())

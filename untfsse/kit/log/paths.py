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

    def joins(self, steps: tuple[Step, ...]) -> str:
        """Return the tables from the root to the end, all between them public."""
        parts = [f'public."{self.root._meta.db_table}" AS t0']
        for n, step in enumerate(steps, start=1):
            on = f't{n - 1}."{step.here}" = t{n}."{step.there}"'
            only = f" AND t{n}.{step.only[0]} = {step.only[1]}" if step.only else ""
            parts.append(f'JOIN public."{step.table}" AS t{n} ON {on}{only}')
            if n < len(steps) and self.kind == "shows" and has_eyes(step.model):
                parts.append(PUBLIC.format(n=n, table=step.table, row=f"t{n}.id"))
        return " ".join(parts)

    @property
    def live(self) -> str:
        """The SQL from rows of the table to those of the root."""
        last = len(self.steps)
        seen = ""
        if self.beyond and has_eyes(self.beyond.model):
            row = f't{last}."{self.beyond.here}"'
            seen = " " + PUBLIC.format(n=last + 1, table=self.beyond.table, row=row)
        joins = self.joins(self.steps)
        return f"SELECT t0.id FROM {joins}{seen} WHERE t{last}.id = ANY($1)"  # noqa: S608

    @property
    def past_column(self) -> str | None:
        """The column whose old value leads to what the row was shown with."""
        step = self.steps[-1]
        return step.there if step.is_held_there else None

    @property
    def past(self) -> str | None:
        """The SQL from old values of that column to rows of the root."""
        if not self.past_column:
            return None
        before, here = self.steps[:-1], self.steps[-1].here
        last = f't{len(before)}."{here}"'
        eyes = ""
        if before and has_eyes(before[-1].model):
            eyes = " " + PUBLIC.format(n=99, table=before[-1].table, row=f"t{len(before)}.id")
        joins = self.joins(before)
        return f"SELECT t0.id FROM {joins}{eyes} WHERE {last} = ANY($1)"  # noqa: S608

    @property
    def past_condition(self) -> str:
        """What the old row must have been besides."""
        rules = []
        if self.steps[-1].only:
            column, value = self.steps[-1].only
            rules.append(f"(touched.before ->> '{column}')::bigint = {value}")
        if self.beyond and has_eyes(self.beyond.model):
            held = f"(touched.before ->> '{self.beyond.here}')::bigint"
            join = PUBLIC.format(n=1, table=self.beyond.table, row=held)
            rules.append(f"EXISTS (SELECT FROM (SELECT 1) AS one {join})")
        return " AND ".join(rules) or "true"


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
        held = {reached[-1].there} if reached[-1].is_held_there else set()
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

"""Loads: rows become records, a person's edits stay, and everything is counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from untfsse.kit.evidence import Confidence, Evidenced
from untfsse.kit.publication import Publishable, Status
from untfsse.kit.seeding.ledger import LoadedRow, plain_value
from untfsse.kit.seeding.reports import Remark, Report
from untfsse.kit.seeding.rows import RecordFile, Row, RowError

type Values = Mapping[str, Any]
type Watcher = Callable[[str, int, int], None]
"""Told the noun, how many rows are done, and how many there are."""


def is_unsure(record: Any) -> str:
    """Say that a record waits for somebody to verify it."""
    if not isinstance(record, Evidenced) or record.confidence != Confidence.LOW:
        return ""
    return "" if record.is_verified else "low confidence"


@dataclass(frozen=True)
class Noun:
    """What rows become: a model, and how its records are known.

    `natural` names the fields by which a record that nobody loaded is recognized. `fields`
    gives the names that fields bear in the file where they differ from the model's.
    `held_back` says why a record is loaded but hidden, "" if it is not.
    """

    name: str
    model: type[models.Model]
    natural: tuple[str, ...]
    fields: Values = field(default_factory=dict)
    held_back: Callable[[Any], str] = is_unsure

    @property
    def table(self) -> str:
        """The model's table."""
        return self.model._meta.db_table


@dataclass(frozen=True)
class Missing:
    """A reference that leads nowhere; `is_deleted` when a person deleted its record."""

    reason: str
    is_deleted: bool = False


class RefusedError(Exception):
    """Why a row cannot be loaded: (field of the model, sentence) each."""

    def __init__(self, reasons: list[tuple[str, str]]) -> None:
        """Take the reasons."""
        super().__init__(reasons)
        self.reasons = reasons


class DeletedError(Exception):
    """A person deleted the record, or what it is part of."""


@dataclass
class Wish:
    """A row on its way to become a record."""

    noun: Noun
    row: Row
    key: str
    values: Values
    links: Mapping[str, Sequence[Any]]
    initial: Values


class Load:
    """One load, inside one transaction that its caller holds."""

    def __init__(self, watch: Watcher | None = None) -> None:
        """Take somebody to tell about the progress."""
        self.report = Report()
        self.watch = watch or (lambda noun, done, total: None)
        self._ledger = {(row.table, row.key): row for row in LoadedRow.objects.all()}
        self._seen: set[tuple[str, str]] = set()
        self._changed: list[LoadedRow] = []
        self._records: dict[type[models.Model], dict[Any, models.Model]] = {}
        self._links: dict[tuple[type[models.Model], str], dict[Any, set[Any]]] = {}
        self._strangers: dict[str, dict[tuple[Any, ...], models.Model]] = {}
        self._found: dict[tuple[type[models.Model], str], models.Model] = {}
        self._waiting: list[tuple[Wish, RefusedError]] = []

    # --- What a seed calls -----------------------------------------------------------------

    def each(
        self, noun: Noun, rows: Sequence[Row], load_row: Callable[["Load", Row], None]
    ) -> None:
        """Load rows one by one; a row that cannot be read is refused, the others go on."""
        for number, row in enumerate(rows, start=1):
            try:
                load_row(self, row)
            except RowError as error:
                self._refuse(noun, row, error)
            self.watch(noun.name, number, len(rows))
        self._settle()

    def put(
        self,
        noun: Noun,
        row: Row,
        key: str,
        values: Values,
        *,
        links: Mapping[str, Sequence[Any]] | None = None,
        initial: Values | None = None,
    ) -> models.Model | None:
        """Create or update the record of a row; return it, or None.

        `values` are compared at each load and `links` are its many-to-many fields; `initial`
        is given to a new record only and then belongs to the editors.
        """
        wish = Wish(noun, row, key, values, links or {}, initial or {})
        self.report.tally(noun.name).read += 1
        try:
            return self._fulfil(wish)
        except RefusedError as error:
            self._waiting.append((wish, error))
        return None

    def get(self, noun: Noun, key: str) -> Any:
        """Return the record of a key, None for an empty key, or a Missing for `put` to judge."""
        if not key:
            return None
        record = self._found.get((noun.model, key))
        if record is not None:
            return record
        name = noun.model._meta.verbose_name
        if (noun.table, key) in self._ledger and self._was_deleted(noun, key):
            return Missing(f"The {name} “{key}” was deleted here.", is_deleted=True)
        return Missing(f"There is no {name} “{key}”, or it was refused.")

    def has(self, noun: Noun, key: str) -> bool:
        """Whether this load already came to this row."""
        return (noun.table, key) in self._seen

    def below(self, noun: Noun, rows: Iterable[Row], section: str) -> list[Row]:
        """Return the rows inside rows; what is no list of rows is refused."""
        found = []
        for row in rows:
            try:
                found += row.rows(section)
            except RowError as error:
                self._refuse(noun, row, error)
        return found

    def leave_out(self, noun: str, row: Row, reason: str) -> None:
        """Count a row that does not become a record."""
        tally = self.report.tally(noun)
        tally.read += 1
        tally.left_out[reason] += 1
        row.set_aside()
        self._remark(self.report.left_out, noun, row, "", reason)

    def remark(self, noun: str, file: str, reason: str) -> None:
        """Tell something that concerns no single row."""
        self.report.remarks.append(Remark(noun, file, 0, "", "", reason))

    def finish(self, files: Iterable[RecordFile]) -> None:
        """Write the ledger, and tell what the files no longer or not yet say."""
        old = [row for row in self._changed if row.pk]
        LoadedRow.objects.bulk_update(old, ["file", "record_id", "values"], batch_size=500)
        LoadedRow.objects.bulk_create([row for row in self._changed if not row.pk])
        for key, row in self._ledger.items():
            if key not in self._seen:
                reason = f"{row.key}: no longer in the files; the record stays."
                self.remark(row.table, row.file, reason)
        for file in files:
            self._tell_unread(file)

    def _refuse(self, noun: Noun, row: Row, error: RowError) -> None:
        tally = self.report.tally(noun.name)
        tally.read += 1
        tally.refused += 1
        self._remark(self.report.refused, noun.name, row, error.field, error.reason)

    # --- One row ---------------------------------------------------------------------------

    def _fulfil(self, wish: Wish) -> models.Model | None:
        noun, tally = wish.noun, self.report.tally(wish.noun.name)
        self._seen.add((noun.table, wish.key))
        try:
            values, links = self._resolve(wish)
        except DeletedError as error:
            tally.left_out["deleted here"] += 1
            self._remark(self.report.left_out, noun.name, wish.row, "", str(error))
            return None
        known = self._ledger.get((noun.table, wish.key))
        record = self._find(noun, known, values)
        if record is None:
            record = self._create(wish, values, links)
            tally.created += 1
        else:
            self._update(wish, record, known, values, links)
        self._found[noun.model, wish.key] = record
        if reason := noun.held_back(record):
            tally.held_back[reason] += 1
        return record

    def _was_deleted(self, noun: Noun, key: str) -> bool:
        known = self._ledger.get((noun.table, key))
        return known is not None and known.record_id not in self._all(noun.model)

    def _resolve(self, wish: Wish) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """Return values and links without Missing ones, or say why that cannot be."""
        if self._was_deleted(wish.noun, wish.key):
            raise DeletedError("It was deleted here, and is not created again.")
        reasons, values = [], {}
        for name, value in wish.values.items():
            field_ = wish.noun.model._meta.get_field(name)
            if isinstance(value, Missing) and not value.is_deleted:
                reasons.append((name, value.reason))
            elif isinstance(value, Missing):
                if not getattr(field_, "null", False):
                    raise DeletedError(value.reason)
                values[name] = None
            else:
                values[name] = value
        links: dict[str, list[Any]] = {}
        for name, targets in wish.links.items():
            lost = [target for target in targets if isinstance(target, Missing)]
            reasons += [(name, target.reason) for target in lost if not target.is_deleted]
            links[name] = [target for target in targets if target not in lost]
        if reasons:
            raise RefusedError(reasons)
        return values, links

    def _find(self, noun: Noun, known: LoadedRow | None, values: Values) -> models.Model | None:
        if known is not None:
            return self._all(noun.model)[known.record_id]
        wanted = self._plain(noun, {name: values[name] for name in noun.natural})
        return self._strangers_of(noun).get(tuple(wanted.values()))

    def _strangers_of(self, noun: Noun) -> dict[tuple[Any, ...], models.Model]:
        """Return the records that were there before and that nobody loaded, by natural key."""
        if noun.name not in self._strangers:
            loaded = {row.record_id for row in self._ledger.values() if row.table == noun.table}
            self._strangers[noun.name] = {
                tuple(self._current(record, name) for name in noun.natural): record
                for record in self._all(noun.model).values()
                if record.pk not in loaded
            }
        return self._strangers[noun.name]

    def _create(self, wish: Wish, values: Values, links: Mapping[str, list[Any]]) -> models.Model:
        plain = self._plain(wish.noun, values)
        record = wish.noun.model(**values, **wish.initial)
        self._save(record, links)
        self._all(wish.noun.model)[record.pk] = record
        plain |= {name: sorted(target.pk for target in targets) for name, targets in links.items()}
        self._note(wish, record, plain)
        return record

    def _update(
        self,
        wish: Wish,
        record: models.Model,
        known: LoadedRow | None,
        values: Values,
        links: Mapping[str, list[Any]],
    ) -> None:
        wanted = self._plain(wish.noun, values)
        wanted |= {name: sorted(target.pk for target in targets) for name, targets in links.items()}
        current = {name: self._current(record, name) for name in wanted}
        loaded = known.values if known else {}
        is_ours = {
            name: current[name] == loaded[name] if name in loaded else _is_empty(current[name])
            for name in wanted
        }
        differing = [name for name in wanted if wanted[name] != current[name]]
        changes = [name for name in differing if is_ours[name]]
        kept = [name for name in differing if not is_ours[name]]
        tally = self.report.tally(wish.noun.name)
        if changes:
            self._change(record, changes, values, links)
            tally.updated += 1
        else:
            tally.unchanged += 1
        if kept:
            tally.edits_kept += 1
        for name in kept:
            reason = "It was edited here; the edit is kept."
            field_ = wish.noun.fields.get(name, name)
            self._remark(self.report.edits_kept, wish.noun.name, wish.row, field_, reason)
        agreed = {name: value for name, value in wanted.items() if name not in kept}
        untouched = {name: value for name, value in loaded.items() if name in kept}
        self._note(wish, record, agreed | untouched)

    def _change(
        self,
        record: models.Model,
        names: Sequence[str],
        values: Values,
        links: Mapping[str, list[Any]],
    ) -> None:
        before = {name: getattr(record, name) for name in names if name in values}
        for name in before:
            setattr(record, name, values[name])
        try:
            self._save(record, {name: links[name] for name in names if name in links})
        except RefusedError:
            for name, value in before.items():
                setattr(record, name, value)
            raise

    def _save(self, record: models.Model, links: Mapping[str, list[Any]]) -> None:
        """Save a record, or say in the sentences of `full_clean` why that cannot be.

        PostgreSQL keeps the same rules as `full_clean`, which asks it one by one and would take
        ten times as long for rows that are right.
        """
        if isinstance(record, Publishable) and record.status == Status.PUBLISHED:
            record.published_at = record.published_at or timezone.now()
        is_new = record.pk is None
        try:
            record.clean_fields(exclude=_reference_names(type(record)))
            record.clean()
            with transaction.atomic():
                record.save(force_insert=is_new)
                self._save_links(record, links, is_new=is_new)
        except ValidationError as error:
            raise RefusedError(_sentences(error)) from None
        except IntegrityError as error:
            record.pk = None if is_new else record.pk
            raise RefusedError(_explain(record, error)) from None

    def _save_links(
        self, record: models.Model, links: Mapping[str, list[Any]], *, is_new: bool
    ) -> None:
        for name, targets in links.items():
            manager = getattr(record, name)
            if not is_new:
                manager.set(targets)
            elif targets:
                manager.add(*targets)
            self._linked(type(record), name)[record.pk] = {one.pk for one in targets}

    # --- What is there ---------------------------------------------------------------------

    def _all(self, model: type[models.Model]) -> dict[Any, models.Model]:
        if model not in self._records:
            computed = [f.name for f in model._meta.concrete_fields if f.generated]
            rows = model._default_manager.defer(*computed)
            self._records[model] = {record.pk: record for record in rows}
        return self._records[model]

    def _linked(self, model: type[models.Model], name: str) -> dict[Any, set[Any]]:
        if (model, name) not in self._links:
            field_: Any = model._meta.get_field(name)
            through = field_.remote_field.through._default_manager
            pairs = through.values_list(field_.m2m_column_name(), field_.m2m_reverse_name())
            found = self._links[model, name] = {}
            for source, target in pairs:
                found.setdefault(source, set()).add(target)
        return self._links[model, name]

    def _current(self, record: models.Model, name: str) -> Any:
        field_: Any = record._meta.get_field(name)
        if field_.many_to_many:
            return sorted(self._linked(type(record), name).get(record.pk, ()))
        return plain_value(field_, field_.value_from_object(record))

    def _plain(self, noun: Noun, values: Values) -> dict[str, Any]:
        plain, reasons = {}, []
        for name, value in values.items():
            field_: Any = noun.model._meta.get_field(name)
            try:
                plain[name] = plain_value(field_, value)
            except ValidationError as error:
                reasons += [(name, message) for message in error.messages]
        if reasons:
            raise RefusedError(reasons)
        return plain

    # --- Words about it --------------------------------------------------------------------

    def _note(self, wish: Wish, record: models.Model, values: dict[str, Any]) -> None:
        place = (wish.noun.table, wish.key)
        known = self._ledger.get(place)
        if known is None:
            known = LoadedRow(table=wish.noun.table, key=wish.key)
            self._ledger[place] = known
        elif known.values == values and known.record_id == record.pk:
            return
        known.file, known.record_id, known.values = wish.row.file, record.pk, values
        self._changed.append(known)

    def _settle(self) -> None:
        """Try refused rows again while that helps: rows may have been in each other's way."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            for wish, _reasons in waiting:
                try:
                    self._fulfil(wish)
                except RefusedError as error:
                    self._waiting.append((wish, error))
            if len(self._waiting) == len(waiting):
                break
        for wish, error in self._waiting:
            self.report.tally(wish.noun.name).refused += 1
            for name, reason in error.reasons:
                field_ = wish.noun.fields.get(name, name)
                self._remark(self.report.refused, wish.noun.name, wish.row, field_, reason)
        self._waiting = []

    def _remark(self, where: list[Remark], noun: str, row: Row, name: str, reason: str) -> None:
        line = row.line_of(name.partition(".")[0])
        where.append(Remark(noun, row.file, line, row.name, name, reason))

    def _tell_unread(self, file: RecordFile) -> None:
        counts: dict[str, int] = {}
        for section, rows in file.content.items():
            for row in rows if isinstance(rows, list) else [rows]:
                for name in row.unread() if isinstance(row, Row) and section != "meta" else ():
                    path = f"{section}.{name}"
                    counts[path] = counts.get(path, 0) + 1
        for path, count in counts.items():
            reason = file.reasons.get(path, "there is no place for it yet")
            self.remark("fields", file.name, f"{path} ({count} rows) is not loaded: {reason}.")


def check_at_once() -> None:
    """Let PostgreSQL check each row when it comes, also what it would check at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _reference_names(model: type[models.Model]) -> set[str]:
    """Return the foreign keys, which the load itself has looked up."""
    return {field_.name for field_ in model._meta.concrete_fields if field_.is_relation}


def _explain(record: models.Model, error: IntegrityError) -> list[tuple[str, str]]:
    """Return why PostgreSQL refused a record, in the model's own sentences if it has them."""
    try:
        record.full_clean()
    except ValidationError as reason:
        return _sentences(reason)
    return [("", str(error).splitlines()[0])]


def _sentences(error: ValidationError) -> list[tuple[str, str]]:
    return [
        ("" if name == NON_FIELD_ERRORS else name, message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})

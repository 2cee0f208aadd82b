"""Loads: rows become records, a person's edits stay, and everything is counted."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from untfsse.kit.loading.cache import Links, RecordCache, plain_values
from untfsse.kit.loading.ledger import LoadedRow
from untfsse.kit.loading.reports import Remark, Report
from untfsse.kit.loading.rows import FileRow, RecordFile, RowError
from untfsse.kit.loading.seed_models import (
    DeletedError,
    Missing,
    RefusedError,
    SeedModel,
    Values,
    Wish,
)

type Watcher = Callable[[str, int, int], None]
"""Told the noun, how many rows are done, and how many there are."""


class Load:
    """One load, inside one transaction that its caller holds."""

    def __init__(self, watch: Watcher | None = None) -> None:
        self.report = Report()
        self.watch = watch or (lambda noun, done, total: None)
        self._cache = RecordCache()
        self._ledger = {(row.table, row.key): row for row in LoadedRow.objects.all()}
        self._seen: set[tuple[str, str]] = set()
        self._changed: list[LoadedRow] = []
        self._strangers: dict[str, dict[str, models.Model]] = {}
        self._found: dict[tuple[type[models.Model], str], models.Model] = {}
        self._waiting: list[tuple[Wish, list[tuple[str, str]]]] = []

    # --- What a seed calls -----------------------------------------------------------------

    def each(
        self, noun: SeedModel, rows: Sequence[FileRow], load_row: Callable[["Load", FileRow], None]
    ) -> None:
        """Load rows one by one; a row that cannot be read is refused, the others go on."""
        for number, row in enumerate(rows, start=1):
            try:
                load_row(self, row)
            except RowError as error:
                self._refuse_unread(noun, row, error)
            self.watch(noun.name, number, len(rows))
        self._settle()

    def put(
        self,
        noun: SeedModel,
        row: FileRow,
        key: str,
        values: Values,
        *,
        links: Mapping[str, Sequence[Any]] | None = None,
        initial: Values | None = None,
    ) -> None:
        """Create or update the record of a row.

        `values` are compared at each load and `links` are its many-to-many fields; `initial`
        is given to a new record only and then belongs to the editors. What is refused is tried
        again at the end of `each`.
        """
        wish = Wish(noun, row, key, values, links or {}, initial or {})
        self.report.tally(noun.name).read += 1
        try:
            self._fulfil(wish)
        except RefusedError as error:
            self._waiting.append((wish, error.reasons))

    def get(self, noun: SeedModel, key: str) -> Any:
        """Return the record of a key, None for an empty key, or a Missing for `put` to judge."""
        if not key:
            return None
        record = self._found.get((noun.model, key))
        if record is not None:
            return record
        name = noun.model._meta.verbose_name
        if self._was_deleted(noun, key):
            return Missing(f"The {name} “{key}” was deleted here.", is_deleted=True)
        return Missing(f"There is no {name} “{key}”, or it was refused.")

    def has(self, noun: SeedModel, key: str) -> bool:
        """Whether this load already came to this row."""
        return (noun.table, key) in self._seen

    def below(self, noun: SeedModel, rows: Iterable[FileRow], section: str) -> list[FileRow]:
        """Return the rows inside rows; what is no list of rows is refused."""
        found = []
        for row in rows:
            try:
                found += row.rows(section)
            except RowError as error:
                self._refuse_unread(noun, row, error)
        return found

    def left_over(self, noun: SeedModel, keys: Container[str]) -> list[Any]:
        """Return the records that earlier files named and that these keys do not."""
        records = self._cache.all(noun.model)
        return [
            records[row.record_id]
            for (table, key), row in self._ledger.items()
            if table == noun.table and key not in keys and row.record_id in records
        ]

    def leave_out(self, noun: str, row: FileRow, reason: str) -> None:
        """Count a row that does not become a record."""
        self.report.tally(noun).read += 1
        row.set_aside()
        self._leave_out(noun, row, reason, reason)

    def remark(self, noun: str, file: str, reason: str) -> None:
        """Tell something that concerns no single row."""
        self.report.remarks.append(Remark(noun, file, 0, "", "", reason))

    def finish(self, files: Iterable[RecordFile]) -> None:
        """Write the ledger, and tell what the files no longer or not yet say."""
        old = [row for row in self._changed if row.pk]
        LoadedRow.objects.bulk_update(old, ["file", "record_id", "values"], batch_size=500)
        LoadedRow.objects.bulk_create([row for row in self._changed if not row.pk])
        for place, row in self._ledger.items():
            if place not in self._seen:
                reason = f"{row.key}: no longer in the files; the record stays."
                self.remark(row.table, row.file, reason)
        for file in files:
            for path, count in file.unread().items():
                reason = file.reasons.get(path, "there is no place for it yet")
                self.remark("fields", file.name, f"{path} ({count} rows) is not loaded: {reason}.")

    # --- One row ---------------------------------------------------------------------------

    def _fulfil(self, wish: Wish) -> None:
        noun, place = wish.noun, (wish.noun.table, wish.key)
        self._seen.add(place)
        try:
            if self._was_deleted(noun, wish.key):
                reason = "It was deleted here, and is not created again."
                return self._leave_out(noun.name, wish.row, "deleted here", reason)
            values, links = wish.resolve()
        except DeletedError as error:
            return self._leave_out(noun.name, wish.row, "deleted here", str(error))
        wanted = plain_values(noun.model, values, links)
        known = self._ledger.get(place)
        if known is None:
            new = noun.model(**values, **wish.initial)
            record = self._strangers_of(noun).get(self._natural_key(noun, new), new)
        else:
            record = self._cache.all(noun.model)[known.record_id]
        if record.pk is None:
            self._cache.save(record, links)
            self._note(wish, record, wanted)
            self.report.tally(noun.name).created += 1
        else:
            self._update(wish, record, wanted, values, links)
        self._found[noun.model, wish.key] = record
        if reason := noun.held_back(record):
            self.report.tally(noun.name).held_back[reason] += 1
        return None

    def _was_deleted(self, noun: SeedModel, key: str) -> bool:
        known = self._ledger.get((noun.table, key))
        return known is not None and known.record_id not in self._cache.all(noun.model)

    def _natural_key(self, noun: SeedModel, record: models.Model) -> str:
        return repr([self._cache.current(record, name) for name in noun.key_columns])

    def _strangers_of(self, noun: SeedModel) -> dict[str, models.Model]:
        """Return the records that were there before and that nobody loaded, by natural key."""
        if noun.name not in self._strangers:
            loaded = {row.record_id for row in self._ledger.values() if row.table == noun.table}
            self._strangers[noun.name] = {
                self._natural_key(noun, record): record
                for record in self._cache.all(noun.model).values()
                if record.pk not in loaded
            }
        return self._strangers[noun.name]

    def _update(
        self, wish: Wish, record: models.Model, wanted: Values, values: Values, links: Links
    ) -> None:
        """Change what nobody has edited since it was loaded; report the rest."""
        known = self._ledger.get((wish.noun.table, wish.key))
        loaded = known.values if known else {}
        current = {name: self._cache.current(record, name) for name in wanted}
        differing = [name for name in wanted if wanted[name] != current[name]]
        kept = [
            name
            for name in differing
            if (current[name] != loaded[name] if name in loaded else not _is_empty(current[name]))
        ]
        changes = [name for name in differing if name not in kept]
        tally = self.report.tally(wish.noun.name)
        if changes:
            self._cache.change(record, changes, values, links)
            tally.updated += 1
        else:
            tally.unchanged += 1
        tally.edits_kept += bool(kept)
        for name in kept:
            reason = "It was edited here; the edit is kept."
            self._remark(self.report.edits_kept, wish, name, reason)
        agreed = {name: value for name, value in wanted.items() if name not in kept}
        untouched = {name: value for name, value in loaded.items() if name in kept}
        self._note(wish, record, agreed | untouched)

    # --- Words about it --------------------------------------------------------------------

    def _note(self, wish: Wish, record: models.Model, values: dict[str, Any]) -> None:
        """Write into the ledger what the files now say of a record."""
        place = (wish.noun.table, wish.key)
        known = self._ledger.get(place)
        if known is None:
            known = LoadedRow(table=wish.noun.table, key=wish.key)
            self._ledger[place] = known
        elif known.values == values:
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
                    self._waiting.append((wish, error.reasons))
            if len(self._waiting) == len(waiting):
                break
        for wish, reasons in self._waiting:
            self.report.tally(wish.noun.name).refused += 1
            for name, reason in reasons:
                self._remark(self.report.refused, wish, name, reason)
        self._waiting = []

    def _refuse_unread(self, noun: SeedModel, row: FileRow, error: RowError) -> None:
        tally = self.report.tally(noun.name)
        tally.read += 1
        tally.refused += 1
        self.report.refused.append(Remark.on(noun.name, row, error.field, error.reason))

    def _leave_out(self, noun: str, row: FileRow, group: str, reason: str) -> None:
        self.report.tally(noun).left_out[group] += 1
        self.report.left_out.append(Remark.on(noun, row, "", reason))

    def _remark(self, where: list[Remark], wish: Wish, name: str, reason: str) -> None:
        field = wish.noun.fields.get(name, name)
        where.append(Remark.on(wish.noun.name, wish.row, field, reason))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})

"""Resources: a noun as a table; its rows become differences, and differences become changes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils.translation import gettext as _
from taggit.models import TaggedItem

from untfsse.kit.exchange.columns import Column, columns_of, same_lines
from untfsse.kit.exchange.key_book import KeyBooks, key_of_cells
from untfsse.kit.forms.model_forms import audience_refusal, parent_refusal
from untfsse.kit.forms.richtext import sanitize
from untfsse.kit.records.characters import refuse_invisible
from untfsse.kit.records.fields import RichTextField
from untfsse.kit.records.natural_keys import key_columns
from untfsse.kit.records.publication import VisibleQuerySet
from untfsse.kit.records.refusals import refusal, sentences
from untfsse.kit.records.roles import Actor, can

type Guard = Callable[[models.Model, str], bool]

CHUNK = 500


class NumberedRow(dict[str, str]):
    """The cells of a row, and its number in the file, where 1 is the header."""

    def __init__(self, number: int, header: list[str], cells: list[str]) -> None:
        """Take the cells; a short row is filled with empty ones."""
        super().__init__(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=False))
        self.number = number
        self.is_too_long = any(cells[len(header) :])


@dataclass(slots=True)
class RowReport:
    """What a row would do; `number` is its line in the file, where 1 is the header.

    The differences are (column, before, after), the errors (column, sentence).
    """

    number: int
    key: str
    is_new: bool = False
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)


def nothing(_record: models.Model, _column: str) -> bool:
    """Let no column be changed: enough for an export."""
    return False


def anything(_record: models.Model, _column: str) -> bool:
    """Let every column be changed, for a program that knows what it does."""
    return True


class TableResource:
    """The table of a noun.

    `may_change` says whether a column of a record may be changed, none unless told;
    `same_parent` names the pairs (field, parent) that must agree, as in the forms.
    """

    same_parent: tuple[tuple[str, str], ...] = ()

    def __init__(
        self, model: type[models.Model], *, by: Actor = None, may_change: Guard = nothing
    ) -> None:
        self.model, self.by, self.may_change = model, by, may_change
        self.books = KeyBooks(by)
        self.columns = columns_of(model, self.books)
        self.present: list[Column] = []
        self.records: dict[int, models.Model] = {}
        self.hidden: set[int] = set()
        self.links: dict[str, dict[int, list[Any]]] = {}
        self.seen: dict[str, int] = {}

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    # --- Out -------------------------------------------------------------------------------

    def rows(self, records: models.QuerySet[Any]) -> Iterator[list[str]]:
        """Return the row of each record; a constant number of queries for every 500."""
        keys = list(records.values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            found = self.model._default_manager.in_bulk(chunk)
            links = self.fetch_links(chunk)
            for pk in chunk:
                if pk in found:
                    yield [
                        column.write(found[pk], links.get(column.name, {}).get(pk))
                        for column in self.columns
                    ]

    def fetch_links(self, keys: Iterable[int]) -> dict[str, dict[int, list[Any]]]:
        """Return what each record is linked to, by column."""
        links: dict[str, dict[int, list[Any]]] = {}
        for column in self.columns:
            if column.is_link:
                held: dict[int, list[Any]] = {}
                for pk, linked in self.fetch_pairs(column, keys):
                    held.setdefault(pk, []).append(linked)
                links[column.name] = held
        return links

    def fetch_pairs(self, column: Column, keys: Iterable[int]) -> Any:
        """Return pairs of a record and what it is linked to."""
        if column.is_topics:
            noun = ContentType.objects.get_for_model(self.model)
            rows = TaggedItem.objects.filter(content_type=noun, object_id__in=keys)
            return rows.values_list("object_id", "tag__name")
        through = column.field.remote_field.through
        own, other = column.field.m2m_column_name(), column.field.m2m_reverse_name()
        return through.objects.filter(**{f"{own}__in": keys}).values_list(own, other)

    # --- In: finding the record ------------------------------------------------------------

    def set_header(self, header: list[str]) -> None:
        """Take the columns of a file. Raises ValidationError for a name that is not known."""
        known = {column.name: column for column in self.columns}
        unknown = [name for name in header if name not in known]
        if unknown:
            raise ValidationError(
                _("There is no column “%(name)s”. The columns are: %(known)s.")
                % {"name": unknown[0], "known": ", ".join(known)}
            )
        twice = [name for name, times in Counter(header).items() if times > 1]
        if twice:
            raise ValidationError(_("The column “%(name)s” is there twice.") % {"name": twice[0]})
        for name in key_columns(self.model):
            if name not in header:
                raise ValidationError(
                    _("The column “%(name)s” is missing: by it a row is known.") % {"name": name}
                )
        self.present = [known[name] for name in header]

    def fetch(self, rows: Iterable[NumberedRow], *, lock: bool) -> None:
        """Fetch the records that some rows mean, and their links.

        With `lock` nobody else changes them until the transaction ends: a save writes whole
        rows, and would undo what somebody saved meanwhile.
        """
        known = self.books[self.model].pks
        pks = [pk for row in rows if (pk := known.get(key_of_cells(self.model, row)))]
        records = self.model._default_manager.all()
        if lock:
            records = records.select_for_update(of=("self",)).order_by("pk")
        self.records = records.in_bulk(pks)
        if isinstance(records, VisibleQuerySet) and records.audiences:
            read = records.meant_for(self.by).filter(pk__in=pks).values_list("pk", flat=True)
            self.hidden = set(pks) - set(read)
        self.links = self.fetch_links(pks)

    def record_of(self, row: NumberedRow, key: str) -> models.Model:
        """Return the record that a row means, or a new one."""
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            raise ValidationError(_("Row %(first)s means the same record.") % {"first": first})
        pk = self.books[self.model].pk_or_none(key)
        record = None if pk is None else self.records.get(pk)
        if record is None:
            if not can(self.by, "add", self.model):
                raise ValidationError(_("Your role does not let you add records like this."))
            return self.model()
        if not can(self.by, "change", record) or pk in self.hidden:
            raise ValidationError(_("Your role does not let you change this record."))
        return record

    # --- In: filling it --------------------------------------------------------------------

    def import_row(self, row: NumberedRow) -> RowReport:
        """Take a fetched row over, and return what it changed or why it is refused."""
        report = RowReport(row.number, key_of_cells(self.model, row))
        if row.is_too_long:
            report.errors.append(("", _("The row has more cells than there are columns.")))
        try:
            record = self.record_of(row, report.key)
            is_new = record.pk is None
            differences, links, errors = self.fill(record, row)
            if is_new or differences or errors:
                self.validate(record, {name for name, *_texts in differences}, errors)
                self.save(record, links, is_changed=is_new or len(differences) > len(links))
            if is_new:
                self.books[self.model].add(report.key, record.pk)
            if not report.errors:
                report.is_new, report.differences = is_new, differences
        except ValidationError as error:
            report.errors += sentences(error)
        return report

    def fill(
        self, record: models.Model, row: NumberedRow
    ) -> tuple[list[tuple[str, str, str]], dict[str, list[Any]], dict[str, Any]]:
        """Set the columns where a cell says something else than the record does.

        Returns the differences, the new links and what is wrong, the last two by column.
        """
        differences, links, errors = [], {}, {}
        for column in self.present:
            name = column.name
            linked = self.links.get(name, {}).get(record.pk, [])
            before = column.write(record, linked)
            after = same_lines(row[name])
            is_left = record.pk is None and not after.strip() and column.may_stay_empty
            if is_left or after == same_lines(before):
                continue
            try:
                value = self.read(column, record, before, after)
            except ValidationError as error:
                errors[name] = error.error_list
                continue
            if column.is_link:
                links[name] = [*value, *column.unnamed(linked)]
            else:
                setattr(record, column.field.attname, value)
            differences.append((name, before, after))
        return differences, links, errors

    def read(self, column: Column, record: models.Model, before: str, after: str) -> Any:
        """Return the value that a cell gives a record, if it may be changed."""
        is_fixed = column.is_out_of_reach and not (column.is_public_id and record.pk is None)
        if is_fixed or not self.may_change(record, column.name):
            raise ValidationError(
                _("An import leaves this as it is (“%(before)s”): only its own button changes it.")
                % {"before": before}
            )
        refuse_invisible(after)
        value = column.read(after)
        return sanitize(value) if isinstance(column.field, RichTextField) else value

    def validate(self, record: models.Model, changed: set[str], errors: dict[str, Any]) -> None:
        """Ask the record itself, as a form would; raises what is wrong, by column.

        What PostgreSQL keeps too is asked of a row with faults alone: else the save will tell.
        """
        found = dict(errors)
        for asks_all in (False, True):
            try:
                record.full_clean(
                    exclude=found.keys(), validate_unique=asks_all, validate_constraints=asks_all
                )
            except ValidationError as error:
                error.update_error_dict(found)
            if not found:
                break
        for name, sentence in self.refusals(record, changed):
            found.setdefault(name, []).append(ValidationError(sentence))
        if found:
            raise ValidationError(found)

    def refusals(self, record: models.Model, changed: set[str]) -> Iterator[tuple[str, str]]:
        """Return what the forms refuse besides, by column."""
        for name, parent in self.same_parent:
            if sentence := parent_refusal(record, name, parent):
                yield name, sentence
        if "audience" in changed and (
            sentence := audience_refusal(record, self.by, getattr(record, "audience", ""))
        ):
            yield "audience", sentence

    def save(self, record: models.Model, links: dict[str, list[Any]], *, is_changed: bool) -> None:
        """Save the record and its links; what the database refuses is an error of the row."""
        try:
            with transaction.atomic():
                if is_changed:
                    record.save()
                for name, value in links.items():
                    getattr(record, name).set(value)
        except IntegrityError as error:
            record.validate_unique()
            record.validate_constraints()
            raise ValidationError(refusal(error)) from error
        except DatabaseError as error:
            raise ValidationError(str(error)) from error

"""Sheets: a noun as a table; its rows become differences, and differences become changes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from import_export.resources import Resource
from taggit.models import TaggedItem

from untfsse.kit.exchange.columns import Column, columns_of, same_lines
from untfsse.kit.exchange.keys import Library, key_of_cells, known_by
from untfsse.kit.forms.model_forms import audience_refusal, parent_refusal
from untfsse.kit.forms.richtext import sanitize
from untfsse.kit.records.characters import refuse_invisible
from untfsse.kit.records.fields import RichTextField
from untfsse.kit.records.refusals import refusal
from untfsse.kit.records.roles import Actor, can

type Cells = dict[str, str]
type Guard = Callable[[models.Model, str], bool]

CHUNK = 500


def nothing(_record: models.Model, _column: str) -> bool:
    """Let no column be changed: enough for an export."""
    return False


def anything(_record: models.Model, _column: str) -> bool:
    """Let every column be changed, for a program that knows what it does."""
    return True


class TableResource(Resource):  # type: ignore[misc]
    """The table of a noun.

    `may_change` says whether a column of a record may be changed, none unless told;
    `same_parent` names the pairs (field, parent) that must agree, as in the forms.
    """

    class Meta:
        skip_diff = True
        store_instance = False

    same_parent: tuple[tuple[str, str], ...] = ()

    def __init__(
        self, model: type[models.Model], *, by: Actor = None, may_change: Guard = nothing
    ) -> None:
        """Take the noun, and who imports."""
        super().__init__()
        self.model, self.by, self.may_change = model, by, may_change
        self.library = Library()
        self.columns = columns_of(model, self.library)
        self.fields = {column.column_name: column for column in self.columns}
        self.present: list[Column] = []
        self.loaded: dict[int, models.Model] = {}
        self.links: dict[str, dict[int, list[Any]]] = {}
        self.seen: dict[str, int] = {}
        self.differences: list[tuple[str, str, str]] = []
        self.new_links: dict[str, list[Any]] = {}

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.column_name for column in self.columns]

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
                        column.write(found[pk], links.get(column.column_name, {}).get(pk))
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
                links[column.column_name] = held
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

    def open(self, header: list[str]) -> None:
        """Take the columns of a file. Raises ValidationError for a name that is not known."""
        known = {column.column_name: column for column in self.columns}
        unknown = [name for name in header if name not in known]
        if unknown:
            raise ValidationError(
                _("There is no column “%(name)s”. The columns are: %(known)s.")
                % {"name": unknown[0], "known": ", ".join(known)}
            )
        twice = [name for name in header if header.count(name) > 1]
        if twice:
            raise ValidationError(_("The column “%(name)s” is there twice.") % {"name": twice[0]})
        for name in known_by(self.model):
            if name.partition("__")[0] not in header:
                raise ValidationError(
                    _("The column “%(name)s” is missing: by it a row is known.")
                    % {"name": name.partition("__")[0]}
                )
        self.present = [known[name] for name in header]

    def load(self, rows: Iterable[Cells], *, lock: bool) -> None:
        """Fetch the records that some rows mean, and their links.

        With `lock` nobody else changes them until the transaction ends: a save writes whole
        rows, and would undo what somebody saved meanwhile.
        """
        book = self.library.book(self.model)
        pks = [pk for row in rows if (pk := book.read().get(self.key_of(row)))]
        records = self.model._default_manager.all()
        if lock:
            records = records.select_for_update(of=("self",)).order_by("pk")
        self.loaded = records.in_bulk(pks)
        self.links = self.fetch_links(pks)

    def key_of(self, row: Cells) -> str:
        """Return the key of a row."""
        return key_of_cells(self.model, {name: text.strip() for name, text in row.items()})

    def get_or_init_instance(self, _loader: Any, row: Any) -> tuple[models.Model, bool]:
        """Return the record that a row means, or a new one."""
        key = self.key_of(row)
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            raise ValidationError(_("Row %(first)s means the same record.") % {"first": first})
        pk = self.library.book(self.model).lookup(key)
        record = None if pk is None else self.loaded.get(pk)
        act, noun = ("add", self.model) if record is None else ("change", record)
        if not can(self.by, act, noun):
            sentence = (
                _("Your role does not let you add records like this.")
                if record is None
                else _("Your role does not let you change this record.")
            )
            raise ValidationError(sentence)
        return (record, False) if record is not None else (self.model(), True)

    # --- In: filling it --------------------------------------------------------------------

    def import_instance(self, instance: Any, row: Any, **_kwargs: Any) -> None:
        """Fill a record with the cells that differ; collect what is wrong, by column."""
        self.differences, self.new_links = [], {}
        errors: dict[str, Any] = {}
        for column in self.present:
            try:
                self.import_column(column, instance, row)
            except ValidationError as error:
                errors[column.column_name] = error.error_list
        if errors:
            raise ValidationError(errors)

    def import_column(self, column: Column, record: models.Model, row: Any) -> None:
        """Set one column where the cell says something else than the record does."""
        name = column.column_name
        linked = self.links.get(name, {}).get(record.pk, [])
        before = column.write(record, linked)
        after = same_lines(row[name])
        if after == same_lines(before):
            return
        if record.pk is None and not after.strip() and self.may_stay(column):
            return
        if not self.may_change(record, name):
            raise ValidationError(
                _("An import leaves this as it is (“%(before)s”): only its own button changes it.")
                % {"before": before}
            )
        refuse_invisible(after)
        value = column.clean(row)
        if column.is_link:
            self.new_links[name] = value
        else:
            if isinstance(column.field, RichTextField):
                value = sanitize(value)
            setattr(record, column.field.attname, value)
        self.differences.append((name, before, after))

    @staticmethod
    def may_stay(column: Column) -> bool:
        """Whether an empty cell leaves a new record with what it begins with."""
        return not column.is_link and bool(column.field.has_default())

    def skip_row(self, instance: Any, _original: Any, _row: Any, errors: Any = None) -> bool:
        """Leave alone what the row does not change."""
        return not (self.differences or errors or instance.pk is None)

    def validate_instance(
        self, instance: Any, errors: Any = None, _validate_unique: bool = True
    ) -> None:
        """Ask the record itself, as a form would; raises what is wrong, by column.

        What PostgreSQL keeps too is asked of a row with faults alone: else the save will tell.
        """
        found: dict[str, Any] = dict(errors or {})
        for asks_all in (False, True):
            try:
                instance.full_clean(exclude=found.keys(), validate_constraints=asks_all)
            except ValidationError as error:
                error.update_error_dict(found)
            if not found:
                break
        for name, sentence in self.refusals(instance):
            found.setdefault(name, []).append(ValidationError(sentence))
        if found:
            raise ValidationError(found)

    def refusals(self, record: models.Model) -> Iterator[tuple[str, str]]:
        """Return what the forms refuse besides, by column."""
        for name, parent in self.same_parent:
            sentence = parent_refusal(record, name, parent)
            if sentence:
                yield name, sentence
        if any(name == "audience" for name, _before, _after in self.differences):
            sentence = audience_refusal(record, self.by)
            if sentence:
                yield "audience", sentence

    def save_instance(self, instance: Any, is_new: bool, row: Any, **_kwargs: Any) -> None:
        """Save the record and its links; what the database refuses is an error of the row."""
        try:
            with transaction.atomic():
                if is_new or len(self.differences) > len(self.new_links):
                    instance.save()
                for name, value in self.new_links.items():
                    getattr(instance, name).set(value)
        except IntegrityError as error:
            instance.validate_constraints()
            raise ValidationError(refusal(error)) from error
        if is_new:
            self.library.book(self.model).add(self.key_of(row), instance.pk)

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Do nothing: the links are saved with the record."""


class NumberedRow(dict[str, str]):
    """The cells of a row, and its number in the file, where 1 is the header."""

    def __init__(self, number: int, header: list[str], cells: list[str]) -> None:
        """Take the cells; a short row is filled with empty ones."""
        super().__init__(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=False))
        self.number = number
        self.is_too_long = any(cells[len(header) :])

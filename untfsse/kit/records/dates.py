"""Dates known in part: a day, a month, a year, or "by" one of these."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

ISO_FORM = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?")
WORD_FORM = re.compile(r"((?P<day>[0-9]{1,2}) )?(?P<month>[^\W\d_]+) (?P<year>[0-9]{4})")
BY_FORM = re.compile(r"(?:\.\./|by )(?P<rest>.+)", re.IGNORECASE)
HINT = _("Write a day, a month or a year: 2022-07-19, 2013-05, 2016, or “by 2019-11-22”.")
LONGEST_WORDS = 100
BEGINNING = dt.date(1, 1, 1)
DASH = "\N{EN DASH}"

if TYPE_CHECKING:
    TextColumn = models.CharField[Any, "PartialDate | None"]
else:
    TextColumn = models.CharField


STORED_FORM = r"^(\.\./)?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    BY = "by", _("by that day")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which perhaps only the month or the year is known.

    `first` and `last` are the first and the last possible day, both inclusive. With `is_by`
    the thing was already so on the last day of the period, and its first day is unknown.
    """

    year: int
    month: int | None = None
    day: int | None = None
    is_by: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2022-07-19", "2013-05", "2016", "May 2013" or any of these after "by".

        Raises ValueError with a sentence for the person who wrote the text.
        """
        words = " ".join(text.split())
        by = BY_FORM.fullmatch(words)
        body = by["rest"] if by else words
        match = ISO_FORM.fullmatch(body) or WORD_FORM.fullmatch(body)
        if match is None:
            raise ValueError(str(HINT))
        month = _read_month(match["month"])
        day = int(match["day"]) if match["day"] else None
        date = cls(int(match["year"]), month, day, is_by=bool(by))
        try:
            dt.date(date.year, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise ValueError(gettext("There is no such day in the calendar.")) from None
        return date

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the date of a whole day."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.is_by:
            return Precision.BY
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def first(self) -> dt.date | None:
        """The first possible day; None when only "by" is known."""
        return None if self.is_by else dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last possible day."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def may_follow(self, cause: "PartialDate | None") -> bool:
        """Whether it may lie on or after another date, as the question `may_follow` has it."""
        return cause is None or cause.first is None or cause.first <= self.last

    @property
    def iso(self) -> str:
        """The known part in ISO 8601: `2022-07-19`, `2013-05` or `2016`."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def text(self) -> str:
        """The date in words of the active language."""
        return in_words(self, get_language())

    def __str__(self) -> str:
        return f"../{self.iso}" if self.is_by else self.iso


class PrintedDate(PartialDate):
    """A date that reads as `text` where others print it, as Django does what is only read."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.text


def _read_month(text: str | None) -> int | None:
    if text is None or text.isdigit():
        return int(text) if text else None
    for number, name in MONTHS.items():
        if text.casefold() in (str(name).casefold(), calendar.month_name[number].casefold()):
            return number
    raise ValueError(str(HINT))


# --- Periods -------------------------------------------------------------------------------


def period(since: PartialDate | None, until: PartialDate | None, *, is_open: bool = False) -> str:
    """Return from when until when, in words; "" when neither is known.

    Without `until` something lasted one day; with `is_open` no end of it is known. A beginning
    "by" a day was "already" so, an end "by" a day is "over" by then.
    """
    sentence, dates = _period(since, until, is_open=is_open)
    return sentence % {name: words for name, (_date, words) in dates.items()}


def period_html(
    since: PartialDate | None, until: PartialDate | None, *, is_open: bool = False
) -> SafeString:
    """Return the words of `period` with each date as `<time>`."""
    return _period_html(since, until, is_open, get_language())


@lru_cache(maxsize=10_000)
def _period_html(
    since: PartialDate | None, until: PartialDate | None, is_open: bool, _language: str | None
) -> SafeString:
    sentence, dates = _period(since, until, is_open=is_open)
    times = {
        name: format_html('<time datetime="{}">{}</time>', date.iso, words)
        for name, (date, words) in dates.items()
    }
    return mark_safe(escape(sentence) % times)  # noqa: S308 — both sides are escaped


def _period(
    since: PartialDate | None, until: PartialDate | None, *, is_open: bool
) -> tuple[str, dict[str, tuple[PartialDate, str]]]:
    dates = {name: (date, date.text) for name, date in (("since", since), ("until", until)) if date}
    if since and (until == since if until else not is_open):
        return "%(since)s", dates
    if since and until and not (since.is_by or until.is_by):
        if since.day and until.day and (since.year, since.month) == (until.year, until.month):
            return f"%(since)s{DASH}%(until)s", dates | {"since": (since, str(since.day))}
        dash = f" {DASH} " if since.month or until.month else DASH
        return f"%(since)s{dash}%(until)s", dates
    halves = []
    if since:
        halves.append(gettext("already %(since)s") if since.is_by else gettext("since %(since)s"))
    if until:
        halves.append(gettext("over %(until)s") if until.is_by else gettext("until %(until)s"))
    return ", ".join(halves), dates


@lru_cache(maxsize=10_000)
def in_words(date: PartialDate, _language: str | None) -> str:
    """Return a date in words of the active language, which is named so that it is kept with it."""
    day = dt.date(date.year, date.month or 1, date.day or 1)
    if date.day:
        known = date_format(day, "j F Y")
    elif date.month:
        known = date_format(day, "F Y")
    else:
        known = f"{date.year:04}"
    return gettext("by %(date)s") % {"date": known} if date.is_by else known


class PartialDateFormField(forms.CharField):
    """One box in which an editor writes a date as far as it is known."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a CharField takes; the help text tells the forms unless given."""
        kwargs["help_text"] = kwargs.get("help_text") or HINT
        super().__init__(**{**kwargs, "max_length": 40, "empty_value": None})
        # What is checked is a PartialDate, which has no length.
        self.validators = [
            check for check in self.validators if not isinstance(check, MaxLengthValidator)
        ]

    def to_python(self, value: Any) -> Any:
        """Return a PartialDate, or None for an empty box."""
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        if not text:
            return None
        if len(text) > LONGEST_WORDS:
            raise ValidationError(str(HINT), code="invalid")
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show the stored form, which reads back as the same date."""
        return f"by {value.iso}" if isinstance(value, PartialDate) and value.is_by else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, so that "May 2013" over 2013-05 is no change."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class PartialDateField(TextColumn):
    """A column with the canonical text of a PartialDate; null means unknown.

    `first_day`, `last_day` and `sort_day` make generated columns from it.
    """

    description = _("date known in part")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take what a CharField takes; the length is fixed, unknown is always allowed."""
        kwargs["max_length"] = 13
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        # The length is that of the canonical text; a PartialDate has none of its own.
        self.validators = [
            check for check in self.validators if not isinstance(check, MaxLengthValidator)
        ]

    def db_check(self, connection: Any) -> str:
        """Return the rule of the column: only what can be read again is stored."""
        name = connection.ops.quote_name(self.column)
        return f"{name} ~ '{STORED_FORM}' AND partial_date_last({name}) > '-infinity'"

    def deconstruct(self) -> Any:
        """Leave out of migrations what is fixed."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_args: Any) -> PartialDate | None:
        """Return the stored date."""
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        """Return a PartialDate from a date, a text, or nothing."""
        if value is None or isinstance(value, PartialDate):
            return value
        if isinstance(value, dt.date):
            return PartialDate.of(value)
        if not str(value).strip():
            return None
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Leave the record with the date that was stored, whatever was assigned."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, (str, dt.date)):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Return the canonical text; expressions pass."""
        if hasattr(value, "resolve_expression"):
            return value
        date = self.to_python(value)
        return None if date is None else str(date)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the canonical text for serializers."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return the single box of the admin."""
        kwargs.pop("max_length", None)
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **kwargs})


class FirstDay(models.Func):
    """The first possible day of a PartialDateField, in SQL."""

    function = "partial_date_first"
    arity = 1
    output_field: ClassVar = models.DateField()


class LastDay(models.Func):
    """The last possible day of a PartialDateField, in SQL."""

    function = "partial_date_last"
    arity = 1
    output_field: ClassVar = models.DateField()


class InOrder(models.Func):
    """Whether one partial date may lie on or before another; unknown may."""

    function = "partial_dates_in_order"
    arity = 2
    output_field: ClassVar = models.BooleanField()
    conditional = True


def may_follow(cause: PartialDate | None, column: str) -> models.Q:
    """Return the rule that the date in a column may lie on or after another; unknown may.

    An effect is out only if its last possible day lies before its cause's first possible day.
    """
    if cause is None:
        return models.Q()
    return models.Q(InOrder(models.Value(str(cause)), models.F(column)))


class DayOf(models.GeneratedField):
    """A column with a day of a PartialDateField; people know it by the name of that field."""

    def contribute_to_class(self, cls: Any, name: str, *args: Any, **kwargs: Any) -> None:
        """Take over the name of the field, which stands before it."""
        super().contribute_to_class(cls, name, *args, **kwargs)
        [source] = vars(self)["expression"].get_source_expressions()
        self.verbose_name = cls._meta.get_field(source.name).verbose_name

    def deconstruct(self) -> Any:
        """Let migrations know the column alone."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("verbose_name", None)
        return name, "django.db.models.GeneratedField", args, kwargs


def first_day(field: str) -> DayOf:
    """Return a column with the first possible day of `field`."""
    return DayOf(
        expression=FirstDay(field), output_field=models.DateField(null=True), db_persist=True
    )


def last_day(field: str) -> DayOf:
    """Return a column with the last possible day of `field`."""
    return DayOf(
        expression=LastDay(field), output_field=models.DateField(null=True), db_persist=True
    )


def sort_day(field: str) -> models.GeneratedField:
    """Return a column to sort by, never null: the unknown lies before all days."""
    return models.GeneratedField(
        expression=Coalesce(
            FirstDay(field),
            LastDay(field),
            models.Value(BEGINNING),
            output_field=models.DateField(),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

"""Filters that every list shares."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_filters.fields import ChoiceField, ModelChoiceField, ModelChoiceIterator

from untfsse.kit.forms.countries import code_of
from untfsse.kit.kept import follow_clock
from untfsse.kit.records.noun import Door, is_open
from untfsse.kit.records.publication import VISITOR, AudienceField, Reader
from untfsse.kit.records.record import Record, own_columns
from untfsse.kit.records.sdg import GOALS
from untfsse.kit.records.search import SearchTerms, surely

type Rows = models.QuerySet[Any]

PAGE_SIZE = "page_size"
ON_THE_DAY = _("On the day")
"""What every control is called that asks for a day."""
ANY = _("Any")
SLUG_FORM = re.compile(r"[-a-zA-Z0-9_]{1,200}")
MOST_OPTIONS = 200
FULL_NAME = "full_name"
"""By what a row is called where its title alone is not enough."""
LOST_LETTER = "\ufffd"
GIVEN_TWICE = _("This is given more than once. Give it once.")
NO_TEXT = _("This is no text in UTF-8. Write it again.")


def reader_of(request: HttpRequest | None) -> Reader:
    """Return who asks; a visitor when nobody is known, as in a schema."""
    return getattr(request, "user", VISITOR)


# --- Fields --------------------------------------------------------------------------------


class FirstOptions(ModelChoiceIterator):
    """The options of a long list: its beginning, and what is chosen."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Ask once for no more options than a reader can look through, and for their words alone.

        A row is made by hand, since Django takes ten times as long to make one that can be saved.
        """
        yield "", self.field.empty_label
        rows, name = self.queryset, self.field.to_field_name
        model = rows.model
        columns = [name, *words_of(model)]
        if FULL_NAME in rows.query.annotations:
            columns.append(FULL_NAME)
        options = []
        for values in rows.values_list(*columns)[:MOST_OPTIONS]:
            option = model.__new__(model)
            option.__dict__.update(zip(columns, values, strict=True))
            options.append((values[0], self.field.label_from_instance(option)))
        chosen = self.field.chosen
        if chosen is not None and getattr(chosen, name) not in dict(options):
            yield self.choice(chosen)
        yield from options


def words_of(model: Any) -> list[str]:
    """Return the columns by which a record is called: all of what is no noun, for it is short."""
    if noun := getattr(model, "noun", None):
        return [noun.title, noun.symbol] if noun.symbol else [noun.title]
    return [field.attname for field in model._meta.concrete_fields]


class SlugField(ModelChoiceField):
    """A record named by its slug."""

    iterator = FirstOptions
    default_error_messages: ClassVar = {
        "invalid_choice": _("“%(value)s” is not in the list. Choose one that is.")
    }
    chosen: Any = None

    def to_python(self, value: Any) -> Any:
        """Return the record; refuse what is no slug before asking the database."""
        if value and not SLUG_FORM.fullmatch(str(value)):
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": str(value)[:60].replace("\0", "")},
            )
        self.chosen = super().to_python(value)
        return self.chosen

    def label_from_instance(self, obj: Any) -> str:
        """Return the name by which the options are sorted."""
        return str(getattr(obj, FULL_NAME, obj))


class CountryField(ChoiceField):
    """A country by its ISO 3166-1 code, or by name; offered are those that the list knows."""

    def to_python(self, value: Any) -> str:
        """Return the code of what is a code or a name."""
        text = str(super().to_python(value))
        return code_of(text) or text

    def valid_value(self, value: str) -> bool:
        """Accept every country of the standard."""
        return value in dict(countries.countries)


class DayInput(forms.DateInput):
    """A calendar; it opens empty where what was asked is no day, since it could not show that."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """Return a day as the calendar reads it."""
        text = super().format_value(value)
        try:
            return dt.date.fromisoformat(str(text)).isoformat()
        except ValueError:
            return None


class DayField(forms.DateField):
    """A whole day, written as ISO 8601 says."""

    def __init__(self, **kwargs: Any) -> None:
        form = {
            "input_formats": ["%Y-%m-%d"],
            "widget": DayInput(format="%Y-%m-%d"),
            "error_messages": {"invalid": _("Write a day of the calendar as 2022-07-19.")},
        }
        super().__init__(**{**form, **kwargs})


# --- Filters -------------------------------------------------------------------------------


class RecordChoiceFilter(filters.ModelChoiceFilter):
    """A related record by its slug, among those the reader may see."""

    field_class = SlugField

    def __init__(self, noun: type[models.Model], **kwargs: Any) -> None:
        self.noun = noun
        super().__init__(
            queryset=self.visible, **{"to_field_name": "slug", "empty_label": ANY, **kwargs}
        )

    def visible(self, request: HttpRequest | None) -> Rows:
        """Return what may be chosen."""
        records: Any = self.noun._default_manager
        rows: Rows = records.visible_to(reader_of(request))
        return rows


class CountryFilter(filters.ChoiceFilter):
    """A country by its code; the options are the countries of the list's own rows."""

    field_class = CountryField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label": _("Country"), "empty_label": ANY, **kwargs})

    @property
    def field(self) -> Any:
        """Return the form's field."""

        # A function, since forms copy their fields: with a method they copy the whole request.
        def choices() -> list[tuple[str, str]]:
            return self.known()

        self.extra["choices"] = choices
        return super().field

    def known(self) -> list[tuple[str, str]]:
        """Return the countries that occur, by name."""
        parent: Any = getattr(self, "parent", None)
        if parent is None:
            return [(code, str(name)) for code, name in countries]
        columns = parent.queryset.order_by().values_list(self.field_name, flat=True).distinct()
        codes = {code for column in columns for code in str(column).split(",") if code}
        named = [(code, str(countries.name(code))) for code in codes]
        return sorted(named, key=lambda option: option[1])


class YearFilter(filters.Filter):
    """A year, compared with a column that is never null: see `sort_day` in `kit.records.dates`."""

    field_class = forms.IntegerField

    def __init__(self, field_name: str = "sort_on", **kwargs: Any) -> None:
        bounds = {"min_value": 1900, "max_value": 2100, "label": _("Year")}
        super().__init__(field_name, "year", **{**bounds, **kwargs})


class DayFilter(filters.Filter):
    """The day of which a list tells: see `untfsse.kit.pages.as_of`."""

    field_class = DayField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": ON_THE_DAY, **kwargs})


class GoalFilter(filters.ChoiceFilter):
    """One of the 17 goals that a record serves."""

    def __init__(self, **kwargs: Any) -> None:
        goals = [
            (str(goal.number), format_lazy("{} {}", goal.number, goal.name))
            for goal in GOALS.values()
        ]
        choices = {"choices": goals, "label": _("Goal"), "empty_label": ANY}
        super().__init__("sdgs", "contains", **{**choices, **kwargs})

    def filter(self, qs: Rows, value: str) -> Rows:
        """Narrow to the records that name the goal."""
        rows: Rows = super().filter(qs, [int(value)] if value else value)
        return rows


class FlagFilter(filters.ChoiceFilter):
    """Yes, no, or no preference."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = {"choices": [("true", _("Yes")), ("false", _("No"))], "empty_label": ANY}
        super().__init__(*args, **{**choices, **kwargs})

    def filter(self, qs: Rows, value: str) -> Rows:
        """Narrow to one answer; a record of which it is not known has none."""
        rows: Rows = super().filter(qs, {"true": True, "false": False}.get(value))
        return rows


class WordFilter(filters.ChoiceFilter):
    """A word of a closed vocabulary."""

    def __init__(self, choices: Any, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(field_name, **{"choices": choices, "empty_label": ANY, **kwargs})


# --- Each parameter once, and as text ------------------------------------------------------


def fault_of(asked: Any, name: str, *, takes_several: bool = False) -> str | Promise:
    """Return what is wrong with how a query string gives a parameter, nothing if it is well.

    Django reads bytes that are no UTF-8 as the sign for a lost letter.
    """
    values = asked.getlist(name) if hasattr(asked, "getlist") else [asked.get(name)]
    if any(LOST_LETTER in str(value) for value in values):
        return NO_TEXT
    return GIVEN_TWICE if len(values) > 1 and not takes_several else ""


class ListForm(forms.Form):
    """The form of a list: what is given twice, or is no text, is not guessed at."""

    def clean(self) -> dict[str, Any]:
        """Refuse it in the place of what the last one would ask."""
        for name, field in self.fields.items():
            takes_several = getattr(field.widget, "allow_multiple_selected", False)
            if fault := fault_of(self.data, name, takes_several=takes_several):
                self.errors.pop(name, None)
                self.add_error(name, str(fault))
        return self.cleaned_data


# --- Sets of filters -----------------------------------------------------------------------


class ListFilter(filters.FilterSet):
    """What one may ask of a list.

    A field named in `rare` stands in a page's form only once it is asked for.
    """

    rare: ClassVar[tuple[str, ...]] = ()

    def get_form_class(self) -> type[forms.Form]:
        """Return the form that holds every filter to the rule above."""
        made: type[forms.Form] = super().get_form_class()
        return type(made.__name__, (ListForm, made), {})

    @property
    def form(self) -> forms.Form:
        """Return the form without the rare fields that are not asked for."""
        form: forms.Form = super().form
        for name in self.rare:
            if name not in self.data:
                form.fields.pop(name, None)
        return form

    def filter_queryset(self, queryset: Rows) -> Rows:
        """Narrow to what is asked; how sure it is of a day to come changes when it comes."""
        days = [one for one in self.form.cleaned_data.values() if type(one) is dt.date]
        if self.request is not None and any(day > timezone.localdate() for day in days):
            follow_clock(self.request)
        rows: Rows = super().filter_queryset(queryset)
        return rows

    @property
    def asked(self) -> dict[str, Any]:
        """The values of the filters in force, by name and in the order of the form."""
        self.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def asked_query(self) -> str:
        """The filters in force as a query string with its question mark; else nothing."""
        given = {name: self.data[name] for name in self.asked}
        return f"?{urlencode(given)}" if given else ""

    @property
    def asked_words(self) -> str:
        """The filters in force in words, such as "Kind: Special meeting"."""
        words = []
        for name, value in self.asked.items():
            field = self.form.fields[name]
            labels = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
            words.append(f"{field.label}: {labels.get(value, value)}")
        return "; ".join(words)

    @property
    def reader(self) -> Reader:
        """Who asks."""
        return reader_of(self.request)


class RecordFilter(ListFilter):
    """A list of records, with the words box; a noun adds its own fields."""

    q = filters.CharFilter(label=_("Words"), method="with_words", max_length=200)

    def with_words(self, queryset: Rows, _name: str, value: str) -> Rows:
        """Narrow to the rows whose search column holds all the words."""
        rows: Rows = surely(queryset, models.Q(search=SearchTerms(value)))
        return rows


@cache
def plain_filter(model: Any) -> type[RecordFilter]:
    """Return what may be asked of a noun that has no filter of its own.

    That is its words, the records and the choices that it names, its year and its goal.
    """
    found: dict[str, filters.Filter] = {}
    for column in own_columns(model):
        label = capfirst(column.verbose_name)
        if issubclass(column.related_model or object, Record):
            found[column.name] = RecordChoiceFilter(column.related_model, label=label)
        elif column.choices and not isinstance(column, AudienceField):
            found[column.name] = WordFilter(column.choices, label=label)
    if model.noun.sort_day:
        found["year"] = YearFilter(model.noun.sort_day)
    if is_open(model, Door.GOALS):
        found["sdg"] = GoalFilter()
    return type(f"{model.__name__}Filter", (RecordFilter,), found)

"""Rows: what a list shows of a record, whichever noun it is."""

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.db import models
from django.utils.functional import Promise

from actionplan.models import ActionPlan, Activity
from encyclopedia.models import Entry
from taskforce.models import Decision, Document, Meeting, Organization, PolicyInstrument, Update
from untfsse.kit.records.dates import PartialDate


@dataclass(frozen=True, slots=True)
class ListItem:
    """One record as `components/list_item.html` shows it."""

    record: models.Model
    title: str
    url: str
    kind: str | Promise = ""
    date: PartialDate | None = None
    until: PartialDate | None = None
    meta: str = ""
    summary: str = ""
    state: str = ""
    state_label: str | Promise = ""


@singledispatch
def list_item(record: Any) -> ListItem:
    """Return what a list shows of the record."""
    raise TypeError(f"No list shows {type(record).__name__}.")


@list_item.register
def _organization(record: Organization) -> ListItem:
    return ListItem(
        record,
        record.full_name,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        summary=record.description,
    )


@list_item.register
def _meeting(record: Meeting) -> ListItem:
    is_usual = record.state == "held"
    return ListItem(
        record,
        record.title,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        date=record.starts_on,
        until=record.ends_on,
        meta=", ".join(part for part in (record.city, record.country.name) if part),
        summary=record.summary,
        state="" if is_usual else record.state,
        state_label="" if is_usual else record.get_state_display(),
    )


@list_item.register
def _decision(record: Decision) -> ListItem:
    return ListItem(
        record,
        record.number,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        summary=record.text,
        state=record.state,
        state_label=record.state_label,
    )


@list_item.register
def _instrument(record: PolicyInstrument) -> ListItem:
    return ListItem(
        record,
        record.short_title,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        date=record.adopted_on,
        meta=record.symbol or record.issuing_acronym or record.issuing_body,
        summary=record.summary,
    )


@list_item.register
def _document(record: Document) -> ListItem:
    return ListItem(
        record,
        record.title,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        date=record.issued_on,
        meta=record.symbol,
        summary=record.summary,
    )


@list_item.register
def _update(record: Update) -> ListItem:
    return ListItem(
        record,
        record.title,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        date=record.happened_on,
        summary=record.text,
    )


@list_item.register
def _entry(record: Entry) -> ListItem:
    return ListItem(record, record.title, record.get_absolute_url(), summary=record.summary)


@list_item.register
def _plan(record: ActionPlan) -> ListItem:
    return ListItem(
        record,
        record.title,
        record.get_absolute_url(),
        date=record.starts_on,
        until=record.ends_on,
        summary=record.summary,
        state=record.state,
        state_label=record.get_state_display(),
    )


@list_item.register
def _activity(record: Activity) -> ListItem:
    return ListItem(
        record,
        record.title,
        record.get_absolute_url(),
        kind=record.plan.title,
        meta=record.code,
        summary=record.description,
    )

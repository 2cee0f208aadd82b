"""Rows: what a list shows of a record, whichever noun it is."""

from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django.db import models
from django.utils.functional import Promise

from actionplan.models import ActionPlan, Activity
from encyclopedia.models import Entry
from taskforce.models import Decision, Document, Meeting, Organization, PolicyInstrument, Update
from untfsse.kit.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Row:
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
def row(record: Any) -> Row:
    """Return what a list shows of the record."""
    raise TypeError(f"No list shows {type(record).__name__}.")


@row.register
def _organization(record: Organization) -> Row:
    return Row(
        record,
        record.full_name,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        summary=record.description,
    )


@row.register
def _meeting(record: Meeting) -> Row:
    is_usual = record.state == "held"
    return Row(
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


@row.register
def _decision(record: Decision) -> Row:
    return Row(
        record,
        record.number,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        summary=record.text,
        state=record.follow_up,
        state_label=record.get_follow_up_display(),
    )


@row.register
def _instrument(record: PolicyInstrument) -> Row:
    return Row(
        record,
        record.short_title,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        date=record.adopted_on,
        meta=record.symbol or record.issuing_acronym or record.issuing_body,
        summary=record.summary,
    )


@row.register
def _document(record: Document) -> Row:
    return Row(
        record,
        record.title,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        date=record.issued_on,
        meta=record.symbol,
        summary=record.summary,
    )


@row.register
def _update(record: Update) -> Row:
    return Row(
        record,
        record.title,
        record.get_absolute_url(),
        kind=record.get_kind_display(),
        date=record.happened_on,
        summary=record.text,
    )


@row.register
def _entry(record: Entry) -> Row:
    return Row(record, record.title, record.get_absolute_url(), summary=record.summary)


@row.register
def _plan(record: ActionPlan) -> Row:
    return Row(
        record,
        record.title,
        record.get_absolute_url(),
        date=record.starts_on,
        until=record.ends_on,
        summary=record.summary,
        state=record.state,
        state_label=record.get_state_display(),
    )


@row.register
def _activity(record: Activity) -> Row:
    return Row(
        record,
        record.title,
        record.get_absolute_url(),
        kind=record.plan.title,
        meta=record.code,
        summary=record.description,
    )

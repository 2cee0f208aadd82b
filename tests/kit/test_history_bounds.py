"""Bounds of the history: what is old becomes less, and nothing goes that the house keeps."""

import datetime as dt
import io
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import F

from taskforce.models import Organization
from tests import make
from tests.log import settle
from untfsse.kit.history.bounds import KEPT_DAYS, kept_for_ever
from untfsse.kit.history.changes import Change, acting
from untfsse.kit.history.restore import restore
from untfsse.tasks import trim_history

pytestmark = pytest.mark.django_db
LONG = dt.timedelta(days=KEPT_DAYS + 1)


def edit(record: Any, field: str, *values: str, by: Any) -> None:
    """Save one value after the other, as one person."""
    for value in values:
        with acting(actor_id=by.pk, origin="admin"):
            type(record).objects.filter(pk=record.pk).update(**{field: value})


def told(record: Any, field: str) -> list[tuple[str, str | None, str | None]]:
    """Return what the history says of a field, the first change first."""
    return [
        (change.operation[0], (change.before or {}).get(field), (change.after or {}).get(field))
        for change in Change.objects.of(record).order_by("id")
    ]


def trim(**options: Any) -> str:
    out = io.StringIO()
    call_command("trim_history", stdout=out, **options)
    return out.getvalue()


def test_old_changes_of_a_day_become_one_and_the_law_keeps_all() -> None:
    ada, grace = make.user(), make.user()
    organization = make.organization(city="")
    edit(organization, "city", "A", "B", "C", by=ada)
    edit(organization, "city", "D", by=grace)
    edit(organization, "city", "E", "F", by=ada)
    decision = make.decision(text="Zero")
    edit(decision, "text", "One", "Two", by=ada)
    Change.objects.update(made_at=F("made_at") - LONG)
    edit(organization, "city", "G", "H", by=ada)
    before = told(organization, "city")

    assert trim() == (
        "3 changes joined with the next of the same day, 0 forgotten of what was deleted and never "
        "public. Nothing was changed (see --remove).\n"
    )
    assert (told(organization, "city"), len(before)) == (before, 9)
    assert trim_history.call() == [3, 0]

    assert told(organization, "city") == [
        ("I", None, ""),
        ("U", "", "C"),
        ("U", "C", "D"),
        ("U", "D", "F"),
        ("U", "F", "G"),
        ("U", "G", "H"),
    ]
    assert [step[2] for step in told(decision, "text")] == ["Zero", "One", "Two"]
    assert trim_history.call() == [0, 0]
    joined = Change.objects.of(organization).get(after__city="C")
    assert joined.made_by == ada
    restore(joined, by=None)
    organization.refresh_from_db()
    assert organization.city == "C"


def test_what_was_deleted_and_never_public_is_forgotten() -> None:
    seen, draft, again = (
        make.organization(slug=slug, status=status)
        for slug, status in (("seen", "published"), ("draft", "draft"), ("again", "draft"))
    )
    decision = make.decision(status="draft")
    settle()
    keys = {record: record.pk for record in (seen, draft, again, decision)}
    for record in (decision, draft, seen, again):
        type(record).objects.filter(pk=record.pk).delete()
    settle()
    deletion: Change = Change.objects.of_row("taskforce_organization", keys[again])[0]
    Change.objects.update(made_at=F("made_at") - LONG)
    restore(deletion, by=None)
    young = make.organization(status="draft")
    key = young.pk
    Organization.objects.filter(pk=key).delete()

    assert trim(remove=True).startswith("0 changes joined with the next of the same day, 2 forgot")

    def count(table: str, row: int) -> int:
        return Change.objects.of_row(table, row).count()

    organizations = [keys[seen], keys[draft], keys[again], key]
    assert [count("taskforce_organization", row) for row in organizations] == [2, 0, 3, 2]
    assert count("taskforce_decision", keys[decision]) == 2


def test_what_is_kept_for_ever_is_named_by_the_apps() -> None:
    named = {model._meta.model_name for model in kept_for_ever()}
    assert {"decision", "minutes", "corrigendum", "seat", "decision_addressees"} <= named
    assert apps.get_model("taskforce.organization")._meta.model_name not in named

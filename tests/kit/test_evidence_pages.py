"""Evidence in the back office: a new record, high confidence, the internal note, an import."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from taskforce.models import Organization
from tests import make
from tests.forms import filled
from tests.staff import sign_in
from untfsse.kit.records.evidence import HIGH_NEEDS_AN_ADDRESS
from untfsse.kit.records.roles import SECRETARIAT

pytestmark = pytest.mark.django_db
LIST = "/admin/taskforce/organization/"


@pytest.fixture
def staff(client: Client) -> Client:
    sign_in(client, SECRETARIAT)
    return client


def test_a_new_record_without_sources_is_saved_as_the_form_stands(staff: Client) -> None:
    fields = filled(staff.get(f"{LIST}add/"), name="New", slug="new", kind="ngo")
    answer = staff.post(f"{LIST}add/", fields)

    assert answer.status_code == 302
    assert Organization.objects.get().confidence == "medium"


def test_high_without_an_address_is_refused_at_its_box_and_saved_with_one(staff: Client) -> None:
    record = make.organization(sources=[{"title": "A book", "url": None}])
    page = f"{LIST}{record.pk}/change/"
    refused = staff.post(page, filled(staff.get(page), confidence="high"))
    assert refused.context["adminform"].form.errors == {"confidence": [HIGH_NEEDS_AN_ADDRESS]}

    sources = "A book\nThe report | https://example.org/report"
    staff.post(page, filled(staff.get(page), confidence="high", sources=sources))
    record.refresh_from_db()
    assert (record.confidence, len(record.sources)) == ("high", 2)


@pytest.mark.slow
def test_high_without_an_address_is_refused_at_its_box_in_a_part(staff: Client) -> None:
    seat = make.seat(sources=[])
    page = f"{LIST}{seat.organization_id}/change/"
    name = "seats-0-confidence"
    refused = staff.post(page, filled(staff.get(page), **{name: "high"}))

    errors = [part.formset.errors for part in refused.context["inline_admin_formsets"]]
    assert errors[0] == [{"confidence": [HIGH_NEEDS_AN_ADDRESS]}]


def test_a_fact_without_a_source_is_verified(staff: Client) -> None:
    seat = make.seat(sources=[])
    staff.post(f"/admin/taskforce/seat/{seat.pk}/do/verify/")
    seat.refresh_from_db()

    assert (seat.is_verified, seat.confidence) == (True, "medium")


def test_an_import_of_high_without_an_address_is_refused_at_its_column(
    staff: Client, done: Any
) -> None:
    make.organization(slug="ilo", sources=[])
    file = SimpleUploadedFile("table.csv", b"slug,confidence\nilo,high\n")
    text = done(staff.post(f"{LIST}do/import/", {"file": file}), staff).content.decode()

    assert str(HIGH_NEEDS_AN_ADDRESS) in text
    assert 'name="keep"' not in text

"""Stable addresses: what a reader is told of a record that moved, left, or never was."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from taskforce.models import Document, Organization
from tests import make
from tests.staff import member, staff
from untfsse.kit.records.addresses import (
    AddressMiddleware,
    FormerAddress,
    GoneError,
    MovedError,
    get_record_or_404,
    propose_slug,
    refuse_former_slug,
)
from untfsse.kit.records.publication import VISITOR

pytestmark = pytest.mark.django_db

GONE: dict[str, Any] = {
    "status": "withdrawn",
    "published_at": make.PUBLISHED_AT,
    "withdrawal_reason": "A double.",
}
AHEAD = timezone.now() + dt.timedelta(days=1)


def found(slug: str) -> Any:
    """Return what a visitor finds among the organizations."""
    return get_record_or_404(Organization.objects.all(), VISITOR, slug)


def moved(**facts: Any) -> Organization:
    """Return an organization that was published as `old` and is now `new`."""
    record = make.organization(slug="old")
    for name, value in {"slug": "new", **facts}.items():
        setattr(record, name, value)
    record.save()
    return record


def test_a_record_is_found_by_its_slug() -> None:
    assert found(make.organization(slug="ilo").slug).slug == "ilo"


@pytest.mark.parametrize("slug", ["nothing", "ILO", "ilo ", "²", "x" * 5000])
def test_what_never_was_is_not_found(slug: str) -> None:
    make.organization(slug="ilo")

    with pytest.raises(Http404):
        found(slug)


def test_a_former_slug_tells_the_new_address() -> None:
    moved()

    with pytest.raises(MovedError) as told:
        found("old")

    assert told.value.url == "/organizations/new/"


def test_two_moves_lead_to_the_last_address_at_once() -> None:
    record = moved()
    record.slug = "newest"
    record.save()

    for slug in ["old", "new"]:
        with pytest.raises(MovedError) as told:
            found(slug)
        assert told.value.url == "/organizations/newest/"


def test_a_former_slug_of_a_draft_tells_nothing() -> None:
    moved(status="draft")

    with pytest.raises(Http404):
        found("old")


@pytest.mark.parametrize("slug", ["old", "new"])
def test_a_withdrawn_record_is_gone_under_all_its_addresses(slug: str) -> None:
    moved(**GONE)

    with pytest.raises(GoneError) as told:
        found(slug)

    assert told.value.reason == "A double."


def test_a_record_withdrawn_before_it_was_published_was_never_there() -> None:
    make.organization(slug="ilo", status="withdrawn", withdrawal_reason="Never mind.")

    with pytest.raises(Http404):
        found("ilo")


@pytest.mark.parametrize(
    ("facts", "owner", "visitor", "focal_point"),
    [
        ({"audience": "public"}, {}, GoneError, GoneError),
        ({"audience": "members"}, {}, Http404, GoneError),
        ({"audience": "secretariat"}, {}, Http404, Http404),
        ({"audience": "public"}, {"status": "draft"}, Http404, Http404),
        ({"audience": "public"}, GONE, GoneError, GoneError),
        ({"audience": "public", "published_at": AHEAD}, {}, Http404, Http404),
    ],
)
def test_only_who_could_see_it_is_told_that_a_record_was_withdrawn(
    facts: dict[str, Any], owner: dict[str, Any], visitor: Any, focal_point: Any
) -> None:
    document = make.document(meeting=make.meeting(**owner), slug="old", **{**GONE, **facts})
    document.slug = "paper"
    document.save()

    readers: list[tuple[Any, Any]] = [(VISITOR, visitor), (member(), focal_point)]
    for reader, told in readers:
        for slug in ("paper", "old"):
            with pytest.raises(told):
                get_record_or_404(Document.objects.all(), reader, slug)


def test_the_secretariat_finds_a_withdrawn_record() -> None:
    record = make.organization(slug="ilo", **GONE)

    assert get_record_or_404(Organization.objects.all(), staff("Secretariat"), "ilo") == record


def test_a_slug_that_never_was_public_leaves_no_trace() -> None:
    record = make.organization(slug="old", status="draft")
    record.slug = "new"
    record.save()

    assert not FormerAddress.objects.exists()


def test_nouns_do_not_share_former_addresses() -> None:
    moved()

    assert make.meeting(slug="old").slug == "old"


def test_a_former_slug_is_refused_with_a_sentence() -> None:
    record = moved()

    refuse_former_slug(record, "old")
    with pytest.raises(ValidationError) as refused:
        refuse_former_slug(Organization(), "old")

    assert refused.value.message_dict == {
        "slug": ["Another record was published at this address. Choose a different one."]
    }


def test_a_former_address_leads_to_one_record() -> None:
    moved()
    address = FormerAddress.objects.get()
    again = FormerAddress(noun=address.noun, slug=address.slug, record_id=0)

    assert str(address) == "taskforce_organization/old"
    with (
        pytest.raises(IntegrityError, match="formeraddress_leads_to_one_record"),
        transaction.atomic(),
    ):
        FormerAddress.objects.bulk_create([again])
    with pytest.raises(ValidationError):
        again.full_clean()


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Économie sociale et solidaire", "economie-sociale-et-solidaire"),
        ("Old", "old-2"),
        ("Ilo", "ilo-3"),
        ("社会", "organization"),
        ("", "organization"),
    ],
)
def test_a_proposed_slug_is_one_that_no_record_has_or_had(words: str, slug: str) -> None:
    moved()
    make.organization(slug="ilo")
    make.organization(slug="ilo-2")

    assert propose_slug(Organization, words) == slug


# --- What the browser is told --------------------------------------------------------------


def told(error: Exception) -> HttpResponse | None:
    """Return what the middleware makes of an error."""
    answer: Callable[[HttpRequest], HttpResponse] = lambda _request: HttpResponse()  # noqa: E731
    return AddressMiddleware(answer).process_exception(RequestFactory().get("/"), error)


def test_a_moved_record_is_a_permanent_redirect() -> None:
    answer = told(MovedError(make.organization(slug="new")))

    assert answer is not None
    assert (answer.status_code, answer["Location"]) == (301, "/organizations/new/")


def test_a_gone_record_says_why_and_escapes_it() -> None:
    answer = told(GoneError("It was <b>wrong</b>."))

    assert answer is not None
    assert answer.status_code == 410
    assert "It was &lt;b&gt;wrong&lt;/b&gt;." in answer.content.decode()


def test_other_errors_pass() -> None:
    assert told(ValueError("other")) is None

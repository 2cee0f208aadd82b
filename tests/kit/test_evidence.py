"""Evidence: sources have a title and a web address or none; verifying is a day."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from taskforce.models import Organization
from tests import make
from untfsse.kit.records.evidence import HIGH_NEEDS_AN_ADDRESS, has_address, validate_sources

TITLE = {"title": "Report", "url": "https://example.org/report"}


@pytest.mark.parametrize(
    "sources",
    [
        [],
        [TITLE],
        [TITLE, {"title": "general knowledge, unverified", "url": None}],
        [{"title": "الأمم المتحدة", "url": "http://example.org/a?b=c#d"}],
    ],
)
def test_sources_in_order_pass(sources: Any) -> None:
    validate_sources(sources)


NOT_A_LIST = "Sources are a list, each with a title and a web address."
SHAPE = "Source 1 needs a title and a web address (or none), nothing else."
NO_TITLE = "Source 1 has no title."
NO_ADDRESS = "The address of source 1 is not a web address."


@pytest.mark.parametrize(
    ("sources", "sentence"),
    [
        ({}, NOT_A_LIST),
        ("https://example.org/", NOT_A_LIST),
        (None, NOT_A_LIST),
        (["https://example.org/"], SHAPE),
        ([{"title": "Report"}], SHAPE),
        ([{**TITLE, "by": "me"}], SHAPE),
        ([{"title": "", "url": None}], NO_TITLE),
        ([{"title": "  ", "url": None}], NO_TITLE),
        ([{"title": 7, "url": None}], NO_TITLE),
        ([{"title": "Report", "url": ""}], NO_ADDRESS),
        ([{"title": "Report", "url": "example.org"}], NO_ADDRESS),
        ([{"title": "Report", "url": "javascript:alert(1)"}], NO_ADDRESS),
        ([{"title": "Report", "url": "ftp://example.org/"}], NO_ADDRESS),
        ([{"title": "Report", "url": 7}], NO_ADDRESS),
    ],
)
def test_sources_out_of_order_are_told_in_a_sentence(sources: Any, sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_sources(sources)

    assert refused.value.messages == [sentence]


def test_the_number_of_the_wrong_source_is_told() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_sources([TITLE, {"title": "", "url": None}])

    assert refused.value.messages == ["Source 2 has no title."]


def test_a_fact_is_verified_once_it_has_a_day() -> None:
    assert not Organization().is_verified
    assert Organization(verified_on="2026-01-02").is_verified


@pytest.mark.parametrize(("value", "is_list"), [([], True), ([TITLE], True), ({}, False)])
def test_postgresql_can_be_asked_whether_sources_are_a_list(
    db: None, value: Any, is_list: bool
) -> None:
    make.organization()
    Organization.objects.update(sources=[TITLE])

    lists = Organization.objects.filter(sources__jsonb_is_array=True)
    others = Organization.objects.filter(sources__jsonb_is_array=False)

    assert (lists.exists(), others.exists()) == (True, False)


@pytest.mark.parametrize(
    ("value", "is_told"),
    [
        ([], False),
        ([{"title": "A book", "url": None}], False),
        ([{"title": "A book", "url": None}, TITLE], True),
    ],
)
def test_postgresql_and_python_agree_whether_a_source_has_an_address(
    db: None, value: Any, is_told: bool
) -> None:
    make.organization(sources=value)
    told = Organization.objects.filter(sources__jsonb_has_address=True)
    others = Organization.objects.filter(sources__jsonb_has_address=False)

    assert (told.exists(), others.exists(), has_address(value)) == (is_told, not is_told, is_told)


def test_a_new_record_can_be_saved_without_a_source(db: None) -> None:
    organization = Organization(name="New", slug="new", kind="ngo")
    organization.full_clean()

    assert organization.confidence == "medium"


def test_high_without_an_address_is_told_at_its_field(db: None) -> None:
    with pytest.raises(ValidationError) as refused:
        Organization(name="New", slug="new", kind="ngo", confidence="high").full_clean()

    assert refused.value.message_dict == {"confidence": [str(HIGH_NEEDS_AN_ADDRESS)]}

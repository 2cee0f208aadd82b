"""A text is pasted, its provisions corrected, and saved together."""

from typing import Any

import pytest
from django.test import Client

from taskforce.models import PolicyInstrument, Provision, ProvisionText
from tests import make
from tests.forms import filled
from tests.staff import sign_in
from untfsse.kit.records.roles import SECRETARIAT, VIEWER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]
TEXT = """Recalling its resolution 70/1,

1. Encourages Member States:
(a) To promote strategies;
(b) To report;
2. Requests a report."""


@pytest.fixture
def staff(client: Client) -> Client:
    sign_in(client, SECRETARIAT)
    return client


def page_of(instrument: PolicyInstrument) -> str:
    return f"/admin/taskforce/policyinstrument/{instrument.pk}/provisions/"


def split(client: Client, instrument: PolicyInstrument, text: str = TEXT) -> Any:
    asked = {"text": text, "kind": "operative", "language": "en"}
    return client.post(page_of(instrument), asked)


def kept() -> list[tuple[str, str, str, str]]:
    rows = Provision.objects.order_by("position")
    return [
        (row.kind, row.number, row.label, row.parent.number if row.parent else "") for row in rows
    ]


def typed(page: Any, **changes: str) -> dict[str, Any]:
    """Return the rows as a browser would send them."""
    rows = page.context["rows"]
    data: dict[str, Any] = {
        "rows-TOTAL_FORMS": len(rows.forms),
        "rows-INITIAL_FORMS": 0,
        "language": "en",
    }
    for form in rows.forms:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                data[field.html_name] = "on" if value is True else value
    return {**data, **{name.replace("__", "-"): value for name, value in changes.items()}}


def test_what_is_found_is_corrected_and_saved(staff: Client) -> None:
    instrument = make.instrument(licence="CC-BY-4.0")
    page = split(staff, instrument)
    assert [form["number"].value() for form in page.context["rows"].forms] == [
        *("1", "1", "1(a)", "1(b)", "2")
    ]
    assert Provision.objects.count() == 0
    data = typed(page, rows__4__label="On reporting", rows__1__label="On strategies")
    del data["rows-0-is_kept"]
    saved = staff.post(page_of(instrument), data)
    assert saved.status_code == 302
    assert kept() == [
        ("operative", "1", "On strategies", ""),
        ("operative", "1(a)", "To promote strategies", "1"),
        ("operative", "1(b)", "To report", "1"),
        ("operative", "2", "On reporting", ""),
    ]
    words = ProvisionText.objects.get(provision__number="2")
    assert (words.language, words.text) == ("en", "Requests a report.")


def test_words_are_kept_in_the_language_that_was_said(staff: Client) -> None:
    instrument = make.instrument(licence="CC-BY-4.0")
    asked = {"text": "1. Encourage les États.", "kind": "operative", "language": "fr"}
    page: Any = staff.post(page_of(instrument), asked)
    data = {**typed(page), "language": page.context["said"]["language"].value()}
    assert staff.post(page_of(instrument), data).status_code == 302
    assert ProvisionText.objects.values_list("language", "text").get() == (
        "fr",
        "Encourage les États.",
    )


def test_a_heading_stays_where_rights_forbid_the_text(staff: Client) -> None:
    instrument = make.instrument(licence="")
    page = split(staff, instrument, "PART I - Scope\n1. This law is about cooperatives.")
    labels = [form["label"].value() for form in page.context["rows"].forms]
    assert labels == ["Scope", "Operative paragraph 1"]


def test_no_word_comes_in_where_rights_forbid_it(staff: Client) -> None:
    instrument = make.instrument(licence="all-rights-reserved")
    page = split(staff, instrument)
    text = page.content.decode()
    assert "only kinds, numbers and labels in our own words" in text
    assert "strategies" not in text
    smuggled = typed(page, **{"rows-1-text": "Encourages Member States"})
    assert staff.post(page_of(instrument), smuggled).status_code == 302
    assert Provision.objects.exists()
    assert not ProvisionText.objects.exists()
    assert kept()[1] == ("operative", "1", "Operative paragraph 1", "")


@pytest.mark.parametrize(
    ("changes", "place", "field", "sentence"),
    [
        ({"rows-1-within": "2"}, 1, "within", "That row does not come before this one."),
        ({"rows-2-within": "99"}, 2, "within", "That row does not come before this one."),
        ({"rows-2-within": "²"}, 2, "within", "Enter a whole number."),
        ({"rows-1-label": ""}, 1, "label", "Say in a few words what it is about."),
        ({"rows-1-kind": "planet"}, 1, "kind", "Select a valid choice."),
        ({"rows-4-number": "1"}, 4, "__all__", "Another provision has this kind and number."),
        ({"rows-1-label": "a\u0007b"}, 1, "label", "An invisible character"),
    ],
)
def test_what_is_wrong_is_told_at_its_row_and_nothing_is_saved(
    changes: dict[str, str], place: int, field: str, sentence: str, staff: Client
) -> None:
    instrument = make.instrument(licence="CC-BY-4.0")
    data = {**typed(split(staff, instrument)), **changes}
    answer: Any = staff.post(page_of(instrument), data)
    errors = answer.context["rows"].forms[place].errors
    assert sentence in errors[field][0]
    assert Provision.objects.count() == 0
    assert answer.context["rows"].forms[3]["label"].value() == "To report"


def test_a_row_is_added_without_losing_the_others(staff: Client) -> None:
    instrument = make.instrument(licence="CC-BY-4.0")
    data = typed(split(staff, instrument), rows__1__label="Mine", add_row="1")
    page: Any = staff.post(page_of(instrument), data)
    forms = page.context["rows"].forms
    assert (len(forms), forms[1]["label"].value()) == (6, "Mine")
    data = typed(page, rows__5__kind="operative", rows__5__number="3", rows__5__label="More")
    assert staff.post(page_of(instrument), data).status_code == 302
    assert kept()[-1] == ("operative", "3", "More", "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "This field is required."), ("1. a\n" * 1_001, "These are 1001 provisions")],
    ids=["empty", "many"],
)
def test_a_text_that_cannot_be_split_says_why(text: str, sentence: str, staff: Client) -> None:
    page = split(staff, make.instrument(), text)
    assert sentence in page.context["paste"].errors["text"][0]


def test_who_may_not_add_provisions_sees_no_way(client: Client) -> None:
    instrument = make.instrument()
    sign_in(client, VIEWER)
    assert client.get(page_of(instrument)).status_code == 403
    assert split(client, instrument).status_code == 403
    change = f"/admin/taskforce/policyinstrument/{instrument.pk}/change/"
    assert "Paste provisions" not in client.get(change).content.decode()


@pytest.mark.slow
def test_the_way_leads_from_the_instrument(staff: Client) -> None:
    instrument = make.instrument()
    change: Any = staff.get(f"/admin/taskforce/policyinstrument/{instrument.pk}/change/")
    assert ("Paste provisions", page_of(instrument)) in [
        (str(label), url) for label, url in change.context["acts"]
    ]
    assert filled(staff.get(page_of(instrument))) is not None

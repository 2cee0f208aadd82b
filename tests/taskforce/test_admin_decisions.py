"""The list of decisions: to whom, until when, and what became of them."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from taskforce import services
from taskforce.admin.forms import FollowUpForm
from taskforce.models import DecisionEvidence
from taskforce.querysets import PUBLICATIONS
from tests import make
from untfsse.kit.records.publication import VISITOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]
LIST = "/admin/taskforce/decision/"
SPANS = ("overdue", "soon", "later", "none")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


def day(distance: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=distance)).isoformat()


def listed(client: Client, question: str) -> list[str]:
    answer: Any = client.get(f"{LIST}?{question}")
    assert answer.status_code == 200
    return sorted(decision.number for decision in answer.context["cl"].result_list)


@pytest.mark.slow
def test_the_list_tells_due_days_apart(staff: Client) -> None:
    due = {"A": day(-1), "B": day(0), "C": day(30), "D": day(31), "E": None}
    for number, due_on in due.items():
        make.decision(number=number, follow_up="open", kind="agrees", due_on=due_on)
        make.decision(
            number=f"{number} done", follow_up="implemented", kind="agrees", due_on=due_on
        )
    assert {name: listed(staff, f"due={name}") for name in (*SPANS, "finished")} == {
        "overdue": ["A"],
        "soon": ["B", "C"],
        "later": ["D"],
        "none": ["E"],
        "finished": [f"{number} done" for number in due],
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("distance", "span"), [(-1, "overdue"), (0, "soon"), (31, "later"), (None, "none")]
)
def test_before_the_next_meeting_is_a_day_that_follows_that_meeting(
    distance: int | None, span: str, staff: Client
) -> None:
    decision = make.decision(
        follow_up="open",
        kind="agrees",
        is_due_before_next_meeting=True,
        meeting=make.meeting(starts_on="2020-01-01"),
    )
    if distance is not None:
        make.meeting(starts_on=day(distance), kind="special")
    assert listed(staff, f"due={span}") == [decision.number]
    assert listed(staff, "todo=overdue") == ([decision.number] if span == "overdue" else [])
    page = staff.get(f"{LIST}{decision.pk}/change/").content.decode()
    words = "which has no day yet" if distance is None else "before the next meeting ("
    assert words in page


def test_without_a_next_meeting_the_day_written_down_is_shown(staff: Client) -> None:
    decision = make.decision(is_due_before_next_meeting=True, due_on="2020-03")
    page = staff.get(f"{LIST}{decision.pk}/change/").content.decode()
    assert "March 2020" in page
    assert "before the next meeting (" not in page


@pytest.mark.slow
def test_the_list_is_narrowed_to_an_addressee(staff: Client) -> None:
    one, other = make.organization(acronym="UNRISD"), make.organization(acronym="UNDP")
    decision, another = make.decision(), make.decision()
    decision.addressees.add(one)
    another.addressees.add(other)
    make.organization(name="Nobody asked")
    assert listed(staff, f"addressees__id__exact={one.pk}") == [decision.number]
    assert listed(staff, "q=UNDP") == [another.number]
    page = staff.get(f"{LIST}?due=none&addressees__id__exact={one.pk}")
    _before, _form, after = page.content.decode().partition('class="chosen-filter">')
    box = after.partition("</form>")[0]
    assert '<input type="hidden" name="due" value="none">' in box
    assert '<select name="addressees__id__exact" aria-label="Addressed to">' in box
    values = re.findall(r'<option value="(.*?)"( selected)?>', box)
    assert values == [("", ""), (str(one.pk), " selected"), (str(other.pk), "")]
    assert listed(staff, "addressees__id__exact=") == sorted([decision.number, another.number])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    count: int, staff: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(count):
        decision = make.decision(is_due_before_next_meeting=True)
        decision.addressees.add(make.organization())
    staff.get("/healthz")  # a session is written down at its first request
    with django_assert_num_queries(7):
        staff.get(LIST)


def test_only_buttons_change_what_became_of_a_decision(staff: Client) -> None:
    earlier, later = make.decision(), make.decision()
    services.supersede(earlier, by_decision=later, by=None)
    page: Any = staff.get(f"{LIST}{later.pk}/change/")
    form = page.context["adminform"].form
    assert {"follow_up", "follow_up_on", "superseded_by"}.isdisjoint(form.fields)
    link = f'<a href="{LIST}{earlier.pk}/change/">{earlier.number}</a>'
    assert link in page.content.decode()
    back = staff.get(f"{LIST}{earlier.pk}/change/").content.decode()
    assert f'<a href="{LIST}{later.pk}/change/">{later.number}</a>' in back


def test_an_entry_of_the_encyclopedia_shows_what_was_done(staff: Client) -> None:
    decision, entry = make.decision(), make.entry(title="Decent work", slug="decent-work")
    sent = {"state": "implemented", "on": "2023-04-18", "publication_slug": str(entry.pk)}
    assert staff.post(f"{LIST}{decision.pk}/do/follow-up/", sent).status_code == 302
    decision.refresh_from_db()
    (piece,) = decision.evidence.all()
    assert (decision.follow_up, str(piece)) == ("implemented", "Decent work")
    assert (piece.publication_slug, piece.publication.get_absolute_url()) == (
        "decent-work",
        "/encyclopedia/decent-work/",
    )

    told = staff.get(f"/api/v1/decisions/{decision.slug}/").json()["evidence"]
    assert [(piece["publication"]["title"], piece["document"]) for piece in told] == [
        ("Decent work", None)
    ]
    assert told[0]["publication"]["url"].endswith("/api/v1/entries/decent-work/")
    thread = staff.get(f"/api/v1/entries/{entry.slug}/thread/").json()["strands"]
    (strand,) = [strand for strand in thread if strand["label"].startswith("Decisions")]
    assert [link["kind"] for link in strand["links"]] == [decision.number]


def test_evidence_by_an_entry_that_is_not_there_is_refused() -> None:
    piece = DecisionEvidence(decision=make.decision(), publication_slug="nothing")
    with pytest.raises(ValidationError, match="There is no publication of this name"):
        piece.full_clean()


def test_the_ground_storey_stands_without_an_upper_one(monkeypatch: pytest.MonkeyPatch) -> None:
    piece = make.decision().evidence.create(url="https://example.org/", title="A page")
    order = ["state", "on", "document", "meeting", "instrument", "publication_slug"]
    assert list(FollowUpForm().fields)[:6] == order
    monkeypatch.setattr(PUBLICATIONS, "chosen_by", None)
    assert "publication_slug" not in FollowUpForm().fields
    assert list(DecisionEvidence.objects.visible_to(VISITOR)) == [piece]
    refused = DecisionEvidence(decision=piece.decision, publication_slug="decent-work")
    assert refused.publication is None
    with pytest.raises(ValidationError, match="There is no publication of this name"):
        refused.full_clean()


@pytest.fixture
def named(staff: Client) -> Any:
    """An entry that is evidence of a decision."""
    entry = make.entry(title="Decent work", slug="decent-work")
    make.decision(slug="d").evidence.create(publication_slug=entry.slug)
    return entry


def test_an_entry_that_is_evidence_is_not_deleted(named: Any, staff: Client) -> None:
    asked = staff.post(f"/admin/encyclopedia/entry/{named.pk}/delete/").content.decode()
    assert "<li>Evidence of implementation: Decent work</li>" in asked
    staff.post(f"/admin/encyclopedia/entry/{named.pk}/delete/", {"post": "yes"})
    assert type(named).objects.filter(pk=named.pk).exists()
    with pytest.raises(IntegrityError, match="names_an_entry"), transaction.atomic():
        type(named).objects.filter(pk=named.pk).delete()


@pytest.mark.slow
def test_evidence_follows_an_entry_that_is_renamed(named: Any, staff: Client) -> None:
    type(named).objects.filter(pk=named.pk).update(slug="good-work", title="Good work")
    link = '<a href="/encyclopedia/good-work/">Good work</a>'
    assert link in staff.get("/decisions/d/").content.decode()


def test_the_entry_of_a_piece_is_chosen_and_kept_in_the_form(named: Any, staff: Client) -> None:
    piece = DecisionEvidence.objects.get()
    page: Any = staff.get(f"/admin/taskforce/decisionevidence/{piece.pk}/change/")
    form = page.context["adminform"].form
    assert f'<option value="{named.pk}" selected>Decent work</option>' in str(
        form["publication_slug"]
    )
    assert form["publication_slug"].label == "Entry"
    other = make.entry(slug="other")
    sent = {"decision": piece.decision_id, "publication_slug": other.pk, "url": "", "title": ""}
    answer = staff.post(f"/admin/taskforce/decisionevidence/{piece.pk}/change/", sent)
    assert answer.status_code == 302
    assert DecisionEvidence.objects.get().publication_slug == "other"

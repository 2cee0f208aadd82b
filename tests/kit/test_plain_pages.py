"""Plain pages: what a noun without pages of its own making shows, and what it keeps."""

import re
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from actionplan.models import ActionPlan
from encyclopedia.models import Entry
from taskforce.filters import UpdateFilter
from taskforce.models import Document, PolicyInstrument, Update
from tests import make
from tests.pages import plain
from untfsse.kit.pages.filters import plain_filter
from untfsse.kit.pages.views import plain_detail, plain_list
from untfsse.kit.records.publication import VISITOR, RecordQuerySet

pytestmark = pytest.mark.django_db


def ask(rf: RequestFactory, view: Any, path: str, **kwargs: Any) -> str:
    """Return what a visitor reads."""
    request: Any = rf.get(path)
    request.user = VISITOR
    return plain(view(request, **kwargs).content.decode())


def test_a_plain_list_shows_what_a_visitor_may_see_and_is_narrowed(rf: RequestFactory) -> None:
    make.update(title="Call for papers", happened_on="2022-07-19", text="Write to us.")
    make.update(title="Of another year", happened_on="2019")
    make.update(title="A draft", status="draft")
    view = plain_list(Update, UpdateFilter)

    page = ask(rf, view, "/updates/?year=2022")

    assert "Call for papers" in page
    assert "19 July 2022" in page
    assert "Write to us." in page
    assert re.findall("Of another year|A draft", page) == []


def test_a_plain_page_shows_facts_by_their_names_and_no_internal_note(rf: RequestFactory) -> None:
    make.update(
        slug="call", title="Call", kind="call", deadline_on="2022-09-01", internal_note="hushhush"
    )

    page = ask(rf, plain_detail(Update), "/updates/call/", slug="call")

    assert "Deadline 1 September 2022" in page.replace("Sept. 1, 2022", "1 September 2022")
    assert "Report of the meeting" in page
    assert "hushhush" not in page
    make.update(slug="draft", status="draft")
    with pytest.raises(Http404):
        ask(rf, plain_detail(Update), "/updates/draft/", slug="draft")


def test_a_noun_without_a_filter_is_asked_for_what_it_names(rf: RequestFactory) -> None:
    assert list(plain_filter(Document).base_filters) == [
        "q",
        "kind",
        "meeting",
        "instrument",
        "licence",
        "year",
    ]
    assert list(plain_filter(Entry).base_filters)[-1] == "sdg"
    meeting = make.meeting()
    make.document(title="Of the meeting", meeting=meeting)
    make.document(title="Of another meeting", meeting=make.meeting())
    view = plain_list(Document, plain_filter(Document))

    page = ask(rf, view, f"/documents/?meeting={meeting.slug}")

    assert re.findall("Of the meeting|Of another meeting", page) == ["Of the meeting"]


def test_a_plain_page_leads_to_its_goals_and_topics(rf: RequestFactory) -> None:
    instrument = make.instrument(slug="law", sdgs=[8], jurisdiction=["FR", "ES"])
    instrument.tags.add("Work")
    request: Any = rf.get("/instruments/law/")
    request.user = VISITOR

    page = plain_detail(PolicyInstrument)(request, slug="law").content.decode()

    assert re.findall(r'class="chip[^>]*href="([^"]+)"', page) == ["/sdgs/8/", "/topics/work/"]
    assert "SDGs" not in plain(page)
    assert re.findall(r"Countries (\w+, \w+)", plain(page)) == ["Spain, France"]


def test_what_a_record_names_is_shown_only_where_it_may_be_seen() -> None:
    hidden, shown = make.instrument(status="draft"), make.instrument()
    plans = {make.action_plan(instrument=each): each for each in (hidden, shown)}

    found = RecordQuerySet(ActionPlan).visible_to(VISITOR).for_detail(VISITOR)

    assert {plan: plan.instrument for plan in found} == {
        plan: each if each == shown else None for plan, each in plans.items()
    }

"""What waits for an organization, and the browser that remembers one without an account."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import make
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ilo() -> Any:
    """Return an organization with one of each thing that waits, and of each that does not."""
    ilo = make.organization(name="Labour Organization", acronym="ILO", slug="ilo")
    make.seat(organization=ilo, from_on="2013-09-30")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    make.meeting(title="Next sitting", kind="regular", state="planned", starts_on=str(tomorrow))
    make.meeting(title="Conference of others", kind="conference", state="planned")
    for text, facts in {
        "Asks for a paper": {"kind": "requests", "due_on": "2020-01-01"},
        "Asked and done": {"kind": "requests", "follow_up": "implemented"},
        "Welcomes it": {"kind": "welcomes"},
        "Asks in a draft": {"kind": "requests", "status": "draft"},
    }.items():
        make.decision(text=text, **facts).addressees.add(ilo)
    make.decision(text="Asks others", kind="requests")
    now, past = make.action_plan(state="current"), make.action_plan(state="past")
    for title, plan, role in [
        ("Silent activity", now, "lead"),
        ("Supported activity", now, "support"),
        ("Old activity", past, "lead"),
    ]:
        activity = make.activity(title=title, plan=plan)
        activity.organizations.create(organization=ilo, role=role)
        make.deliverable(activity=activity, title=f"Paper of {title}", due_on="2027")
    return ilo


def test_the_page_begins_with_what_waits_by_its_day(client: Client, ilo: Any) -> None:
    waiting = client.get("/organizations/ilo/").context["waiting"]

    told = [(str(one.kind), one.title) for one in waiting]
    assert told == [
        ("Decision", "Asks for a paper"),
        ("Meeting", "Next sitting"),
        ("Delivery", "Paper of Silent activity"),
        ("Report", "Silent activity"),
    ]


def test_a_reported_activity_and_a_past_seat_wait_for_nothing(client: Client) -> None:
    body = make.organization(slug="body")
    make.seat(organization=body, from_on="2013", until_on="2015")
    make.meeting(kind="regular", state="planned", starts_on="2999")
    activity = make.activity(plan=make.action_plan(state="current"))
    activity.organizations.create(organization=body, role="lead")
    make.progress_report(activity=activity, reported_on=timezone.localdate())

    assert client.get("/organizations/body/").context["waiting"] == []
    client.cookies["organization"] = "body"
    assert "nothing waits for it" in words_of(client.get("/meetings/"))


def test_a_browser_remembers_an_organization_and_forgets_it(ilo: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    asked = browser.get("/my-organization/?organization=ilo")
    assert "in a cookie called “organization”, for this purpose alone" in words_of(asked)
    token = browser.cookies["csrftoken"].value

    answer = browser.post(
        "/my-organization/", {"organization": "ilo", "csrfmiddlewaretoken": token}
    )

    assert answer["Location"] == "/organizations/ilo/"
    cookie = browser.cookies["organization"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("ilo", "Lax", True)
    for address in ("/", "/meetings/", "/search/?q=nothing"):
        words = words_of(browser.get(address))
        assert "4 things wait for it" in words
        assert "Decision: Asks for a paper" in words
    gone = browser.post("/my-organization/", {"act": "forget", "csrfmiddlewaretoken": token})
    assert gone["Location"] == "/"
    assert "things wait for it" not in words_of(browser.get("/"))


def test_an_organization_is_chosen_by_its_name_from_any_page(client: Client, ilo: Any) -> None:
    secret = make.organization(name="Secret body", status="draft")
    make.seat(organization=secret, from_on="2013")
    make.seat(organization=make.organization(name="Past body"), from_on="2013", until_on="2015")
    assert '<a href="/my-organization/" rel="nofollow">My organization</a>' in client.get("/").text

    offered = re.findall(r"<option .*</option>", client.get("/my-organization/").text)

    assert offered == ['<option value="ilo">Labour Organization (ILO)</option>']
    client.cookies["organization"] = "ilo"
    assert "Forget it" in client.get("/my-organization/").text
    assert "Forget it" not in client.get("/my-organization/?organization=").text


@pytest.mark.parametrize("slug", ["", "nowhere", "secret", "x" * 5_000, "\x00"])
def test_no_organization_is_remembered_that_is_not_seen(slug: str) -> None:
    make.organization(slug="secret", name="Secret body", status="draft")
    browser = Client()
    assert browser.post("/my-organization/", {"organization": slug}).status_code == 404
    browser.cookies["organization"] = slug
    page = browser.get("/")
    assert page.status_code == 200
    assert "Secret body" not in page.text


def test_a_remembered_organization_adds_a_constant_number_of_statements(
    client: Client, ilo: Any, django_assert_num_queries: Any
) -> None:
    client.cookies["organization"] = "ilo"
    with django_assert_num_queries(6):
        client.get("/")
    for number in range(3):
        make.decision(text=f"Asks {number}", kind="requests").addressees.add(ilo)
    with django_assert_num_queries(6):
        client.get("/")

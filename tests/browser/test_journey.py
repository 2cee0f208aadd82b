"""The special meeting of 19 July 2022 from nothing to approved minutes, as the secretariat does it.

The database holds organizations and a plan; everything else is made in the admin, reached from
its front page by clicks alone.
"""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError
from playwright.sync_api import Locator, Page, expect

from actionplan.models import SubGroup
from taskforce.choices import AgendaItemKind
from taskforce.fingerprint import fingerprint
from taskforce.models import AgendaItem, Decision, Meeting, Minutes, Seat
from tests import make
from tests.browser.test_admin import sign_in
from untfsse.kit.records.roles import SECRETARIAT

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Special meeting on operationalizing the Action Plan"
MOST_CLICKS, MOST_FIELDS = 45, 25


class Hand:
    """A person at the admin; each click and each field filled is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def link(self, name: str, *, exact: bool = True) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=exact).first)

    def button(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def fill(self, name: str, text: str) -> None:
        self.page.locator(f"[name={name}]").fill(text)
        self.fields += 1

    def select(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}]").select_option(value)
        self.fields += 1

    def find(self, name: str, words: str) -> None:
        """Choose a row by typing a part of its name."""
        self.click(self.page.locator(f"[name={name}] + .select2 .select2-selection"))
        self.page.locator(".select2-search__field:focus").fill(words)
        found = self.page.locator(".select2-results__option[role=option]").filter(has_text=words)
        self.click(found.first)
        self.fields += 1

    def write(self, name: str, words: str) -> None:
        """Type into a rich text box."""
        box = self.page.get_by_role("textbox", name=name)
        self.click(box)
        self.page.keyboard.type(words)
        self.fields += 1

    def says(self, words: str) -> None:
        expect(self.page.locator(".messagelist")).to_contain_text(words)

    def nouns(self, name: str) -> None:
        """Go to the list of a noun from the front page."""
        self.click(self.page.locator("#site-name a"))
        self.click(self.page.locator("#content-main").get_by_role("link", name=name, exact=True))


def prepare(hand: Hand, *, kind: str, day: str, title: str = "") -> None:
    hand.nouns("Meetings")
    hand.link("Prepare the next meeting")
    hand.select("kind", kind)
    hand.fill("starts_on", day)
    if title:
        hand.fill("title", title)
    hand.button("Prepare the next meeting")
    hand.says("Prepared: ")


def add_items(hand: Hand, *titles: str) -> None:
    for title in titles:
        hand.fill("title", title)
        hand.button("Add to the agenda")
        expect(hand.page.locator(".agenda")).to_contain_text(title)


def record(hand: Hand, decisions: dict[str, tuple[str, str]]) -> None:
    """Say who came, what was said, and what was decided: {item: (kind, text)}."""
    meeting = Meeting.objects.get(title=TITLE)
    hand.select("meeting-state", "held")
    hand.click(hand.page.locator("[name=others-rest_present]"))
    for title, (kind, text) in decisions.items():
        item = meeting.agenda_items.get(title=title)
        hand.write(f"Minutes: {title}", f"The Task Force discussed: {title}.")
        box = hand.page.locator(f"#id_d{item.pk}-kind")
        hand.click(box.locator("xpath=ancestor::details/summary"))
        hand.select(f"d{item.pk}-kind", kind)
        hand.fill(f"d{item.pk}-text", text)
    hand.button("Save the record")
    hand.says("The record is saved.")


def assert_recorded(eclac: Any, seated: list[Any]) -> None:
    first, _second, third = Decision.objects.order_by("number")
    minutes = Minutes.objects.get(meeting__title=TITLE)
    assert (minutes.state, str(minutes.approved_on)) == ("approved", "2022-10-05")
    assert minutes.approved_at_meeting == Meeting.objects.get(starts_on="2022-10-05")
    assert minutes.approved_sha256 == fingerprint(minutes.approved_text)
    assert "New member" in minutes.approved_text
    with pytest.raises(DatabaseError, match="approved"):
        Minutes.objects.filter(pk=minutes.pk).update(text="Something else.")
    seat = Seat.objects.get(organization=eclac)
    assert (str(seat.from_on), seat.category, seat.admitted_by) == ("2022-07-19", "member", first)
    groups = SubGroup.objects.order_by("name")
    assert [(group.name, group.established_by) for group in groups] == [
        ("Legal frameworks", third),
        ("Statistics", third),
    ]
    meeting = Meeting.objects.get(title=TITLE)
    came = {row.organization_id: row.state for row in meeting.attendances.all()}
    assert came == {organization.pk: "present" for organization in seated}


def seat_organizations() -> list[Any]:
    """Return three members, of which the first has the chair, and an observer."""
    categories = ["member", "member", "member", "observer"]
    seats = [make.seat(category=category, from_on="2013") for category in categories]
    organizations = [seat.organization for seat in seats]
    make.term(organization=organizations[0], office=make.office(title="Chair"), from_on="2020")
    return organizations


def assert_approval_is_asked() -> None:
    """See that the next agenda got the approval of the minutes by itself."""
    items = AgendaItem.objects.filter(meeting__starts_on="2022-10-05")
    approval = items.get(kind=AgendaItemKind.APPROVAL_OF_MINUTES)
    assert approval.title == f"Approval of the minutes: {TITLE}"


def decide(hand: Hand, eclac: Any) -> None:
    """Admit by the first decision, establish by the third."""
    found = list(Decision.objects.order_by("number").values_list("number", flat=True))
    assert found == [f"UNTFSSE/2022/SM/D{number}" for number in (1, 2, 3)]
    hand.nouns("Organizations")
    hand.link(eclac.name)
    hand.link("Admit")
    hand.select("category", "member")
    hand.fill("from_on", "2022-07-19")
    hand.find("decision", found[0])
    hand.button("Admit")
    hand.says("Admitted. A draft update waits")
    hand.nouns("Action plans")
    hand.link("Action Plan 2022 to 2024")
    hand.link("Establish sub-groups")
    hand.find("decision", found[2])
    hand.fill("names", "Statistics\nLegal frameworks")
    hand.button("Establish sub-groups")
    hand.says("2 groups are established, as drafts.")


def test_a_meeting_from_nothing_to_approved_minutes(
    live_server: Any,
    page: Page,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = make.user(username="ada", password="a long pass phrase", is_staff=True)
    user.groups.add(Group.objects.get(name=SECRETARIAT))
    seated = seat_organizations()
    eclac = make.organization(name="ECLAC of the United Nations", acronym="ECLAC", slug="eclac")
    make.action_plan(title="Action Plan 2022 to 2024", slug="plan")
    sign_in(page, live_server.url, "ada")
    monkeypatch.setattr(page, "goto", None)  # from here on by clicks alone
    hand = Hand(page)

    prepare(hand, kind="special", day="2022-07-19", title=TITLE)
    add_items(hand, "New member", "Chair", "Sub-groups")
    hand.link("Invite all with a seat")
    hand.button("Invite all with a seat")
    hand.says("4 organizations invited.")

    hand.link("Record the meeting")
    record(
        hand,
        {
            "New member": ("welcomes", "Welcomed ECLAC as a member."),
            "Chair": ("agrees", "Agreed on the Deputy Chair."),
            "Sub-groups": ("agrees", "Agreed to form sub-groups."),
        },
    )
    decide(hand, eclac)

    hand.nouns("Meetings")
    hand.link(TITLE)
    hand.link("Record the meeting")
    hand.link("Circulate the minutes")
    hand.fill("on", "2022-09-01")
    hand.button("Circulate")
    hand.says("Circulated: this version is fixed")
    prepare(hand, kind="regular", day="2022-10-05")
    expect(page.locator(".agenda")).to_contain_text(TITLE)
    assert_approval_is_asked()
    hand.link("Record the meeting")
    hand.link("Approve these minutes", exact=False)
    hand.fill("on", "2022-10-05")
    hand.button("Approve")
    hand.says("Approved and frozen.")

    assert_recorded(eclac, seated)
    with capsys.disabled():
        print(f"\nThe special meeting: {hand.clicks} clicks, {hand.fields} fields filled")
    assert hand.clicks <= MOST_CLICKS
    assert hand.fields <= MOST_FIELDS

"""A period of two dates reads alike wherever it is shown."""

import pytest
from django.test import Client

from tests import make
from tests.pages import plain

pytestmark = pytest.mark.django_db
SEAT = "already by 14 March 2024, over by 15 July 2025"
DAYS = "19\N{EN DASH}20 July 2022"


@pytest.mark.slow
def test_a_seat_reads_alike_on_pages_in_the_thread_and_in_the_back_office(client: Client) -> None:
    decision = make.decision(slug="d")
    organization = make.organization(slug="o")
    make.seat(
        organization=organization,
        from_on="by 2024-03-14",
        until_on="by 2025-07-15",
        admitted_by=decision,
    )
    client.force_login(make.user(is_staff=True, is_superuser=True))

    for address in [
        "/organizations/o/",
        "/organizations/?on=2024-05-01",
        "/decisions/d/",
        "/api/v1/decisions/d/thread/",
        "/admin/taskforce/seat/",
    ]:
        assert SEAT in plain(client.get(address).content.decode()), address


@pytest.mark.slow
def test_the_days_of_a_meeting_read_alike_everywhere(client: Client) -> None:
    meeting = make.meeting(slug="m", title="Days", starts_on="2022-07-19", ends_on="2022-07-20")
    item = make.agenda_item(meeting=meeting)
    make.decision(slug="d", meeting=meeting, agenda_item=item)
    make.instrument(slug="i").agenda_items.add(item)
    client.force_login(make.user(is_staff=True, is_superuser=True))

    for address in [
        "/meetings/m/",
        "/meetings/",
        "/decisions/d/",
        "/instruments/i/",
        "/api/v1/instruments/i/thread/",
        "/search/?q=days",
        "/admin/taskforce/meeting/",
    ]:
        assert DAYS in plain(client.get(address).content.decode()), address

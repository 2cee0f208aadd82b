"""The verbs together: the special meeting of 19 July 2022 from its agenda to its minutes."""

import datetime as dt

from taskforce import services
from taskforce.models import AgendaItem, Minutes, Seat, Update
from tests import make

DAY = dt.date(2022, 7, 19)


def test_the_meeting_of_19_july_2022_goes_from_agenda_to_approved_minutes(db: None) -> None:
    ilo, eclac = (
        make.organization(name=name, slug=name.lower(), kind="un_specialized_agency")
        for name in ("ILO", "ECLAC")
    )
    make.seat(organization=ilo, from_on="2013-09-30")
    meeting = services.prepare_meeting(
        kind="special",
        starts_on=DAY,
        by=None,
        title="Special meeting on operationalizing the Action Plan 2022-2024",
    )
    assert [str(item) for item in meeting.agenda_items.all()] == [
        "1. Adoption of the agenda",
        "2. Other business",
    ]
    assert [str(row) for row in services.invite_seated(meeting, by=None)] == ["ILO: Invited"]
    item = AgendaItem.objects.create(
        meeting=meeting, number=3, title="How to put the plan to work", minutes_text="<p>Said.</p>"
    )
    services.record_attendance(
        meeting,
        [services.Answer(ilo.pk, "present"), services.Answer(eclac.pk, "present")],
        by=None,
    )
    meeting.state = "held"
    meeting.save()
    welcome, _chair, agrees = (
        services.take_decision(meeting, agenda_item=item, kind=kind, text=text, by=None)
        for kind, text in [
            ("welcomes", "Welcomes ECLAC as a new member"),
            ("welcomes", "Welcomes the Deputy Chair"),
            ("agrees", "Agrees to form sub-groups"),
        ]
    )
    assert agrees.number == "UNTFSSE/2022/SM/D3"
    change = services.admit(eclac, category="member", from_on=DAY, decision=welcome, by=None)
    assert change.update.title == "ECLAC joins the Task Force as a member"
    minutes = Minutes.objects.create(meeting=meeting, text="<p>Forty took part.</p>")
    following = services.prepare_meeting(
        kind="regular", starts_on="2022-10-05", ordinal=40, by=None
    )
    services.circulate_minutes(minutes, on=dt.date(2022, 8, 2), by=None)
    assert [str(row) for row in following.agenda_items.all()] == [
        "1. Adoption of the agenda",
        "2. Approval of the minutes: Special meeting on operationalizing the Action Plan 2022-2024",
        "3. How to put the plan to work",
        "4. Other business",
    ]
    services.approve_minutes(minutes, at_meeting=following, on=dt.date(2022, 10, 5), by=None)
    minutes.refresh_from_db()
    assert (minutes.state, minutes.approved_at_meeting) == ("approved", following)
    assert Seat.objects.count() == 2
    assert Update.objects.get().status == "draft"

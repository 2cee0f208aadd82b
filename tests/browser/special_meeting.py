"""What the browser looks at: the special meeting with its thread, and one record of each noun."""

from typing import Any

from tests import make

LONG = "Operationalizing the Interinstitutional Action Plan for the Social and Solidarity Economy"
DOI = "10.4337/9781803920924.00012"


def make_special_meeting() -> dict[str, str]:
    """Build the meeting and what came of it; return the addresses of the main pages."""
    eclac = make.organization(
        name="Economic Commission for Latin America and the Caribbean",
        acronym="ECLAC",
        slug="eclac",
        description="A regional commission. " * 10,
        website="https://www.cepal.org/en/a-very-long-address-that-does-not-break-by-itself",
    )
    meeting = make.meeting(
        title="Special meeting on operationalizing the Action Plan",
        slug="special-2022-07-19",
        summary="It welcomed a member and agreed to form sub-groups. " * 5,
        participants_wording="40",
        reported_participants=40,
    )
    item = make.agenda_item(meeting=meeting, title="New member of the Task Force")
    decision = make.decision(
        meeting=meeting,
        agenda_item=item,
        number="UNTFSSE/2022/SM/D3",
        slug="d3",
        text="Agreed to form sub-groups of members and observers.",
    )
    make.attendance(meeting=meeting, organization=eclac)
    make.seat(organization=eclac, from_on="2022-07-19", admitted_by=decision)
    make.term(organization=eclac, office=make.office(title="Chair"), person=make.person())
    make.document(meeting=meeting, title="Report of the meeting", slug="report")
    instrument = make_texts()
    item.instruments.add(instrument)
    plan = make.action_plan(title=LONG, slug="plan", state="current")
    area = make.priority_area(plan=plan)
    group = make.sub_group(plan=plan, area=area, slug="group", established_by=decision)
    make.sub_group_seat(sub_group=group, organization=eclac)
    activity = make.activity(plan=plan, area=area, slug="activity", arises_from=decision)
    activity.instruments.add(instrument)
    activity.provisions.add(instrument.provisions.first())
    make.deliverable(activity=activity)
    make.progress_report(activity=activity)
    make.deliverable(activity=activity, due_on="2023-03", delivered_on="2023-04-18")
    part = make.entry(title="Multidimensional associationalism", slug="before").part
    entry = make.entry(
        title="Local community development", slug="entry", sdgs=[8], part=part, doi=DOI
    )
    make.entry(title="Institutionalizing entrepreneurship", slug="after", part=part)
    make.authorship(entry=entry)
    entry.tags.add("Care economy")
    make.update(title="The Task Force meets", slug="update", kind="meeting")
    make.update(title="Interagency" * 12, slug="long-word")
    return ADDRESSES


def make_texts() -> Any:
    """Build a resolution and a later one, in two languages, with what became of a paragraph."""
    facts = {"licence": "public-domain", "sdgs": [8, 17]}
    texts = [
        make.instrument(
            short_title=f"{name} UN resolution", symbol=symbol, slug=name.lower(), **facts
        )
        for name, symbol in [("First", "A/RES/77/281"), ("Second", "A/RES/79/213")]
    ]
    words = ["Encourages all to give due consideration to it;", "Encourages all to mainstream it;"]
    rows = []
    for text, said in zip(texts, words, strict=True):
        row = make.provision(instrument=text, kind="operative", number="2", text=said)
        make.provision_text(provision=row, language="ar", text="تشجع الجميع على إيلاء الاعتبار؛")
        make.provision_text(provision=row, language="fr", text="Engage chacun à en tenir compte ;")
        row.tags.add("planning")
        rows.append(row)
    make.provision_relation(provision=rows[1], earlier_provision=rows[0], kind="strengthened")
    other = make.provision(instrument=make.instrument(issuing_acronym="ILO"))
    other.tags.add("planning")
    return texts[0]


ADDRESSES = {
    "home": "/",
    "list": "/meetings/",
    "meeting": "/meetings/special-2022-07-19/",
    "organizations": "/organizations/?on=2022-07-19",
    "organization": "/organizations/eclac/",
    "organization then": "/organizations/eclac/?on=2022-07-20",
    "offices": "/offices/",
    "my organization": "/my-organization/?organization=eclac",
    "decisions": "/decisions/",
    "decision": "/decisions/d3/",
    "instrument": "/instruments/first/",
    "text": "/instruments/first/text/?left=en&right=ar",
    "changes": "/instruments/second/since/first/",
    "texts on a line": "/instruments/timeline/",
    "coverage": "/instruments/first/coverage/",
    "concordance": "/instruments/concordance/",
    "citations": "/instruments/first/cite/",
    "citations with days": "/organizations/eclac/cite/",
    "document": "/documents/report/",
    "updates": "/updates/",
    "update": "/updates/update/",
    "encyclopedia": "/encyclopedia/",
    "entry": "/encyclopedia/entry/",
    "entries by title": "/encyclopedia/by/title/",
    "entries by author": "/encyclopedia/by/author/",
    "plans": "/action-plans/?on=2022-07-19",
    "plan": "/action-plans/plan/",
    "groups": "/sub-groups/",
    "group": "/sub-groups/group/",
    "activity": "/activities/activity/",
    "search": "/search/?q=meeting",
    "close": "/search/?q=meetting",
    "goal": "/sdgs/8/",
    "topic": "/topics/care-economy/",
    "topics": "/topics/",
    "timeline": "/timeline/",
    "report of an error": "/report/?page=/decisions/d3/",
    "sign in": "/sign-in/",
    "not found": "/meetings/nothing/",
    "API documentation": "/api/",
}

"""PostgreSQL watches the rows: history, addresses, control characters."""

from django.db import migrations

from untfsse.kit.history.triggers import ADDRESS, HISTORY, TEXT, attach

RECORDS = [
    "taskforce_decision",
    "taskforce_document",
    "taskforce_meeting",
    "taskforce_organization",
    "taskforce_person",
    "taskforce_policyinstrument",
    "taskforce_update",
]
NOUNS = [
    "taskforce_agendaitem",
    "taskforce_attendance",
    "taskforce_corrigendum",
    "taskforce_decision",
    "taskforce_decisionevidence",
    "taskforce_document",
    "taskforce_formername",
    "taskforce_identifier",
    "taskforce_instrumentevent",
    "taskforce_instrumentparty",
    "taskforce_instrumentrelation",
    "taskforce_joinlink",
    "taskforce_meeting",
    "taskforce_meetingpartner",
    "taskforce_minutes",
    "taskforce_office",
    "taskforce_organization",
    "taskforce_person",
    "taskforce_personcontact",
    "taskforce_policyinstrument",
    "taskforce_provision",
    "taskforce_rendition",
    "taskforce_seat",
    "taskforce_term",
    "taskforce_update",
]
LINKS = [
    "taskforce_agendaitem_instruments",
    "taskforce_agendaitem_presenters",
    "taskforce_decision_addressees",
    "taskforce_update_documents",
    "taskforce_update_instruments",
    "taskforce_update_meetings",
    "taskforce_update_organizations",
    "taggit_taggeditem",
]


class Migration(migrations.Migration):
    """Attach the triggers to the tables of this app."""

    dependencies = [("taskforce", "0001_nouns")]
    operations = [
        attach(HISTORY, [*NOUNS, *LINKS]),
        attach(TEXT, NOUNS),
        attach(ADDRESS, RECORDS),
    ]

"""Metadata: the records of the Task Force in words of schema.org."""

from typing import Any

from taskforce.choices import (
    LICENCE_URLS,
    REGISTERS,
    IdentifierScheme,
    MeetingFormat,
    MeetingState,
    PartnerRole,
)
from taskforce.models import (
    Decision,
    Document,
    Meeting,
    Organization,
    PolicyInstrument,
    Update,
)
from untfsse.kit.pages.metadata import day, describes

TASK_FORCE = {
    "@type": "Organization",
    "name": "UN Inter-Agency Task Force on Social and Solidarity Economy",
    "alternateName": "UNTFSSE",
}
EVENT_STATES = {
    MeetingState.PLANNED: "https://schema.org/EventScheduled",
    MeetingState.HELD: "https://schema.org/EventScheduled",
    MeetingState.POSTPONED: "https://schema.org/EventPostponed",
    MeetingState.CANCELLED: "https://schema.org/EventCancelled",
}
ATTENDANCE = {
    MeetingFormat.IN_PERSON: "https://schema.org/OfflineEventAttendanceMode",
    MeetingFormat.VIRTUAL: "https://schema.org/OnlineEventAttendanceMode",
    MeetingFormat.HYBRID: "https://schema.org/MixedEventAttendanceMode",
}


@describes(Organization)
def organization(record: Organization) -> dict[str, Any]:
    """Return an organization with its registers."""
    registered = [
        f"{REGISTERS[IdentifierScheme(row.scheme)]}{row.value}" for row in record.identifiers.all()
    ]
    return {
        "@type": "Organization",
        "name": record.name,
        "alternateName": record.acronym,
        "sameAs": [*registered, record.website],
        "address": address(record.city, record.country),
        "parentOrganization": named(record.parent, "Organization"),
    }


@describes(Meeting)
def meeting(record: Meeting) -> dict[str, Any]:
    """Return a meeting as an event."""
    organizers = [row for row in record.partners.all() if row.role == PartnerRole.ORGANIZER]
    return {
        "@type": "Event",
        "startDate": day(record.starts_on),
        "endDate": day(record.ends_on),
        "eventStatus": EVENT_STATES.get(MeetingState(record.state)),
        "eventAttendanceMode": ATTENDANCE.get(MeetingFormat(record.format)),
        "location": {
            "@type": "Place",
            "name": record.venue,
            "address": address(record.city, record.country),
        },
        "organizer": [
            named(row.organization, "Organization") or {"@type": "Organization", "name": row.name}
            for row in organizers
        ],
    }


@describes(Decision)
def decision(record: Decision) -> dict[str, Any]:
    """Return a decision with the meeting that made it."""
    return {
        "identifier": record.number,
        "text": record.text,
        "datePublished": day(record.meeting.starts_on),
        "creator": TASK_FORCE,
        "recordedAt": named(record.meeting, "Event"),
    }


@describes(PolicyInstrument)
def instrument(record: PolicyInstrument) -> dict[str, Any]:
    """Return an instrument as legislation, which schema.org understands widely."""
    return {
        "@type": "Legislation",
        "name": record.title,
        "alternateName": record.short_title if record.short_title != record.title else "",
        "legislationIdentifier": record.symbol,
        "legislationType": record.get_kind_display(),
        "legislationDate": day(record.adopted_on),
        "legislationPassedBy": {
            "@type": "Organization",
            "name": record.issuing_body,
            "url": record.issuing_organization and record.issuing_organization.get_absolute_url(),
        },
        "inLanguage": record.languages,
        "license": LICENCE_URLS.get(record.licence),
        "sameAs": record.official_url,
    }


@describes(Update)
def update(record: Update) -> dict[str, Any]:
    """Return a piece of news."""
    return {
        "@type": "NewsArticle",
        "headline": record.title,
        "datePublished": day(record.happened_on),
        "publisher": TASK_FORCE,
        "about": [named(row, "Event") for row in record.meetings.all()],
    }


@describes(Document)
def document(record: Document) -> dict[str, Any]:
    """Return a document with its files and links."""
    return {
        "@type": "DigitalDocument",
        "identifier": record.symbol,
        "datePublished": day(record.issued_on),
        "license": LICENCE_URLS.get(record.licence),
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": row.file.url if row.file else row.url,
                "inLanguage": row.language,
                "encodingFormat": row.media_type,
            }
            for row in record.renditions.all()
        ],
    }


def address(city: str, country: Any) -> dict[str, Any]:
    """Return a place as far as it is known."""
    return {"@type": "PostalAddress", "addressLocality": city, "addressCountry": country.code}


def named(record: Any, kind: str) -> dict[str, Any]:
    """Return another record by its name and address; nothing for none."""
    if record is None:
        return {}
    url = record.get_absolute_url()
    return {"@type": kind, "@id": url, "name": record.list_item().title, "url": url}

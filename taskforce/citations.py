"""Citations: texts of the Task Force as references, and facts that stand on a record's page."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.models import (
    Decision,
    Document,
    Organization,
    PolicyInstrument,
    Seat,
    Term,
)
from taskforce.services.standing import tenure_note
from untfsse.kit.citing.facts import PORTAL, Fact, knows
from untfsse.kit.citing.references import Reference, refers
from untfsse.kit.records.noun import list_address
from untfsse.kit.records.publication import Reader

# --- Texts ---------------------------------------------------------------------------------


@refers(PolicyInstrument)
def refer_to_instrument(instrument: PolicyInstrument) -> Reference:
    """Return an instrument as its issuing body publishes it."""
    return Reference(
        key=instrument.slug,
        kind="report",
        title=instrument.title,
        url=instrument.official_url or instrument.get_absolute_url(),
        authors=(instrument.issuing_body,),
        issued=instrument.adopted_on or instrument.issued_on,
        number=instrument.symbol,
        genre=instrument.get_kind_display(),
        language=instrument.title_language,
    )


@refers(Document)
def refer_to_document(document: Document) -> Reference:
    """Return a document; nobody is recorded as its author."""
    return Reference(
        key=document.slug,
        kind="report",
        title=document.title,
        url=document.get_absolute_url(),
        issued=document.issued_on,
        number=document.symbol,
        genre=document.get_kind_display(),
    )


@refers(Decision)
def refer_to_decision(decision: Decision) -> Reference:
    """Return a decision by its number, as the Task Force made it."""
    return Reference(
        key=decision.slug,
        kind="report",
        title=decision.text,
        url=decision.get_absolute_url(),
        authors=(PORTAL,),
        issued=decision.meeting.starts_on,
        number=decision.number,
        genre=_("Decision"),
    )


# --- What stands on a page -----------------------------------------------------------------


@knows(Organization)
def held_by(organization: Organization, _user: Reader, on: dt.date) -> list[Fact]:
    """Return the seats and terms: those of a day as of it, others as of their last day."""
    today = timezone.localdate()
    seats = [
        tenure_fact(seat, on, today, what=seat.get_category_display())
        for seat in organization.seats.all()
    ]
    terms = []
    for term in organization.terms.all():
        names = (term.office.title, term.person.name if term.person else "")
        terms.append(tenure_fact(term, on, today, what=", ".join(filter(None, names))))
    return [*seats, *terms]


def tenure_fact(tenure: Seat | Term, on: dt.date, today: dt.date, *, what: str) -> Fact:
    """Return what an organization holds or held, at an address that answers for that day."""
    certainty = tenure.judge(on, on, today=today)
    organization = tenure.organization
    if certainty is None:
        known = tenure.until_on or tenure.last_documented_on or tenure.from_on
        on = known.last if known else on
        certainty = tenure.judge(on, on, today=today)
    words = {
        "organization": organization.full_name,
        "what": what,
        "since": tenure_note(tenure, certainty, today=today),
    }
    is_seat = isinstance(tenure, Seat)
    asked = {"on": on.isoformat(), "q": organization.acronym or organization.name}
    own = f"{organization.get_absolute_url()}?on={on}#tenures"
    return Fact(
        _("%(organization)s: %(what)s of the Task Force, %(since)s") % words,
        list_address(Organization, **asked) if is_seat else own,
        tenure.sources,
        tenure.is_verified,
        on=on,
        anchor=tenure.anchor,
    )


@knows(PolicyInstrument)
def provisions_in(instrument: PolicyInstrument, _user: Reader, _on: dt.date) -> list[Fact]:
    """Return the provisions, each at its place."""
    name = instrument.symbol or instrument.short_title
    official = [{"title": instrument.title, "url": instrument.official_url}]
    sources = official if instrument.official_url else instrument.sources
    return [
        Fact(
            f"{name}, {provision}",
            provision.get_absolute_url(),
            sources,
            instrument.is_verified,
            anchor=provision.anchor,
        )
        for provision in instrument.provisions.all()
    ]

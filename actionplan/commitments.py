"""Commitments on the thread: at the meeting that told of them, and beside what they serve."""

from collections.abc import Sequence

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionPlan, Activity, Commitment
from taskforce.models import Meeting, PolicyInstrument
from taskforce.threads import MOST, Place, Rows, found_strand
from untfsse.kit.pages.thread import Link, Strands, contributes
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.written import written

NAMED = ("meeting", "instrument", "plan", "activity")
"""What a commitment may name."""


def link_commitment(commitment: Commitment) -> Link:
    """Return a commitment with who made it, and when."""
    day = commitment.made_on.text if commitment.made_on else ""
    note = ", ".join(filter(None, [commitment.made_by, day]))
    return Link(commitment.title, commitment.get_absolute_url(), note=note)


@written
def commitments_to(user: Reader, *keys: int | None) -> Sequence[Rows]:
    """Ask for the commitments that name a record, the latest first, by its key in its place."""
    asked = {name: key for name, key in zip(NAMED, keys, strict=True) if key}
    return (Commitment.objects.visible_to(user).filter(**asked).for_list()[: MOST + 1],)


def strand_of(user: Reader, label: object, name: str, record: Model) -> Strands:
    """Return the commitments that name a record."""
    keys = [record.pk if each == name else None for each in NAMED]
    [made] = yield commitments_to(user, *keys)
    return found_strand(Place.COMMITMENT, label, made, link_commitment)


@contributes(Meeting)
def made_at(meeting: Meeting, user: Reader) -> Strands:
    """The commitments of which a meeting heard."""
    return strand_of(user, _("Commitments made or told at it"), "meeting", meeting)


@contributes(PolicyInstrument)
def to_instrument(instrument: PolicyInstrument, user: Reader) -> Strands:
    """The commitments to an instrument."""
    return strand_of(user, _("Commitments to it"), "instrument", instrument)


@contributes(ActionPlan)
def to_plan(plan: ActionPlan, user: Reader) -> Strands:
    """The commitments to a plan."""
    return strand_of(user, _("Commitments to it"), "plan", plan)


@contributes(Activity)
def to_activity(activity: Activity, user: Reader) -> Strands:
    """The commitments to an activity."""
    return strand_of(user, _("Commitments to it"), "activity", activity)

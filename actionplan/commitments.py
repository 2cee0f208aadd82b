"""Commitments on the thread: at the meeting that told of them, and beside what they serve."""

from django.utils.translation import gettext_lazy as _

from actionplan.models import ActionPlan, Activity, Commitment
from taskforce.models import Meeting, PolicyInstrument
from taskforce.threads import MOST, Place, found_strand
from untfsse.kit.pages.thread import Link, Strands, contributes
from untfsse.kit.records.publication import Reader


def link_commitment(commitment: Commitment) -> Link:
    """Return a commitment with who made it, and when."""
    day = commitment.made_on.text if commitment.made_on else ""
    note = ", ".join(filter(None, [commitment.made_by, day]))
    return Link(commitment.title, commitment.get_absolute_url(), note=note)


def strand_of(user: Reader, label: object, **asked: object) -> Strands:
    """Return the commitments that name a record, the latest first."""
    made = Commitment.objects.visible_to(user).filter(**asked).for_list()[: MOST + 1]
    [made] = yield (made,)
    return found_strand(Place.COMMITMENT, label, made, link_commitment)


@contributes(Meeting)
def made_at(meeting: Meeting, user: Reader) -> Strands:
    """The commitments of which a meeting heard."""
    return strand_of(user, _("Commitments made or told at it"), meeting=meeting)


@contributes(PolicyInstrument)
def to_instrument(instrument: PolicyInstrument, user: Reader) -> Strands:
    """The commitments to an instrument."""
    return strand_of(user, _("Commitments to it"), instrument=instrument)


@contributes(ActionPlan)
def to_plan(plan: ActionPlan, user: Reader) -> Strands:
    """The commitments to a plan."""
    return strand_of(user, _("Commitments to it"), plan=plan)


@contributes(Activity)
def to_activity(activity: Activity, user: Reader) -> Strands:
    """The commitments to an activity."""
    return strand_of(user, _("Commitments to it"), activity=activity)

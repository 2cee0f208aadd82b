"""The keys of rows that other nouns point to, and what they are made of."""

from taskforce.models import AgendaItem, Provision
from untfsse.kit.rest.serializers import join_key

AGENDA_ITEM_NEEDS = ("meeting", "parent")
PROVISION_NEEDS = ("instrument",)


def agenda_item_key(item: AgendaItem) -> str:
    """Return the meeting and the printed number."""
    return join_key([item.meeting.slug, item.printed_number])


def provision_key(provision: Provision) -> str:
    """Return the instrument with kind and number, or with the position where none is printed."""
    number = provision.number or f"at-{provision.position}"
    return join_key([provision.instrument.slug, provision.kind, number])

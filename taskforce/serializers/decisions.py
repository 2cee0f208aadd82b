"""Decisions and what became of them as JSON."""

from typing import ClassVar

from rest_framework import serializers

from taskforce.models import Decision, DecisionEvidence
from taskforce.serializers.keys import AGENDA_ITEM_NEEDS
from taskforce.serializers.organizations import SeatSerializer
from taskforce.serializers.people import TermSerializer
from taskforce.serializers.proof import PROOF, ProofSerializer
from untfsse.kit.rest.serializers import (
    PartReference,
    RecordSerializer,
    Reference,
    References,
    ThreadAddressField,
    Topics,
)


class DecisionEvidenceSerializer(ProofSerializer[DecisionEvidence]):
    """What shows that a decision was carried out."""

    class Meta:
        model = DecisionEvidence
        words: ClassVar = PROOF


class DecisionSerializer(RecordSerializer[Decision]):
    """What a meeting decided, and its follow-up."""

    meeting = Reference("meeting")
    state = serializers.CharField()

    class Meta:
        model = Decision
        words: ClassVar = {
            "number": "The official number, such as UNTFSSE/2022/SM/D3.",
            "kind": "The operative verb.",
            "text": "What was decided.",
            "meeting": "The meeting that decided it.",
            "follow_up": "What became of it. `no_information` says that nothing is known.",
            "state": "The same; `asks_nothing` for what welcomes or notes, and waits for no word.",
            "follow_up_on": "The day of that information.",
            "due_on": "When it is due.",
            "is_due_before_next_meeting": "Whether it is due before the next meeting.",
        }


class DecisionDetailSerializer(DecisionSerializer):
    """A decision with its addressees, its evidence and its thread."""

    agenda_item = PartReference(needs=AGENDA_ITEM_NEEDS)
    addressees = References("organization")
    superseded_by = Reference("decision")
    supersedes = References("decision")
    evidence = DecisionEvidenceSerializer(many=True)
    admitted_seats = SeatSerializer(many=True)
    ended_seats = SeatSerializer(many=True)
    welcomed_terms = TermSerializer(many=True)
    tags = Topics()
    thread = ThreadAddressField()

    class Meta(DecisionSerializer.Meta):
        words: ClassVar = {
            "agenda_item": "The agenda item under which it was taken.",
            "addressees": "To whom it is addressed.",
            "superseded_by": "The later decision that replaced it.",
            "supersedes": "The earlier decisions it replaced.",
            "evidence": "What shows that it was carried out.",
            "admitted_seats": "Seats that this decision gave.",
            "ended_seats": "Seats that this decision ended.",
            "welcomed_terms": "Terms of office that this decision welcomed.",
            "tags": "Its topics.",
            "thread": "Where to ask what hangs on it.",
        }

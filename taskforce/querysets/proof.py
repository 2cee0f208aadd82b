"""The questions of evidence: which pieces a reader may see."""

from typing import Any

from django.db.models import Q

from untfsse.kit.records.publication import Reader, VisibleQuerySet

PROOFS = ("document", "meeting", "instrument", "entry")
"""The records that can show that something was done; each piece names one, or a link."""


class EvidenceQuerySet(VisibleQuerySet):
    """Pieces of evidence; seen when the thing that proves it is."""

    def visible_to(self, user: Reader) -> Any:
        """What a reader may see, and may see the document, event, instrument or entry of."""
        rule = Q()
        for name in PROOFS:
            seen = self.rows_of(name).visible_to(user).order_by().values("pk")
            rule &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": seen})
        return super().visible_to(user).filter(rule)

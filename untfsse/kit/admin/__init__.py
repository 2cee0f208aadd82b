"""The back office: what all nouns share, and what the kit itself keeps."""

from untfsse.kit.admin import kept
from untfsse.kit.admin.acts import Act, offer, refuse
from untfsse.kit.admin.base import (
    EVIDENCE,
    ChosenFilter,
    FactAdmin,
    HouseAdmin,
    ReadOnlyAdmin,
    RecordAdmin,
    Rows,
    Sheets,
)

__all__ = [
    "EVIDENCE",
    "Act",
    "ChosenFilter",
    "FactAdmin",
    "HouseAdmin",
    "ReadOnlyAdmin",
    "RecordAdmin",
    "Rows",
    "Sheets",
    "kept",
    "offer",
    "refuse",
]

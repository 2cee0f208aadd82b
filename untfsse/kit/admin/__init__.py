"""The back office: what all nouns share, and what the kit itself keeps."""

from untfsse.kit.admin import accounts, kept
from untfsse.kit.admin.acts import Act, offer, refuse
from untfsse.kit.admin.base import (
    EVIDENCE,
    FactAdmin,
    HouseAdmin,
    ReadOnlyAdmin,
    RecordAdmin,
    Rows,
    Sheets,
)
from untfsse.kit.admin.lists import ChosenFilter

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
    "accounts",
    "kept",
    "offer",
    "refuse",
]

"""The back office: what all nouns share, and what the kit itself keeps."""

from untfsse.kit.admin import kept
from untfsse.kit.admin.acts import Act, refuse
from untfsse.kit.admin.base import (
    EVIDENCE,
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
    "FactAdmin",
    "HouseAdmin",
    "ReadOnlyAdmin",
    "RecordAdmin",
    "Rows",
    "Sheets",
    "kept",
    "refuse",
]

"""The list item: what a list shows of a record, whichever noun it is."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise

from untfsse.kit.records.dates import PartialDate


@dataclass(frozen=True, slots=True)
class ListItem:
    """One record as `{% list_item %}` shows it."""

    record: models.Model
    title: str
    url: str
    kind: str | Promise = ""
    date: PartialDate | None = None
    until: PartialDate | None = None
    meta: str = ""
    summary: str = ""
    state: str = ""
    state_label: str | Promise = ""

"""What the Task Force's own tables show of a decision: the seats it gave, the terms that began.

docs/follow-up.md tells all rules, also those of the upper storeys.
"""

from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from taskforce.choices import SeatCategory
from taskforce.models import Decision, Seat, Term
from untfsse.kit.pages.on_record import Kind, Rows, facts, shows
from untfsse.kit.records.publication import Reader

SEAT = Kind(
    1,
    "seat",
    _("Seat it gave"),
    ngettext_lazy("seat", "seats"),
    "taskforce:organization_detail",
    "#tenures",
    words=dict(SeatCategory.choices),
    is_open=True,
)
TERM = Kind(
    2,
    "term",
    _("Term that began"),
    ngettext_lazy("term of office", "terms of office"),
    "taskforce:organization_detail",
    "#tenures",
    is_open=True,
)


def short_name(path: str = "organization") -> Any:
    """Return the expression for how an organization is called: by its acronym, else its name."""
    return Coalesce(NullIf(F(f"{path}__acronym"), Value("")), F(f"{path}__name"))


@shows(Decision, SEAT)
def seats_given(reader: Reader) -> Rows:
    """The seats that a decision gave."""
    return facts(
        Seat.objects.visible_to(reader),
        "admitted_by",
        title=short_name(),
        slug="organization__slug",
        day="from_on",
        until="until_on",
        word="category",
    )


@shows(Decision, TERM)
def terms_begun(reader: Reader) -> Rows:
    """The terms of office that a decision welcomed."""
    return facts(
        Term.objects.visible_to(reader),
        "welcomed_by",
        title="office__title",
        slug="organization__slug",
        day="from_on",
        until="until_on",
        word=short_name(),
    )

"""As of a day: what a page shows of a day that the address names, else of today."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from untfsse.kit.kept import follow_clock
from untfsse.kit.pages.filters import ON_THE_DAY, DayField, ListForm
from untfsse.kit.records.dates import PartialDate


class DayForm(ListForm):
    """The control of a page that shows a day of the past."""

    on = DayField(label=ON_THE_DAY, required=False)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that is asked for, and today; `form` is the control with its error.

    `back` is the address of the page that shows today.
    """

    form: Any
    asked: dt.date | None
    today: dt.date
    back: str

    @property
    def day(self) -> dt.date:
        """The day that is shown."""
        return self.asked or self.today

    @property
    def text(self) -> str:
        """The day that is asked for, in words."""
        return PartialDate.of(self.asked).text if self.asked else ""

    @property
    def is_to_come(self) -> bool:
        """Whether the day that is asked for is still to come."""
        return self.day > self.today


def as_of(request: HttpRequest, form: Any = None) -> AsOf:
    """Return the day that the address of a page names as `on`; what is no day names none.

    A list gives the form of its filters, which ask for it among others.
    """
    form = form or DayForm(request.GET if "on" in request.GET else None)
    asked = form.cleaned_data.get("on") if form.is_valid() or form.is_bound else None
    if asked and asked > timezone.localdate():
        follow_clock(request)
    others = request.GET.copy()
    for name in ("on", "cursor"):
        others.pop(name, None)
    back = f"{request.path}?{others.urlencode()}" if others else request.path
    return AsOf(form, asked, timezone.localdate(), back)

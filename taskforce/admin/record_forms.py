"""What the page of a meeting's record asks: its forms, and the sheet that holds them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.admin.forms import DecisionForm
from taskforce.choices import AttendanceState, DecisionKind, MeetingState
from taskforce.models import AgendaItem, Attendance, Meeting, Minutes, Organization
from untfsse.kit.forms.model_forms import KeepUntouchedMixin, KnownSelect
from untfsse.kit.forms.richtext import RichTextFormField
from untfsse.kit.generics import DjangoModelChoiceField

MOST_PEOPLE = 2_147_483_647
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


class OrganizationField(DjangoModelChoiceField):
    """One organization; those that are known already need no query."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organization.objects.all(), required=False, **kwargs)
        self.known: dict[str, Organization] = {}

    def to_python(self, value: Any) -> Any:
        """Return the organization, from memory if it is known."""
        return self.known.get(str(value)) or super().to_python(value)

    def choose_by_typing(self, column: Any, known: dict[str, Organization], label: str) -> None:
        """Show a box to type in, with the names of the known ones."""
        self.known = known
        widget = KnownSelect(column, admin.site)
        widget.known = {key: str(row) for key, row in known.items()}
        widget.is_required = False
        if label:
            widget.attrs["aria-label"] = label
        self.widget = widget
        widget.choices = self.choices


class MeetingFactsForm(KeepUntouchedMixin, forms.Form):
    """The state of the meeting, and how many took part as its report says."""

    state = forms.ChoiceField(label=_("State of the meeting"), choices=MeetingState)
    reported_participants = forms.IntegerField(
        label=_("Participants reported"), required=False, min_value=0, max_value=MOST_PEOPLE
    )
    participants_wording = forms.CharField(
        label=_("Wording of the report"),
        required=False,
        max_length=60,
        help_text=_("As the report puts it: “about 30”, “over 40”, “7 agencies”."),
    )
    part = ""

    def __init__(self, data: Any, *, meeting: Meeting) -> None:
        initial = {name: getattr(meeting, name) for name in self.base_fields}
        super().__init__(data, initial=initial, prefix="meeting")


class AttendanceRowForm(forms.Form):
    """How one organization took part."""

    state = forms.ChoiceField(
        label=_("Attendance"), choices=AttendanceState, widget=forms.RadioSelect
    )
    on_behalf_of = OrganizationField(label=_("On behalf of"))

    def __init__(self, data: Any, *, row: Attendance, seat: str, known: Any) -> None:
        """Show the row as it is, with the seat held that day."""
        initial = {"state": row.state, "on_behalf_of": row.on_behalf_of_id}
        super().__init__(data, initial=initial, prefix=f"o{row.organization_id}")
        self.row, self.seat, self.part = row, seat, row.organization.full_name
        label = gettext("%(organization)s on behalf of") % {"organization": self.part}
        column = Attendance._meta.get_field("on_behalf_of")
        on_behalf_of: Any = self.fields["on_behalf_of"]
        on_behalf_of.choose_by_typing(column, known, label)


class OthersForm(forms.Form):
    """What is said of several organizations at once, and of one that was not invited."""

    rest_present = forms.BooleanField(
        label=_("All who are still “invited” were present"),
        required=False,
        help_text=_("Mark who was away below, tick this, and save."),
    )
    organization = OrganizationField(
        label=_("Also present"),
        help_text=_("An organization that was not invited. Save, and add the next."),
    )

    def __init__(self, data: Any, *, known: Any) -> None:
        super().__init__(data, prefix="others")
        column = Attendance._meta.get_field("organization")
        organization: Any = self.fields["organization"]
        organization.choose_by_typing(column, known, "")


class TextForm(KeepUntouchedMixin, forms.Form):
    """What the minutes say, under an item or before the first."""

    text = RichTextFormField(label=_("Minutes"), required=False)

    def __init__(self, data: Any, *, prefix: str, label: str, text: str) -> None:
        """Show the text as it is, under the name of its item."""
        super().__init__(data, initial={"text": text}, prefix=prefix)
        self.fields["text"].label = label
        self.part = ""


class NewDecisionForm(KeepUntouchedMixin, DecisionForm):
    """A decision under its item; nothing when nothing is written."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[*BLANK_CHOICE_DASH, *DecisionKind.choices])

    def __init__(self, data: Any, *, key: int, number: str) -> None:
        """Say which number it gets by itself."""
        super().__init__(data, prefix=f"d{key}", empty_permitted=True, use_required_attribute=False)
        self.key = key
        if number:
            words = gettext("Empty: the next free number, at present %(number)s.")
            self.fields["number"].help_text = words % {"number": number}


def keys_sent(data: Any) -> set[int]:
    """Return the organizations that a browser sent."""
    sent = [
        value
        for name in data or ()
        if name.endswith(("-on_behalf_of", "-organization"))
        for value in data.getlist(name)
    ]
    return {int(value) for value in sent if KEY.fullmatch(value)}


def known_organizations(rows: Iterable[Attendance], data: Any) -> dict[str, Organization]:
    """Return the organizations that the page holds or that were sent, by key; one query at most."""
    known = {str(row.on_behalf_of_id): row.on_behalf_of for row in rows if row.on_behalf_of}
    missing = {key for key in keys_sent(data) if str(key) not in known}
    if missing:
        found = Organization.objects.filter(pk__in=missing)
        known |= {str(organization.pk): organization for organization in found}
    return known


def text_forms(
    data: Any, minutes: Minutes | None, items: Iterable[AgendaItem]
) -> Iterator[TextForm]:
    """Return the boxes of the minutes: before the first item, then one an item."""
    opening = minutes.text if minutes else ""
    label = gettext("Opening text of the minutes")
    yield TextForm(data, prefix="minutes", label=label, text=opening)
    for item in items:
        name = gettext("Minutes: %(item)s") % {"item": item.title}
        yield TextForm(data, prefix=f"i{item.pk}", label=name, text=item.minutes_text)

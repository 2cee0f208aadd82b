"""What the acts of the Task Force ask for."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taskforce.choices import DecisionKind, FollowUp, MeetingKind, SeatCategory
from taskforce.models import (
    AgendaItem,
    Decision,
    DecisionEvidence,
    Document,
    Meeting,
    Minutes,
    Organization,
    PolicyInstrument,
    Seat,
)
from taskforce.services.decisions import propose_number
from taskforce.services.meetings import next_in_series
from untfsse.kit.dates import PartialDateFormField
from untfsse.kit.forms import KnownSelectMultiple, PlainTextarea, choose


def day_field(**kwargs: Any) -> forms.DateField:
    """Return a field for a whole day, today at first."""
    return forms.DateField(**{"widget": AdminDateWidget, "initial": timezone.localdate, **kwargs})


def decision_field() -> Any:
    """Return the field for the decision behind a change of seats."""
    return choose(
        Seat,
        "admitted_by",
        label=_("Decision"),
        required=False,
        help_text=_("The decision behind it, if it is known. It is linked both ways."),
    )


class PrepareForm(forms.Form):
    """The next meeting of a series."""

    for_record = True

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind)
    starts_on = PartialDateFormField(label=_("Starts on"), required=False)
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Leave empty for the next number in the series."),
    )

    def __init__(self, *args: Any, record: Meeting | None = None, **kwargs: Any) -> None:
        """Propose what follows the meeting at hand, else the next regular one."""
        kind = record.series if record else MeetingKind.REGULAR
        proposal = next_in_series(record or kind)
        initial = {"kind": proposal.kind, "title": proposal.title}
        super().__init__(*args, **{**kwargs, "initial": initial})


class AdmitForm(forms.Form):
    """A new seat."""

    category = forms.ChoiceField(label=_("Category"), choices=SeatCategory)
    from_on = PartialDateFormField(label=_("From"))
    decision = decision_field()


class CategoryForm(forms.Form):
    """A change between member and observer."""

    category = forms.ChoiceField(label=_("New category"), choices=SeatCategory)
    on = day_field(label=_("From"), help_text=_("The present seat ends the day before."))
    decision = decision_field()


class LeaveForm(forms.Form):
    """The end of a seat."""

    on = day_field(label=_("Last day"))
    decision = decision_field()


class DecisionOfMeetingForm(forms.Form):
    """A decision, added where it was taken."""

    for_record = True

    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=DecisionKind)
    agenda_item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Taken under"), required=False
    )
    text = forms.CharField(label=_("Text"), widget=PlainTextarea(attrs={"rows": 5}))
    addressees = forms.ModelMultipleChoiceField(
        Organization.objects.all(), label=_("Addressed to"), required=False
    )
    due_on = PartialDateFormField(label=_("Due on"), required=False)
    is_due_before_next_meeting = forms.BooleanField(
        label=_("Due before the next meeting"),
        required=False,
        help_text=_("The due day then follows the day of that meeting."),
    )

    def __init__(self, *args: Any, record: Meeting, **kwargs: Any) -> None:
        """Propose the number, and offer the items of this agenda."""
        try:
            number = propose_number(record)
        except ValidationError:
            number = ""
        super().__init__(*args, **{**kwargs, "initial": {"number": number}})
        self.fields["agenda_item"].queryset = record.agenda_items.all()  # type: ignore[attr-defined]
        addressees = self.fields["addressees"]
        addressees.widget = KnownSelectMultiple(Decision._meta.get_field("addressees"), admin.site)
        addressees.widget.choices = addressees.choices  # type: ignore[attr-defined]


class FollowUpForm(forms.Form):
    """What became of a decision."""

    state = forms.ChoiceField(
        label=_("Follow-up"), choices=[pair for pair in FollowUp.choices if pair[0] != "superseded"]
    )
    on = day_field(label=_("Known on"))
    document = choose(DecisionEvidence, "document", label=_("Document"), required=False)
    meeting = choose(DecisionEvidence, "meeting", label=_("Event"), required=False)
    instrument = choose(DecisionEvidence, "instrument", label=_("Instrument"), required=False)
    url = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    title = forms.CharField(label=_("Title of the link"), required=False, max_length=250)

    def evidence(self) -> list[DecisionEvidence]:
        """Return the pieces that were named, not yet saved."""
        return pieces(self.cleaned_data)


def pieces(data: dict[str, Any]) -> list[DecisionEvidence]:
    """Return one piece of evidence for each thing that a form names."""
    found: list[DecisionEvidence] = []
    for name in ("document", "meeting", "instrument"):
        thing: Document | Meeting | PolicyInstrument | None = data.get(name)
        if thing:
            found.append(DecisionEvidence(**{name: thing}))
    if data.get("url") or data.get("title"):
        found.append(DecisionEvidence(url=data["url"], title=data["title"]))
    return found


class SupersedeForm(forms.Form):
    """The later decision."""

    by_decision = choose(Decision, "superseded_by", label=_("Superseded by"))


class CirculateForm(forms.Form):
    """The day on which minutes go round."""

    on = day_field(label=_("Circulated on"))


class ApproveForm(forms.Form):
    """Where and when minutes were approved."""

    for_record = True

    at_meeting = choose(Minutes, "approved_at_meeting", label=_("Approved at"))
    on = day_field(label=_("Approved on"))
    is_amended = forms.BooleanField(
        label=_("Approved as amended"),
        required=False,
        help_text=_("Tick if the text was changed after it went round."),
    )

    def __init__(self, *args: Any, record: Minutes, **kwargs: Any) -> None:
        """Propose the meeting on whose agenda the approval stands, and its day."""
        items = record.meeting.approval_items.select_related("meeting").order_by("meeting__sort_on")
        at_meeting = next((item.meeting for item in items), None)
        initial: dict[str, Any] = {}
        if at_meeting is not None:
            today = timezone.localdate()
            day = at_meeting.starts_on.last if at_meeting.starts_on else today
            initial = {"at_meeting": at_meeting.pk, "on": min(day, today)}
        super().__init__(*args, **{**kwargs, "initial": initial})


class CorrigendumForm(forms.Form):
    """A later change of approved minutes."""

    text = forms.CharField(label=_("Text"), widget=PlainTextarea(attrs={"rows": 6}))
    on = day_field(label=_("Made on"))

"""What the acts of the Task Force ask for."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext_lazy as _

from taskforce.choices import DecisionKind, FollowUp, MeetingKind, SeatCategory
from taskforce.forms import PublicationField
from taskforce.models import (
    AgendaItem,
    Decision,
    DecisionEvidence,
    Document,
    Meeting,
    Minutes,
    Seat,
)
from taskforce.querysets import PROOFS, PUBLICATIONS
from taskforce.services.decisions import propose_number
from taskforce.services.evidence import facts_to_take_over
from taskforce.services.meetings import next_in_series, unpublished
from untfsse.kit.backoffice.publishing import MomentForm
from untfsse.kit.forms.fields import LongTextFormField, PlainTextarea
from untfsse.kit.forms.model_forms import choose
from untfsse.kit.generics import DjangoModelMultipleChoiceField
from untfsse.kit.records.dates import PartialDateFormField, Precision
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.publication import Audience

MOST_WORDS = 30
WAITING = _("It stays a draft until it is verified: %(rows)s.")


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


class TickedRows(DjangoModelMultipleChoiceField):
    """Rows that are published along, each with a box that is ticked at first."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Return what says which row it is, and for whom it is meant."""
        words = f"{obj}: {obj.text}" if isinstance(obj, Decision) else str(obj)
        audience = getattr(obj, "audience", Audience.PUBLIC)
        short = Truncator(words).words(MOST_WORDS)
        return short if audience == Audience.PUBLIC else f"{short} ({Audience(audience).label})"


class WithPartsForm(forms.Form):
    """What is published with a meeting: its decisions and documents that nobody reads yet."""

    for_record = True

    decisions = TickedRows(Decision.objects.none(), label=_("Decisions"), required=False)
    documents = TickedRows(Document.objects.none(), label=_("Documents"), required=False)

    def __init__(self, *args: Any, record: Meeting, **kwargs: Any) -> None:
        """List those of the meeting at hand; what has to be verified first is left to that."""
        super().__init__(*args, **kwargs)
        nouns: dict[str, type[Decision | Document]] = {"decisions": Decision, "documents": Document}
        for name, noun in nouns.items():
            field: Any = self.fields[name]
            rows = unpublished(noun, record)
            unsure = rows.filter(confidence=Confidence.LOW, verified_on=None)
            field.queryset = rows.exclude(pk__in=unsure.values("pk"))
            field.initial = list(field.queryset)
            if unsure:
                names = get_text_list([str(row) for row in unsure], _("and"))
                field.help_text = WAITING % {"rows": names}
            elif not field.initial:
                del self.fields[name]


class PublishMeetingForm(WithPartsForm, MomentForm):
    """When a meeting appears, and what with it."""


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
    )

    def __init__(self, *args: Any, record: Meeting | None = None, **kwargs: Any) -> None:
        """Propose what follows the meeting at hand, else the next regular one."""
        proposal = next_in_series(record or MeetingKind.REGULAR)
        super().__init__(*args, **{**kwargs, "initial": {"kind": proposal.kind}})
        words = _("Empty: the next of its kind, such as “%(title)s”; others bear their day.")
        self.fields["title"].help_text = words % {"title": proposal.title}


class SeatForm(forms.Form):
    """What a change of seats rests on; the day is that of the meeting unless another is given."""

    day = ""
    """The field for the day."""
    decided_by: Decision | None = None
    """The decision, where it is known before anybody is asked."""

    def clean(self) -> dict[str, Any]:
        """Fill in the day of the meeting; refuse a decision of another one."""
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned["decision"] = self.decided_by or cleaned.get("decision")
        meeting = cleaned.get("meeting")
        if decision and meeting and decision.meeting_id != meeting.pk:
            self.add_error("decision", _("This decision was taken at another meeting."))
        if decision and not meeting:
            meeting = cleaned["meeting"] = decision.meeting
        if self.day not in self.errors and not cleaned.get(self.day):
            cleaned[self.day] = self.day_of(meeting)
            if cleaned[self.day] is None:
                words = _("Say on which day, or at which meeting whose day is known.")
                self.add_error(self.day, words)
        return cleaned

    def day_of(self, meeting: Meeting | None) -> Any:
        """Return the day of a meeting as this form asks for it."""
        date = meeting.starts_on if meeting else None
        if date is None or isinstance(self.fields[self.day], PartialDateFormField):
            return date
        return date.last if date.precision == Precision.DAY else None


def meeting_field() -> Any:
    """Return the field for the meeting that decided."""
    return choose(
        Decision,
        "meeting",
        label=_("Decided at"),
        required=False,
        help_text=_("The news links to it. Leave empty if you name the decision."),
    )


def seat_day(**kwargs: Any) -> forms.DateField:
    """Return the field for the whole day of a change; empty for that of the meeting."""
    return day_field(required=False, initial=None, **kwargs)


class AdmitForm(SeatForm):
    """A new seat."""

    day = "from_on"
    category = forms.ChoiceField(label=_("Category"), choices=SeatCategory)
    meeting = meeting_field()
    decision = decision_field()
    from_on = PartialDateFormField(
        label=_("From"), required=False, help_text=_("Leave empty for the day of the meeting.")
    )


class AdmitByDecisionForm(AdmitForm):
    """A new seat, given by the decision at hand."""

    for_record = True
    field_order = ("organization", "category")

    meeting: Any = None
    decision: Any = None
    organization = choose(Seat, "organization", label=_("Organization"))

    def __init__(self, *args: Any, record: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decided_by = record


class CategoryForm(SeatForm):
    """A change between member and observer."""

    day = "on"
    category = forms.ChoiceField(label=_("New category"), choices=SeatCategory)
    meeting = meeting_field()
    decision = decision_field()
    on = seat_day(
        label=_("From"),
        help_text=_(
            "The present seat ends the day before. Leave empty for the day of the meeting."
        ),
    )


class LeaveForm(SeatForm):
    """The end of a seat."""

    day = "on"
    meeting = meeting_field()
    decision = decision_field()
    on = seat_day(label=_("Last day"), help_text=_("Leave empty for the day of the meeting."))


class DecisionForm(forms.Form):
    """A decision, added where it was taken."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DecisionKind)
    text = LongTextFormField(label=_("Text"), widget=PlainTextarea(attrs={"rows": 5}))
    addressees = choose(Decision, "addressees", label=_("Addressed to"), required=False)
    due_on = PartialDateFormField(label=_("Due on"), required=False)
    is_due_before_next_meeting = forms.BooleanField(
        label=_("Due before the next meeting"),
        required=False,
        help_text=_("The due day then follows the day of that meeting."),
    )
    number = forms.CharField(label=_("Number"), max_length=40, required=False)


class DecisionOfMeetingForm(DecisionForm):
    """A decision on a page of its own, under an item of the agenda."""

    for_record = True

    agenda_item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label=_("Taken under"), required=False
    )
    field_order = ("number", "kind", "agenda_item")

    def __init__(self, *args: Any, record: Meeting, **kwargs: Any) -> None:
        """Propose the number, and offer the items of this agenda."""
        try:
            number = propose_number(record)
        except ValidationError:
            number = ""
        super().__init__(*args, **{**kwargs, "initial": {"number": number}})
        agenda_item: Any = self.fields["agenda_item"]
        agenda_item.queryset = record.agenda_items.select_related("parent")


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
    field_order = ("state", "on", *PROOFS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the publications of an upper storey."""
        super().__init__(*args, **kwargs)
        if PUBLICATIONS.noun:
            self.fields["publication_slug"] = PublicationField()
            self.order_fields(self.field_order)

    def evidence(self) -> list[DecisionEvidence]:
        """Return the pieces that were named, not yet saved."""
        return pieces(self.cleaned_data)


def pieces(data: dict[str, Any]) -> list[DecisionEvidence]:
    """Return one piece of evidence for each thing that a form names."""
    found = [DecisionEvidence(**{name: data[name]}) for name in PROOFS if data.get(name)]
    if data.get("url") or data.get("title"):
        found.append(DecisionEvidence(url=data["url"], title=data["title"]))
    return found


class TakeOverForm(forms.Form):
    """What is on record of a decision, each with a box that is ticked at first."""

    for_record = True

    facts = forms.MultipleChoiceField(label=_("On record"), widget=forms.CheckboxSelectMultiple)
    state = forms.ChoiceField(
        label=_("Follow-up"),
        required=False,
        choices=[
            ("", _("Leave it as it is")),
            *((state.value, state.label) for state in (FollowUp.PARTLY, FollowUp.IMPLEMENTED)),
        ],
        help_text=_("Your word on it, known today. The portal says nothing in your place."),
    )

    def __init__(self, *args: Any, record: Decision, **kwargs: Any) -> None:
        """Offer what is not its evidence yet."""
        super().__init__(*args, **kwargs)
        found = facts_to_take_over(record)
        field: Any = self.fields["facts"]
        field.choices = [(fact.key, fact.in_words) for fact in found]
        field.initial = [fact.key for fact in found]


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

    text = LongTextFormField(label=_("Text"), widget=PlainTextarea(attrs={"rows": 6}))
    on = day_field(label=_("Made on"))

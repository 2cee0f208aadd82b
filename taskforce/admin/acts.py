"""The verbs of the Task Force as buttons; the services decide."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from taskforce.admin import forms
from taskforce.choices import MeetingState, MinutesState
from taskforce.models import Decision, Document, Meeting
from taskforce.services.agenda import propose_agenda
from taskforce.services.attendance import invite_seated
from taskforce.services.decisions import mark_follow_up, supersede, take_decision
from taskforce.services.evidence import facts_to_take_over, take_over_evidence
from taskforce.services.meetings import prepare_meeting, publish_meeting, unpublished
from taskforce.services.minutes import (
    add_corrigendum,
    approve_minutes,
    circulate_minutes,
    compose_minutes,
)
from taskforce.services.seats import SeatChange, admit, change_category, end_membership
from untfsse.kit.backoffice import Act
from untfsse.kit.backoffice.publishing import PUBLISH
from untfsse.kit.records.publishing import is_public

# --- Meetings ------------------------------------------------------------------------------


def do_prepare(request: HttpRequest, _record: Any, data: dict[str, Any]) -> HttpResponse:
    """Make the next meeting of a series and go to its agenda."""
    meeting = prepare_meeting(by=request.user, **data)
    count = meeting.agenda_items.count()
    words = ngettext(
        "Prepared: %(meeting)s, with %(count)s item on its agenda.",
        "Prepared: %(meeting)s, with %(count)s items on its agenda.",
        count,
    )
    messages.success(request, words % {"meeting": meeting, "count": count})
    return HttpResponseRedirect(reverse("admin:taskforce_meeting_agenda", args=[meeting.pk]))


def do_propose_agenda(request: HttpRequest, meeting: Any, _data: Any) -> str:
    """Fill an empty agenda."""
    count = len(propose_agenda(meeting, by=request.user))
    return ngettext("%(count)s item proposed.", "%(count)s items proposed.", count) % {
        "count": count
    }


def do_invite(request: HttpRequest, meeting: Any, _data: Any) -> str:
    """Invite who holds a seat."""
    count = len(invite_seated(meeting, by=request.user))
    words = ngettext("%(count)s organization invited.", "%(count)s organizations invited.", count)
    return words % {"count": count}


def do_decide(request: HttpRequest, meeting: Any, data: dict[str, Any]) -> str:
    """Record a decision of the meeting."""
    decision = take_decision(meeting, by=request.user, **data)
    return gettext("%(number)s is recorded as a draft.") % {"number": decision.number}


def do_publish(request: HttpRequest, meeting: Any, data: dict[str, Any]) -> str:
    """Publish a meeting with what was ticked, now or later."""
    at = data.get("at") or timezone.now()
    parts = [*data.get("decisions", ()), *data.get("documents", ())]
    publish_meeting(meeting, parts=parts, by=request.user, at=at)
    names = get_text_list([f"“{part}”" for part in (meeting, *parts)], gettext("and"))
    if at > timezone.now():
        return gettext("Its publication is planned: %(records)s.") % {"records": names}
    return gettext("Published: %(records)s.") % {"records": names}


def has_unpublished(meeting: Any) -> bool:
    """Whether a public meeting has decisions or documents that readers do not see."""
    decisions, documents = (unpublished(noun, meeting) for noun in (Decision, Document))
    held = Meeting.objects.filter(Exists(decisions) | Exists(documents), pk=meeting.pk)
    return is_public(meeting) and held.exists()


def is_open(meeting: Any) -> bool:
    """Whether a meeting is still to be prepared."""
    return meeting.state in {MeetingState.PLANNED, MeetingState.POSTPONED}


PREPARE = Act(
    "prepare",
    _("Prepare the next meeting"),
    do_prepare,
    _(
        "A planned draft with the next number and the usual agenda: adoption, approval of earlier "
        "minutes, what was left unfinished, other business."
    ),
    form=forms.PrepareForm,
    permission="add",
)
PROPOSE_AGENDA = Act(
    "propose-agenda",
    _("Propose the agenda"),
    do_propose_agenda,
    _("Adoption, approval of earlier minutes, what was left unfinished, other business."),
    is_offered=lambda meeting: is_open(meeting) and not meeting.agenda_items.exists(),
)
INVITE = Act(
    "invite",
    _("Invite all with a seat"),
    do_invite,
    _(
        "Every organization that holds a seat on the day of the meeting is listed as invited. "
        "Who is listed already stays as it is."
    ),
    is_offered=lambda meeting: meeting.state != MeetingState.CANCELLED,
)
DECIDE = Act(
    "decide",
    _("Add a decision"),
    do_decide,
    _("It is recorded as a draft under the number proposed; readers see it once it is published."),
    form=forms.DecisionOfMeetingForm,
    is_offered=lambda meeting: meeting.state != MeetingState.CANCELLED,
)

PUBLISH_MEETING = replace(
    PUBLISH,
    run=do_publish,
    form=forms.PublishMeetingForm,
    explain=_("The meeting and all that is ticked appear at one moment, or nothing does."),
)
PUBLISH_REST = Act(
    "publish-rest",
    _("Publish what it decided"),
    do_publish,
    _("Its decisions and documents that are ticked appear at once."),
    form=forms.WithPartsForm,
    is_offered=has_unpublished,
    permission="publish",
)

# --- Decisions -----------------------------------------------------------------------------


def do_follow_up(request: HttpRequest, decision: Any, data: dict[str, Any]) -> str:
    """Note what became of a decision."""
    mark_follow_up(
        decision,
        state=data["state"],
        on=data["on"],
        by=request.user,
        evidence=forms.pieces(data),
    )
    return gettext("The follow-up is noted.")


def do_take_over(request: HttpRequest, decision: Any, data: dict[str, Any]) -> str:
    """Keep what is on record as evidence, and note the follow-up if it is said."""
    site = request.build_absolute_uri("/")
    pieces = take_over_evidence(decision, facts=data["facts"], site=site, by=request.user)
    if data["state"]:
        mark_follow_up(decision, state=data["state"], on=timezone.localdate(), by=request.user)
    count = len(pieces)
    words = ngettext(
        "%(count)s piece of evidence is taken over.",
        "%(count)s pieces of evidence are taken over.",
        count,
    )
    return words % {"count": count}


def do_supersede(request: HttpRequest, decision: Any, data: dict[str, Any]) -> str:
    """Let a later decision take its place."""
    supersede(decision, by=request.user, **data)
    return gettext("Both decisions now show the other.")


FOLLOW_UP = Act(
    "follow-up",
    _("Note the follow-up"),
    do_follow_up,
    _("Readers see it with the day on which it was known. “Implemented” needs evidence."),
    form=forms.FollowUpForm,
    is_offered=lambda decision: decision.superseded_by_id is None,
)
TAKE_OVER = Act(
    "take-over",
    _("Take over as evidence"),
    do_take_over,
    _(
        "What the portal itself holds becomes evidence of the decision. What you take over by "
        "mistake you delete below its form; the history brings it back."
    ),
    form=forms.TakeOverForm,
    is_offered=lambda decision: bool(facts_to_take_over(decision)),
)
SUPERSEDE = Act(
    "supersede",
    _("Superseded by …"),
    do_supersede,
    _("The later decision takes the place of this one; both pages link to the other."),
    form=forms.SupersedeForm,
    is_offered=lambda decision: decision.superseded_by_id is None,
)

# --- Seats ---------------------------------------------------------------------------------


def with_news(words: str, change: SeatChange) -> SafeString:
    """Return what happened, with the way to the draft of the news."""
    page = reverse("admin:taskforce_update_change", args=[change.update.pk])
    link = format_html('<a href="{}">{}</a>', page, change.update.title)
    return format_html(gettext("{} A draft update waits: {}."), words, link)


def do_admit(request: HttpRequest, organization: Any, data: dict[str, Any]) -> str:
    """Give an organization a seat."""
    change = admit(organization, by=request.user, **data)
    return with_news(gettext("Admitted."), change)


def do_admit_by_decision(request: HttpRequest, _decision: Any, data: dict[str, Any]) -> str:
    """Give an organization a seat by the decision at hand."""
    return do_admit(request, data.pop("organization"), data)


def do_change_category(request: HttpRequest, organization: Any, data: dict[str, Any]) -> str:
    """Make a member an observer, or the other way round."""
    change = change_category(organization, by=request.user, **data)
    return with_news(gettext("Changed."), change)


def do_leave(request: HttpRequest, organization: Any, data: dict[str, Any]) -> str:
    """End a seat."""
    change = end_membership(organization, by=request.user, **data)
    return with_news(gettext("The seat has its end."), change)


def holds_seat(organization: Any) -> bool:
    """Whether it holds a seat without an end."""
    return bool(organization.seats.filter(until_on=None).exists())


ADMIT = Act(
    "admit",
    _("Admit"),
    do_admit,
    _("It holds a seat from that day on, and a draft of the news is made for you to publish."),
    form=forms.AdmitForm,
    is_offered=lambda organization: organization.may_hold_seat and not holds_seat(organization),
)
ADMIT_BY_DECISION = Act(
    "admit",
    _("Admit an organization"),
    do_admit_by_decision,
    _(
        "It holds a seat from the day of the meeting on, linked to this decision, and a draft of "
        "the news is made for you to publish."
    ),
    form=forms.AdmitByDecisionForm,
    is_offered=lambda decision: decision.superseded_by_id is None,
)
CHANGE_CATEGORY = Act(
    "change-category",
    _("Change the category"),
    do_change_category,
    _("The present seat ends the day before, a new one begins; a draft of the news is made."),
    form=forms.CategoryForm,
    is_offered=holds_seat,
)
LEAVE = Act(
    "leave",
    _("Leaves the Task Force"),
    do_leave,
    _("Its seat ends on that day; a draft of the news is made for you to publish."),
    form=forms.LeaveForm,
    is_offered=holds_seat,
)

# --- Minutes -------------------------------------------------------------------------------


def do_circulate(request: HttpRequest, minutes: Any, data: dict[str, Any]) -> str:
    """Fix the version that goes round."""
    minutes = circulate_minutes(minutes, by=request.user, **data)
    words = gettext("Circulated: this version is fixed, and the next agenda has its approval item.")
    if is_public(minutes.meeting):
        return words
    hidden = gettext("Its readers do not see it yet: the meeting is not published.")
    return f"{words} {hidden}"


def do_approve(request: HttpRequest, minutes: Any, data: dict[str, Any]) -> str:
    """Freeze the minutes."""
    approve_minutes(minutes, by=request.user, **data)
    return gettext("Approved and frozen. A later change is a corrigendum.")


def do_correct(request: HttpRequest, minutes: Any, data: dict[str, Any]) -> str:
    """Add a corrigendum."""
    corrigendum = add_corrigendum(minutes, by=request.user, **data)
    return gettext("%(corrigendum)s is added.") % {"corrigendum": corrigendum}


def text_to_approve(minutes: Any) -> SafeString:
    """Return the text as it stands, and say so when it is not the one that went round."""
    text = compose_minutes(minutes)
    if text == minutes.circulated_text:
        return text
    words = gettext("Changed since it was circulated: tick “Approved as amended”.")
    return format_html("<p><strong>{}</strong></p>\n{}", words, text)


CIRCULATE = Act(
    "circulate",
    _("Circulate"),
    do_circulate,
    _(
        "The text as it stands is fixed as the version that goes round. Those for whom it is meant "
        "can read it as soon as the meeting is published."
    ),
    form=forms.CirculateForm,
    show=compose_minutes,
    is_offered=lambda minutes: minutes.state == MinutesState.DRAFT,
)
APPROVE = Act(
    "approve",
    _("Approve"),
    do_approve,
    _("Text and hash are frozen. They change no more; a later change is a corrigendum."),
    form=forms.ApproveForm,
    show=text_to_approve,
    is_offered=lambda minutes: minutes.state == MinutesState.CIRCULATED,
)
CORRECT = Act(
    "correct",
    _("Add a corrigendum"),
    do_correct,
    _("The approved text stays; readers see the numbered and dated correction below it."),
    form=forms.CorrigendumForm,
    is_offered=lambda minutes: minutes.state == MinutesState.APPROVED,
)

"""The words of the action plan: closed vocabularies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanState(TextChoices):
    """Where a plan stands."""

    IN_PREPARATION = "in_preparation", _("In preparation")
    CURRENT = "current", _("Current")
    PAST = "past", _("Past")


class AreaKind(TextChoices):
    """What sort of area a plan names."""

    PRIORITY = "priority", _("Priority area")
    TRANSVERSAL = "transversal", _("Transversal area")
    THEME = "theme", _("Theme")


class SubGroupKind(TextChoices):
    """What sort of group carries the work."""

    SUB_GROUP = "sub_group", _("Sub-group")
    WORKING_GROUP = "working_group", _("Working group")
    TECHNICAL_WORKING_GROUP = "technical_working_group", _("Technical working group")
    COORDINATION = "coordination", _("Coordination")


class GroupRole(TextChoices):
    """What an organization does in a group."""

    LEAD = "lead", _("Lead")
    CO_LEAD = "co_lead", _("Co-lead")
    MEMBER = "member", _("Member")


class ActivityKind(TextChoices):
    """What sort of activity it is."""

    ACTIVITY = "activity", _("Activity")
    OUTPUT = "output", _("Output")


class DocumentedState(TextChoices):
    """What public sources say of an activity, apart from any report to the Task Force."""

    UNKNOWN = "unknown", _("Not known")
    ONGOING = "ongoing", _("Under way")
    DONE = "done", _("Done")


class SupportRole(TextChoices):
    """What an organization does for an activity."""

    LEAD = "lead", _("Lead")
    SUPPORT = "support", _("Support")
    FUNDER = "funder", _("Funding")


class ReportState(TextChoices):
    """What an organization reports of an activity; never that there is no report."""

    NOT_STARTED = "not_started", _("Not started")
    ON_TRACK = "on_track", _("On track")
    DELAYED = "delayed", _("Delayed")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


FINAL = (ReportState.DONE, ReportState.DROPPED)
"""Reports after which no other is awaited."""
NO_REPORT = "no_report"
UNREPORTED = _("No report to the Task Force")
REPORTED_STATES = [(NO_REPORT, UNREPORTED), *ReportState.choices]
"""What was last reported of an activity; that nobody reported is a state of its own."""


class Coverage(TextChoices):
    """How far a provision is served; never stored, worked out at each reading."""

    SERVED = "served", _("Served")
    PARTLY = "partly", _("Partly served")
    QUIET = "quiet", _("Not reported since")
    NOT = "not_served", _("Not served")

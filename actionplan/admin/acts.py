"""The verbs of the action plan as buttons; the services decide."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from actionplan.choices import SubGroupKind
from actionplan.models import (
    SubGroup,
)
from actionplan.services import establish_sub_groups
from taskforce.models import Decision
from untfsse.kit.backoffice import Act, offer
from untfsse.kit.forms.fields import LinesField
from untfsse.kit.forms.model_forms import choose
from untfsse.kit.records.dates import PartialDateFormField


class EstablishForm(forms.Form):
    """The groups that a decision established."""

    decision = choose(SubGroup, "established_by", label=_("Established by"))
    names = LinesField(label=_("Names"))
    kind = forms.ChoiceField(label=_("Kind"), choices=SubGroupKind)
    from_on = PartialDateFormField(
        label=_("From"),
        required=False,
        help_text=_("Leave empty for the day of the meeting that decided."),
    )


class EstablishByDecisionForm(EstablishForm):
    """The groups that the decision at hand established."""

    field_order = ("plan",)
    decision: Any = None
    plan = choose(SubGroup, "plan", label=_("Action plan"))


def do_establish(request: HttpRequest, plan: Any, data: dict[str, Any]) -> str:
    """Set the groups up."""
    count = len(establish_sub_groups(plan, by=request.user, **data))
    words = ngettext(
        "%(count)s group is established, as a draft.",
        "%(count)s groups are established, as drafts.",
        count,
    )
    return words % {"count": count}


def do_establish_by(request: HttpRequest, decision: Any, data: dict[str, Any]) -> str:
    """Set the groups up by the decision at hand."""
    return do_establish(request, data.pop("plan"), {**data, "decision": decision})


ESTABLISH = Act(
    "establish",
    _("Establish sub-groups"),
    do_establish,
    _("Each becomes a draft with the decision's sources; readers see it once it is published."),
    form=EstablishForm,
)

offer(
    Decision,
    Act(
        "establish",
        _("Establish sub-groups"),
        do_establish_by,
        _("Each becomes a draft with this decision's sources; readers see it once published."),
        form=EstablishByDecisionForm,
        is_offered=lambda decision: decision.superseded_by_id is None,
    ),
)

"""A plan as a table: a row for each activity, and one for each thing it delivers."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from actionplan.choices import SupportRole
from actionplan.outline import Outline
from actionplan.schedule import Step, steps_of


def header() -> list[str]:
    """Return the names of the columns."""
    return [
        _("Area"),
        _("Code"),
        _("Activity"),
        _("Delivery"),
        _("State"),
        _("Last reported on"),
        _("Public sources"),
        _("Led by"),
        _("Supported by"),
        _("Funded by"),
        _("First due"),
        _("Due"),
        _("Delivered"),
        _("Difference"),
        _("Address"),
    ]


def rows(outline: Outline, address_of: Callable[[str], str]) -> Iterator[list[str]]:
    """Give the rows; days in ISO 8601 as far as they are known ("../2022" is "by 2022")."""
    for section in [*outline.sections, outline.rest]:
        area = str(section.area or "")
        for activity in section.activities:
            for step in steps_of(activity):
                yield [area, *cells(step), address_of(activity.get_absolute_url())]


def cells(step: Step) -> list[str]:
    """Return what a row says of an activity, and of its delivery."""
    activity = step.activity
    days = [step.first_due, step.due, step.delivered]
    return [
        activity.code,
        activity.title,
        step.delivery,
        str(activity.standing.in_words),
        str(activity.reported_on or ""),
        str(activity.standing.public),
        names(activity, SupportRole.LEAD),
        names(activity, SupportRole.SUPPORT),
        names(activity, SupportRole.FUNDER),
        *(str(day or "") for day in days),
        step.slip,
    ]


def names(activity: Any, role: SupportRole) -> str:
    """Return the organizations that do this for an activity; needs `organizations`."""
    found = [each.organization.name for each in activity.organizations.all() if each.role == role]
    return "; ".join(found)

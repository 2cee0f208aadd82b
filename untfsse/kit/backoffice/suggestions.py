"""Suggestions in the back office: the two buttons, and the list of what waits."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.backoffice.acts import Act
from untfsse.kit.backoffice.base import ModelAdmin, TabularInline
from untfsse.kit.backoffice.todo import Task
from untfsse.kit.records.publishing import error_text
from untfsse.kit.records.suggestions import SuggestionState, refuse_suggestion


def proposed(rows: Any, _day: dt.date) -> Any:
    """Suggestions that nobody has accepted or refused."""
    return rows.filter(state=SuggestionState.PROPOSED)


PROPOSED = Task("proposed", _("Suggestions waiting"), proposed, 40)


def suggestion_acts(accept: Callable[..., Any]) -> tuple[Act, Act]:
    """Return the two buttons of a suggestion; `accept` takes it with `by` and `on`."""

    def do_accept(request: HttpRequest, suggestion: Any, _data: Any) -> str:
        accept(suggestion, by=request.user, on=timezone.localdate())
        return gettext("Accepted: it is part of the record now.")

    def do_refuse(request: HttpRequest, suggestion: Any, _data: Any) -> str:
        refuse_suggestion(suggestion, by=request.user, on=timezone.localdate())
        return gettext("Refused: it stays in the list with your name.")

    def waits(suggestion: Any) -> bool:
        return bool(suggestion.state == SuggestionState.PROPOSED)

    return (
        Act(
            "accept",
            _("Accept"),
            do_accept,
            _("It becomes part of the record, and readers see it there."),
            is_offered=waits,
        ),
        Act(
            "refuse",
            _("Refuse"),
            do_refuse,
            _("It stays in the list of suggestions with your name; the record does not change."),
            is_offered=waits,
        ),
    )


def decide_each(request: HttpRequest, suggestions: Any, act: Act) -> int:
    """Decide on several, say of each that is refused why, and return how many were decided."""
    count = 0
    for suggestion in suggestions:
        try:
            with transaction.atomic():
                act.run(request, suggestion, {})
        except (ValidationError, PermissionDenied) as error:
            messages.error(request, f"{suggestion}: {error_text(error)}")
        else:
            count += 1
    return count


class SuggestionInline(TabularInline):
    """What is suggested for a record; the state follows from the buttons of the list."""

    readonly_fields = ("state", "decided_on", "decided_by")
    show_change_link = False


class SuggestionAdmin(ModelAdmin):
    """Proposals that wait for an editor; `acts` are those of `suggestion_acts`."""

    date_hierarchy = "decided_on"
    readonly_fields = ("state", "decided_on", "decided_by")
    actions = ("accept_selected", "refuse_selected")
    tasks = (PROPOSED,)
    queue_task = PROPOSED

    @admin.action(description=_("Accept the selected suggestions"), permissions=["change"])
    def accept_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Accept each that waits."""
        if count := decide_each(request, queryset, self.acts[0]):
            words = ngettext(
                "Accepted: %(count)d suggestion is part of its record now.",
                "Accepted: %(count)d suggestions are part of their records now.",
                count,
            )
            messages.success(request, words % {"count": count})

    @admin.action(description=_("Refuse the selected suggestions"), permissions=["change"])
    def refuse_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Refuse each that waits."""
        if count := decide_each(request, queryset, self.acts[1]):
            words = ngettext(
                "Refused: %(count)d suggestion stays in the list with your name.",
                "Refused: %(count)d suggestions stay in the list with your name.",
                count,
            )
            messages.success(request, words % {"count": count})

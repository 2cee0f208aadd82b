"""The kit's own pages in the back office: accounts, roles, and what only the database writes."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit import admin as taggit_admin
from taggit.forms import MergeTagsForm
from taggit.models import Tag, TaggedItem

from untfsse.kit.backoffice.acts import Act
from untfsse.kit.backoffice.base import ReadOnlyAdmin
from untfsse.kit.backoffice.lists import ChangeListMixin
from untfsse.kit.backoffice.todo import Task
from untfsse.kit.error_reports.models import (
    LONGEST,
    ErrorReport,
    ErrorReportContact,
    ReportState,
)
from untfsse.kit.error_reports.services import close_report, record_at
from untfsse.kit.forms.model_forms import ModelForm
from untfsse.kit.history.changes import Change
from untfsse.kit.loading import LoadedRow
from untfsse.kit.log import PublicChange, PublicState
from untfsse.kit.missed import MissedSearch
from untfsse.kit.records.addresses import FormerAddress
from untfsse.kit.records.characters import refuse_invisible
from untfsse.kit.records.roles import require_all
from untfsse.kit.tasks.models import BackgroundTask

if TYPE_CHECKING:
    UserAdmin = auth_admin.UserAdmin[User]
else:
    UserAdmin = auth_admin.UserAdmin

MOST_WORDS = 30

admin.site.unregister([User, Group, Tag])


class TickedChoicesMixin(ChangeListMixin):
    """Ticks instead of Django's two boxes, which name their parts in a way that WCAG forbids."""

    filter_horizontal: ClassVar[Any] = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """Offer every choice with a box to tick."""
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class AccountAdmin(TickedChoicesMixin, UserAdmin):
    """Who may sign in, and in which roles."""

    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["username", "password"]}),
        (_("Personal info"), {"fields": ["first_name", "last_name", "email"]}),
        (
            _("Permissions"),
            {
                "fields": ["is_active", "is_staff", "is_superuser", "groups"],
                "description": _(
                    "Staff may sign in to the back office; what they may do there is said by their "
                    "roles. A focal point is no staff and has the role “Member”. Without a role an "
                    "account reads what every visitor reads."
                ),
            },
        ),
        (_("Important dates"), {"fields": ["last_login", "date_joined"]}),
    ]


@admin.register(Group)
class RoleAdmin(TickedChoicesMixin, auth_admin.GroupAdmin):
    """What a role may do."""


class MergedTopicForm(MergeTagsForm):  # type: ignore[misc]
    """The topic that takes the place of others."""

    def clean_new_tag_name(self) -> str:
        """Refuse what a form of a record refuses."""
        name: str = self.cleaned_data["new_tag_name"]
        refuse_invisible(name)
        return name


@admin.register(Tag)
class TopicAdmin(ChangeListMixin, taggit_admin.TagAdmin):  # type: ignore[misc]
    """Topics, and how several become one."""

    form = ModelForm

    def merge_tags_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the name, and for the right to it, before the library merges."""
        require_all(request.user, ("add", Tag), ("change", Tag), ("change", TaggedItem))
        chosen = request.session.get("selected_tag_ids")
        if not chosen:
            return redirect("admin:taggit_tag_changelist")
        form = MergedTopicForm(request.POST or None)
        if not form.is_valid():
            facts = {"form": form, "selected_tag_ids": chosen}
            return render(request, "admin/taggit/merge_tags_form.html", facts)
        merged: HttpResponse = super().merge_tags_view(request)
        return merged


@admin.register(FormerAddress)
class FormerAddressAdmin(ReadOnlyAdmin):
    """Addresses that lead to where a record is now."""

    list_display = ("noun", "slug", "record_id", "left_at")
    list_filter = ("noun",)
    search_fields = ("slug",)
    date_hierarchy = "left_at"


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """Everything that changed, the latest first."""

    list_display = ("made_at", "operation", "table", "row_id", "made_by", "origin")
    list_filter = ("operation",)
    list_select_related = ("made_by",)
    search_fields = ("table", "=row_id")
    date_hierarchy = "made_at"
    ordering = ("-id",)


@admin.register(PublicChange)
class PublicChangeAdmin(ReadOnlyAdmin):
    """What visitors could notice, in the order of commits, the latest first."""

    list_display = ("number", "made_at", "kind", "table", "public_id", "is_own")
    list_filter = ("kind",)
    search_fields = ("table", "=public_id")
    date_hierarchy = "made_at"
    ordering = ("-number",)


@admin.register(PublicState)
class PublicStateAdmin(ReadOnlyAdmin):
    """What is public or was, each with its latest change."""

    list_display = ("table", "slug", "public_id", "is_public", "revision", "changed_at")
    list_filter = ("is_public", "is_deleted")
    search_fields = ("table", "slug", "=public_id")
    date_hierarchy = "changed_at"
    ordering = ("-number",)


@admin.register(LoadedRow)
class LoadedRowAdmin(ReadOnlyAdmin):
    """What the files of records last gave to a record, to tell an edit from the load."""

    list_display = ("table", "key", "file", "record_id")
    list_filter = ("file", "table")
    search_fields = ("key",)


@admin.register(MissedSearch)
class MissedSearchAdmin(ReadOnlyAdmin):
    """What visitors look for and do not find, the most wanted first.

    The words alone are kept. An answer that is given again is not counted again.
    """

    list_display = ("text", "count", "first_on", "last_on")
    search_fields = ("text",)
    date_hierarchy = "last_on"


def failed(rows: Any, _day: Any) -> Any:
    """Tasks that nobody tries again, unless their interval is over."""
    return rows.filter(state=TaskResultStatus.FAILED)


@admin.register(BackgroundTask)
class BackgroundTaskAdmin(ReadOnlyAdmin):
    """What workers have done and what they are still to do, the latest first."""

    tasks = (Task("failed", _("Failed"), failed, 50),)
    list_display = ("label", "asked_by", "enqueued_at", "state", "tried", "finished_at", "error")
    list_filter = ("state", ("every", admin.EmptyFieldListFilter))
    list_select_related = ("asked_by",)
    readonly_fields = ("label", "tried")
    fields = (
        *("label", "path", "asked_by", "enqueued_at", "every", "state", "tried", "workers"),
        *("run_after", "started_at", "finished_at", "done", "total", "error"),
    )

    @admin.display(description=_("what"), ordering="path")
    def label(self, row: BackgroundTask) -> str:
        """Say what it does."""
        return row.label

    @admin.display(description=_("tries"))
    def tried(self, row: BackgroundTask) -> int:
        """Return how often it was begun."""
        return row.tries


# --- Reports of errors ---------------------------------------------------------------------


class MendedForm(forms.Form):
    """What was mended, if there is something to say."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST, widget=forms.Textarea
    )


class DeclinedForm(MendedForm):
    """Why nothing is mended."""

    note = forms.CharField(label=_("Why"), max_length=LONGEST, widget=forms.Textarea)


def do_close(request: HttpRequest, report: ErrorReport, state: str, note: str) -> str:
    """Close a report, and say so."""
    close_report(report, state=state, note=note, by=request.user)
    return gettext("The report is closed, and the mail address of its sender is deleted.")


def closing(state: ReportState, label: Any, form: type[forms.Form]) -> Act:
    """Return the act that closes a report in a state."""
    return Act(
        state.value,
        label,
        lambda request, report, typed: do_close(request, report, state, typed["note"]),
        _("The mail address of the sender is deleted: answer first, if you wish to."),
        form=form,
        is_offered=lambda report: report.state == ReportState.OPEN,
    )


def waiting(rows: Any, _day: Any) -> Any:
    """Reports that nobody has closed."""
    return rows.open()


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnlyAdmin):
    """What readers found wrong, the latest first."""

    acts = (
        closing(ReportState.MENDED, _("Mended"), MendedForm),
        closing(ReportState.DECLINED, _("Decline"), DeclinedForm),
    )
    tasks = (Task("open", _("Errors that readers reported"), waiting, 15),)
    list_display = ("__str__", "words", "state", "reported_at")
    list_filter = ("state",)
    search_fields = ("subject", "path", "text")
    readonly_fields = ("page", "record", "email")
    fields = (
        *("page", "record", "text", "evidence_url", "email", "reported_at"),
        *("state", "note", "closed_at", "closed_by"),
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the mail address to those who may see it."""
        is_seen = request.user.has_perm("kit.view_errorreportcontact")
        return [name for name in super().get_fields(request, obj) if is_seen or name != "email"]

    @admin.display(description=_("what is wrong"))
    def words(self, report: ErrorReport) -> str:
        """Return how the text begins."""
        return Truncator(report.text).words(MOST_WORDS)

    @admin.display(description=_("page"))
    def page(self, report: ErrorReport) -> Any:
        """Lead to the page."""
        return format_html('<a href="{}">{}</a>', report.path, report.path)

    @admin.display(description=_("record"))
    def record(self, report: ErrorReport) -> Any:
        """Lead to the record in the back office, where the page shows one."""
        found = record_at(report.path)
        if found is None:
            return report.subject
        opts = found._meta
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[found.pk])
        return format_html('<a href="{}">{}</a>', url, found)

    @admin.display(description=_("mail address"))
    def email(self, report: ErrorReport) -> str:
        """Return where the sender wishes an answer."""
        contact = ErrorReportContact.objects.filter(report=report).first()
        return contact.email if contact else ""


@admin.register(ErrorReportContact)
class ErrorReportContactAdmin(ReadOnlyAdmin):
    """Where senders wish an answer; shown with their report."""

    is_part = True

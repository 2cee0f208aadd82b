"""Import: a file is looked at, then taken over, by a worker; its page says how far that is."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.tasks import TaskContext, TaskResultStatus
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from untfsse.kit.backoffice.acts import Act
from untfsse.kit.exchange import ImportResult, TableResource, read_table, take_over
from untfsse.kit.forms.uploads import CSV, TXT, XLSX, inspect
from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.history.changes import who_acts
from untfsse.kit.records.files import WAITING, no_room, store
from untfsse.kit.records.roles import can
from untfsse.kit.tasks.backend import task
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.kit.tasks.worker import is_anybody_working, tell_progress

KINDS = {"csv": CSV, "xlsx": XLSX}
DECISION = "decision"
"""Under this name a look remembers what was decided: the number of the import, 0 for none."""


class TableForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_(
            "CSV or XLSX. The first row names the columns, as in an export; a column that is left "
            "out is left alone. The next page shows what would change: nothing is written before."
        ),
    )

    def clean_file(self) -> Any:
        """Look at the content; refuse what is no table."""
        file = self.cleaned_data["file"]
        kind = inspect(file).kind
        if kind not in {CSV, TXT, XLSX}:
            raise ValidationError(gettext("A table is a CSV or an XLSX file."))
        self.cleaned_data["kind"] = XLSX if kind == XLSX else CSV
        return file


def begin_import(request: HttpRequest, _record: Any, cleaned: dict[str, Any]) -> HttpResponse:
    """Let a worker look at the file, and go to the page that says what it finds."""
    app, model = request.path.removeprefix(reverse("admin:index")).split("/")[:2]
    try:
        place = store(f"{WAITING}/{uuid.uuid4().hex}", cleaned["file"])
    except OSError:
        raise ValidationError({"file": no_room()}) from None
    waiting = {
        "noun": f"{app}.{model}",
        "path": place,
        "kind": cleaned["kind"].name.lower(),
        "name": cleaned["file"].name,
        "language": get_language(),
    }
    look = look_at_table.enqueue(waiting=waiting)
    return HttpResponseRedirect(f"{request.path.partition('do/')[0]}import/{look.id}/")


IMPORT = Act(
    name="import",
    label=_("Import"),
    run=begin_import,
    form=TableForm,
    permission="change",
    explain=_("All rows of a file are taken over, or none."),
)


# --- In a worker ---------------------------------------------------------------------------


@task(label=_("Look at a table"), takes_context=True)
def look_at_table(context: "TaskContext[Any, Any]", waiting: dict[str, str]) -> dict[str, Any]:
    """Return what a table would change."""
    return go_through(context, waiting, None)


@task(label=_("Import a table"), takes_context=True)
def import_table(
    context: "TaskContext[Any, Any]", waiting: dict[str, str], expected: str
) -> dict[str, Any]:
    """Take a table over as it was looked at, and return what was changed."""
    outcome = go_through(context, waiting, expected)
    if outcome["is_kept"]:
        transaction.on_commit(lambda: default_storage.delete(waiting["path"]))
    return outcome


PATHS = [look_at_table.module_path, import_table.module_path]


def go_through(
    context: "TaskContext[Any, Any]", waiting: dict[str, str], expected: str | None
) -> dict[str, Any]:
    """Go through the rows with the rights that the asker has now."""
    asker = HttpRequest()
    known = get_user_model()._default_manager.filter(pk=who_acts() or 0).first()
    asker.user = known or AnonymousUser()
    model = apps.get_model(waiting["noun"])
    page: Any = admin.site.get_model_admin(model)
    outcome = ImportResult(total=0)
    with override(waiting["language"]):
        if not (page.admin_site.has_permission(asker) and page.may_import(asker)):
            raise PermissionDenied(gettext("Your role no longer lets you import this."))
        try:
            with default_storage.open(waiting["path"]) as file:
                table = read_table(file, KINDS[waiting["kind"]])
        except FileNotFoundError:
            raise ValidationError(gettext("The file is gone: import it anew.")) from None
        resource = page.resource(asker)
        resource.set_header(table.header)
        for news in take_over(resource, table, expected=expected):
            if isinstance(news, ImportResult):
                outcome = news
            else:
                tell_progress(context, news, len(table.rows))
    return outcome.as_json()


# --- On the page ---------------------------------------------------------------------------


class ImportMixin(DjangoModelAdmin):
    """The page of an import: how far it is, what it would change, what it changed."""

    common_list_acts: ClassVar[tuple[Act, ...]] = (IMPORT,)

    def list_address(self) -> str:
        """Return the list of the noun."""
        opts = self.opts
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")

    def resource(self, request: HttpRequest) -> TableResource:
        """Return the noun's table, in which a person changes what the forms let them change."""
        in_form = set(self.get_form(request).base_fields)

        def may_change(record: models.Model, column: str) -> bool:
            known = None if record.pk is None else record
            fixed = self.get_readonly_fields(request, known)
            return column in in_form and column not in fixed

        resource = TableResource(self.model, by=request.user, may_change=may_change)
        resource.same_parent = getattr(self.form, "same_parent", ())
        return resource

    def may_import(self, request: HttpRequest) -> bool:
        """Whether somebody may import this noun at all; each row is asked about again."""
        return can(request.user, IMPORT.permission, self.model)

    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a look or an import to who asked for it; take the decision after a look."""
        if not self.may_import(request):
            raise PermissionDenied
        asked = BackgroundTask.objects.filter(
            pk=pk,
            asked_by=request.user.pk,
            path__in=PATHS,
            arguments__kwargs__waiting__noun=self.opts.label_lower,
        )
        if request.method == "POST":
            with transaction.atomic():
                return self.decide(request, asked.select_for_update().first())
        row = asked.first()
        return self.turn_away(request) if row is None else self.import_page(request, row)

    def turn_away(self, request: HttpRequest) -> HttpResponse:
        """Lead back to the list from an import that is nobody's or another's."""
        messages.warning(request, gettext("That file waits no longer: import it anew."))
        return HttpResponseRedirect(self.list_address())

    def import_page(self, request: HttpRequest, row: BackgroundTask) -> HttpResponse:
        """Return the page as the task stands now."""
        is_preview = row.path == PATHS[0]
        has_outcome = row.state == TaskResultStatus.SUCCESSFUL
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("What the import would change") if is_preview else gettext("Import"),
            "subtitle": row.arguments["kwargs"]["waiting"]["name"],
            "opts": self.opts,
            "row": row,
            "is_waited_for": not row.is_finished and not is_anybody_working(),
            "outcome": row.result if has_outcome else None,
            "is_preview": is_preview,
            "import_page": f"{self.list_address()}do/{IMPORT.name}/",
            "list": self.list_address(),
        }
        return TemplateResponse(request, "admin/import.html", context)

    def decide(self, request: HttpRequest, row: BackgroundTask | None) -> HttpResponse:
        """Let a worker import what was looked at, once, or forget the file."""
        if row is None or row.path != PATHS[0] or row.state != TaskResultStatus.SUCCESSFUL:
            return self.turn_away(request)
        home, waiting = self.list_address(), row.arguments["kwargs"]["waiting"]
        found: dict[str, Any] = row.result or {}
        decided = found.get(DECISION)
        if decided is None:
            decided = 0
            if "leave" in request.POST:
                default_storage.delete(waiting["path"])
            else:
                expected = found["fingerprint"]
                decided = int(import_table.enqueue(waiting=waiting, expected=expected).id)
            row.result = {**found, DECISION: decided}
            row.save(update_fields=["result"])
        if decided:
            return HttpResponseRedirect(f"{home}import/{decided}/")
        messages.info(request, gettext("Nothing was imported."))
        return HttpResponseRedirect(home)

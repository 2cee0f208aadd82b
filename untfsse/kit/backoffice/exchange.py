"""Import and export: a noun's list as a file, and a file looked at before it is taken over."""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, models
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.backoffice.acts import Act
from untfsse.kit.exchange import (
    ImportResult,
    Table,
    TableResource,
    read_table,
    take_over,
    write_csv,
    write_xlsx,
)
from untfsse.kit.forms.uploads import CSV, TXT, XLSX, FileKind, inspect
from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.records.files import WAITING, old_files
from untfsse.kit.records.roles import can

SESSION_KEY = "waiting_import"
HERE = "<!-- the outcome comes here -->"
KINDS = {"csv": CSV, "xlsx": XLSX}
log = logging.getLogger(__name__)


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
    """Let the file wait for a decision, and go to its preview."""
    forget_old_files()
    forget_waiting(request)
    token = uuid.uuid4().hex
    name = default_storage.save(f"{WAITING}/{token}", cleaned["file"])
    request.session[SESSION_KEY] = {
        "token": token,
        "path": name,
        "kind": cleaned["kind"].name.lower(),
        "name": cleaned["file"].name,
        "list": request.path.partition("do/")[0],
    }
    return HttpResponseRedirect(f"{request.path.partition('do/')[0]}import/{token}/")


def forget_waiting(request: HttpRequest) -> None:
    """Remove the file that waited in this session."""
    waiting = request.session.pop(SESSION_KEY, None)
    if waiting:
        default_storage.delete(waiting["path"])


def forget_old_files() -> None:
    """Remove what nobody decided on within a day."""
    for file in [*old_files(WAITING)]:
        default_storage.delete(file)


IMPORT = Act(
    name="import",
    label=_("Import"),
    run=begin_import,
    form=TableForm,
    permission="change",
    explain=_("All rows of a file are taken over, or none."),
)


class ImportExportMixin(DjangoModelAdmin):
    """The pages of a noun's import and export."""

    common_list_acts: ClassVar[tuple[Act, ...]] = (IMPORT,)

    def get_urls(self) -> list[Any]:
        """Add the pages."""
        opts = self.opts
        view = self.admin_site.admin_view
        name = f"{opts.app_label}_{opts.model_name}"
        return [
            path("export/<slug:suffix>/", view(self.export_view), name=f"{name}_export"),
            path("import/<slug:token>/", view(self.import_view), name=f"{name}_import"),
            *super().get_urls(),
        ]

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

    # --- Out -------------------------------------------------------------------------------

    def exports(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Return the ways to export the list as it is filtered now: (words, address)."""
        base, question = self.list_address(), request.GET.urlencode()
        tail = f"?{question}" if question else ""
        return [
            (gettext("Export as %(kind)s") % {"kind": kind.name}, f"{base}export/{suffix}/{tail}")
            for suffix, kind in KINDS.items()
        ]

    def export_view(self, request: HttpRequest, suffix: str) -> HttpResponseBase:
        """Answer with the file; there is none where the list offers none."""
        kind = KINDS.get(suffix)
        if kind is None or not self.exports(request):
            raise Http404
        if not can(request.user, "view", self.model):
            raise PermissionDenied
        try:
            chosen = self.get_changelist_instance(request).queryset
        except (IncorrectLookupParameters, ValidationError, ValueError):
            messages.warning(
                request, gettext("That filter could not be understood: choose it anew.")
            )
            return HttpResponseRedirect(self.list_address())
        records = self.model._default_manager.filter(pk__in=chosen.order_by().values("pk"))
        resource = self.resource(request)
        try:
            answer = file_answer(resource, records.order_by("pk"), kind)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return HttpResponseRedirect(self.list_address())
        opts = self.opts
        name = slugify(str(opts.verbose_name_plural)) or opts.model_name
        day = timezone.localdate().isoformat()
        answer["Content-Disposition"] = f'attachment; filename="{name}-{day}.{suffix}"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    # --- In --------------------------------------------------------------------------------

    def import_view(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """Show what a waiting file would change; take it over when that was confirmed."""
        if not can(request.user, IMPORT.permission, self.model):
            raise PermissionDenied
        waiting = request.session.get(SESSION_KEY)
        home = self.list_address()
        if not waiting or (waiting["token"], waiting["list"]) != (token, home):
            messages.warning(request, gettext("That file waits no longer: import it anew."))
            return HttpResponseRedirect(home)
        if request.method == "POST" and "leave" in request.POST:
            forget_waiting(request)
            messages.info(request, gettext("Nothing was imported."))
            return HttpResponseRedirect(home)
        resource = self.resource(request)
        expected = request.POST.get("fingerprint", "") if request.method == "POST" else None
        try:
            with default_storage.open(waiting["path"]) as file:
                table = read_table(file, KINDS[waiting["kind"]])
            resource.set_header(table.header)
        except (OSError, ValidationError) as error:
            forget_waiting(request)
            sentences = getattr(error, "messages", [gettext("The file is gone: import it anew.")])
            messages.error(request, sentences[0])
            return HttpResponseRedirect(f"{home}do/{IMPORT.name}/")
        get_token(request)  # the cookie goes out before the first line of the page
        answer = StreamingHttpResponse(self.tell(request, resource, table, expected))
        # Sent as it is, line by line: compressed, the progress would come at the end.
        answer["Content-Encoding"] = "identity"
        answer["Cache-Control"] = "private, no-store"
        return answer

    def tell(
        self, request: HttpRequest, resource: TableResource, table: Table, expected: str | None
    ) -> Iterator[str]:
        """Return the page in pieces: its head, the progress, the outcome, its end."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import")
            if expected is not None
            else gettext("What the import would change"),
            "subtitle": request.session[SESSION_KEY]["name"],
            "opts": self.opts,
            "here": HERE,
            "import_page": f"{self.list_address()}do/{IMPORT.name}/",
            "list": self.list_address(),
        }
        page = render_to_string("admin/import.html", context, request)
        head, _here, end = page.partition(HERE)
        yield head
        outcome = ImportResult(total=len(table.rows))
        try:
            for news in take_over(resource, table, expected=expected):
                if isinstance(news, ImportResult):
                    outcome = news
                else:
                    yield progress(news, len(table.rows))
        except DatabaseError:
            log.exception("An import stopped.")
            outcome = replace(
                ImportResult(total=len(table.rows)),
                problem=gettext("The database stopped the import: nothing was written. Try again."),
            )
        if outcome.is_kept:
            default_storage.delete(request.session[SESSION_KEY]["path"])
        facts = {**context, "outcome": outcome, "is_preview": expected is None}
        yield render_to_string("admin/import_outcome.html", facts, request)
        yield end


def file_answer(
    resource: TableResource, records: models.QuerySet[Any], kind: FileKind
) -> HttpResponseBase:
    """Return the answer that holds the records as a file."""
    rows = resource.rows(records)
    if kind == XLSX:
        return FileResponse(write_xlsx(resource.header, rows), content_type=kind.media_type)
    return StreamingHttpResponse(
        write_csv(resource.header, rows), content_type=f"{kind.media_type}; charset=utf-8"
    )


def progress(done: int, total: int) -> str:
    """Return a line that says how far it is."""
    counts = {"done": done, "total": total}
    shown = {name: number_format(count, force_grouping=True) for name, count in counts.items()}
    words = gettext("%(done)s of %(total)s rows") % shown
    return format_html('<p class="import-step" role="status">{}</p>\n', words)

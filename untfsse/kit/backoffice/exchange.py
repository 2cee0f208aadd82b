"""Import and export: a noun's list as a file, and a file looked at before it is taken over."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from untfsse.kit.backoffice.imports import KINDS, ImportMixin
from untfsse.kit.exchange import TableResource, write_csv, write_xlsx
from untfsse.kit.forms.uploads import XLSX, FileKind
from untfsse.kit.records.roles import can


class ImportExportMixin(ImportMixin):
    """The pages of a noun's import and export."""

    def get_urls(self) -> list[Any]:
        opts = self.opts
        view = self.admin_site.admin_view
        name = f"{opts.app_label}_{opts.model_name}"
        return [
            path("export/<slug:suffix>/", view(self.export_view), name=f"{name}_export"),
            path("import/<int:pk>/", view(self.import_view), name=f"{name}_import"),
            *super().get_urls(),
        ]

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

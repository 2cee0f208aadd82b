"""Preview: the public page of a record, stored or as it was typed, for the back office alone."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext

from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.pages.preview import is_open, page_of, preview
from untfsse.kit.records.publishing import error_text

PREVIEW = "_preview"


class PreviewedError(Exception):
    """Ends a save whose outcome was only to be looked at: what was written is taken back."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__("previewed")
        self.response = response


class PreviewMixin(DjangoModelAdmin):
    """The preview of a noun, and the way from a record to its public page."""

    def get_urls(self) -> list[Any]:
        opts = self.opts
        view = self.admin_site.admin_view(self.preview_view)
        name = f"{opts.app_label}_{opts.model_name}_preview"
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a stored record as readers would see it."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return self.show(request, record)

    def show(self, request: HttpRequest, record: Any) -> HttpResponse:
        """Return the public page and nothing else; or why there would be none."""
        try:
            response = HttpResponse(preview(record, request))
        except ValidationError as error:
            context = {
                **self.admin_site.each_context(request),
                "title": gettext("Preview"),
                "subtitle": str(record),
                "opts": self.opts,
                "record": record,
                "reason": error_text(error),
            }
            response = TemplateResponse(request, "admin/preview.html", context).render()
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
        return response

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what was typed as readers would see it, without keeping it, where that is asked."""
        try:
            response: HttpResponse = super().changeform_view(request, *args, **kwargs)
        except PreviewedError as previewed:
            return previewed.response
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """End a save that was asked for as a preview."""
        self.end_preview(request, obj)
        return super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """End a first save that was asked for as a preview."""
        self.end_preview(request, obj)
        return super().response_add(request, obj, *args, **kwargs)

    def end_preview(self, request: HttpRequest, record: Any) -> None:
        """Raise the page if that is what was asked."""
        if PREVIEW in request.POST:
            fresh = type(record)._default_manager.get(pk=record.pk)
            raise PreviewedError(self.show(request, fresh))

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the preview of what is stored and of what is typed."""
        opts = self.opts
        record = context.get("original")
        if getattr(self.model, "get_absolute_url", None):
            context["has_preview"] = not context.get("is_popup")
            if record is not None:
                name = f"admin:{opts.app_label}_{opts.model_name}_preview"
                context["preview_url"] = reverse(name, args=[record.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Lead to the public page on which a record stands, once readers find it."""
        if obj is None or not is_open(obj):
            return None
        page: Any = page_of(obj)
        address: str = page.get_absolute_url()
        return address

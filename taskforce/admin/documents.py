"""Documents and their renditions in languages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from taskforce.forms import DocumentFileField
from taskforce.models import Document, Rendition
from taskforce.services.documents import attach_file
from untfsse.kit.backoffice import ModelAdmin, RecordAdmin, TabularInline
from untfsse.kit.forms.model_forms import ModelForm


class RenditionForm(ModelForm):
    """A file is accepted by its content; its size, hash and kind are noted."""

    file = DocumentFileField(label=_("File"), required=False)

    def _post_clean(self) -> None:
        uploaded: Any = self.cleaned_data.get("file")
        if hasattr(uploaded, "inspected"):
            attach_file(self.instance, uploaded, uploaded.inspected)
            self.cleaned_data["file"] = self.instance.file
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        """Check the hash too, though no box shows it: the same file is not kept twice."""
        return super()._get_validation_exclusions() - {"sha256"}  # type: ignore[misc,no-any-return]


class RenditionInline(TabularInline):
    """The document in each language: a file or a link."""

    model = Rendition
    form = RenditionForm
    fields = ("language", "file", "url", "file_name", "bytes", "sha256")
    readonly_fields = ("file_name", "bytes", "sha256")
    show_change_link = False


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    """Documents of meetings and of instruments."""

    list_display = ("title", "kind", "owner", "audience", "status", "evidence")
    list_filter: ClassVar = ["kind", "audience", *RecordAdmin.list_filter]
    list_select_related = ("meeting", "instrument")
    search_fields = ("title", "symbol", "slug")
    search_help_text = _("Words of the title, or the symbol; accents do not matter.")
    date_hierarchy = "issued_on_first"
    consequences: ClassVar = {
        "meeting": _("Readers see the document only where they see the meeting."),
        "instrument": _("Readers see the document only where they see the instrument."),
    }
    prepopulated_fields: ClassVar = {"slug": ["title"]}
    ordering = ("-sort_on", "-id")
    inlines = (RenditionInline,)
    fields: ClassVar = [
        "title",
        "slug",
        ("kind", "symbol"),
        "issued_on",
        "meeting",
        "instrument",
        "audience",
        "licence",
        "summary",
        "tags",
    ]

    @admin.display(description=_("belongs to"))
    def owner(self, document: Document) -> str:
        """Return the meeting or the instrument."""
        return str(document.meeting or document.instrument)


@admin.register(Rendition)
class RenditionAdmin(ModelAdmin):
    """Documents in one language."""

    form = RenditionForm
    is_part = True
    list_display = ("__str__", "document", "file_name", "media_type", "bytes")
    list_filter = ("language",)
    list_select_related = ("document",)
    search_fields = ("document__title", "file_name")
    date_hierarchy = "document__issued_on_first"
    readonly_fields = ("file_name", "bytes", "sha256", "media_type")

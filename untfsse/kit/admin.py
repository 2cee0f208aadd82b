"""What only the database writes, to look at."""

from django.contrib import admin

from untfsse.kit.backoffice import accounts
from untfsse.kit.backoffice.base import ReadOnlyAdmin
from untfsse.kit.history.changes import Change
from untfsse.kit.loading import LoadedRow
from untfsse.kit.records.addresses import FormerAddress


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


@admin.register(LoadedRow)
class LoadedRowAdmin(ReadOnlyAdmin):
    """What the files of records last gave to a record, to tell an edit from the load."""

    list_display = ("table", "key", "file", "record_id")
    list_filter = ("file", "table")
    search_fields = ("key",)


__all__ = ["accounts"]

"""Metadata in a template: what the frame says to machines of the record whose page it is."""

from typing import Any

from django import template

from untfsse.kit.pages.metadata import metadata_of
from untfsse.kit.records.noun import address_name
from untfsse.kit.records.record import Record

register = template.Library()


@register.simple_tag(takes_context=True)
def metadata_of_page(context: Any) -> str:
    """Return the metadata of the record that a page shows; "" on other pages."""
    request = context.get("request")
    record = record_of_page(context, getattr(request, "resolver_match", None))
    return metadata_of(record, request.build_absolute_uri) if record else ""


def record_of_page(context: Any, match: Any) -> Record | None:
    """Return the record of a page, whichever name its view gives it; None where there is none."""
    if match is None or not match.view_name.endswith("_detail") or "slug" not in match.kwargs:
        return None
    # By its type: who looks into the token of a form, which is made when asked for, sets a cookie.
    records = [value for value in context.flatten().values() if issubclass(type(value), Record)]
    return next(
        (
            record
            for record in records
            if record.slug == match.kwargs["slug"]
            and address_name(record, "detail") == match.view_name
        ),
        None,
    )

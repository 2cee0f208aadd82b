"""The pages of citing: facts as sentences, and a text as a file for programs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from untfsse.kit.citing.facts import facts_of
from untfsse.kit.citing.formats import FORMATS
from untfsse.kit.citing.references import reference_of
from untfsse.kit.citing.styles import styled
from untfsse.kit.pages.as_of import as_of
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.noun import address_name, label_of, list_address

type View = Callable[..., HttpResponse]


def cite_page(model: Any) -> View:
    """Return the view of the ways to cite a record of a noun.

    It says the day on which it was read, so it is never kept.
    """

    @require_safe
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        user, moment = request.user, as_of(request)
        record = get_record_or_404(model.objects.for_citation, user, slug)
        facts = facts_of(record, user, on=moment.day)
        reference = reference_of(record)
        context = {
            "record": record,
            "label": label_of(model),
            "list_url": list_address(model),
            "facts": [
                (fact, fact.sentence(request.build_absolute_uri(fact.url), read_on=moment.today))
                for fact in facts
            ],
            "has_days": any(fact.on for fact in facts),
            "as_of": moment,
            "styles": styled(with_address(reference, request)) if reference else {},
            "files": files_of(record) if reference else [],
        }
        response = render(request, "cite.html", context)
        patch_cache_control(response, private=True)
        return response

    view.__name__ = f"{model.noun.name}_cite"
    return view


def cite_file(model: Any) -> View:
    """Return the view that hands out the reference of a text in a format."""

    @require_safe
    def view(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
        form = FORMATS.get(ending)
        if form is None:
            raise Http404
        user = request.user
        record = get_record_or_404(model.objects.for_citation, user, slug)
        reference = reference_of(record)
        if reference is None:
            raise Http404
        name = f"{record.slug}.{ending}"
        return HttpResponse(
            form.write(with_address(reference, request)),
            content_type=f"{form.media_type}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    view.__name__ = f"{model.noun.name}_reference"
    return view


def with_address(reference: Any, request: HttpRequest) -> Any:
    """Return a reference whose address is whole."""
    return replace(reference, url=request.build_absolute_uri(reference.url))


def files_of(record: Any) -> list[tuple[str, str]]:
    """Return each format's name and the address of its file."""
    name = address_name(type(record), "reference")
    return [
        (form.label, reverse(name, args=[record.slug, form.ending])) for form in FORMATS.values()
    ]

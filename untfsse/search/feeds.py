"""Feeds: what changed last among all that a search finds."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from untfsse.kit.kept import keep
from untfsse.kit.pages.feeds import answer_feed
from untfsse.kit.pages.filters import ListForm
from untfsse.kit.records.noun import label_of
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.rest.problems import refuse_bad_parameters
from untfsse.search.asking import LONGEST, clean
from untfsse.search.hits import address_at, place
from untfsse.search.nouns import RECORDS, visible
from untfsse.search.reading import read
from untfsse.search.writing import terms_of

TITLE = _("Search of the UN Task Force on Social and Solidarity Economy")


class SearchForm(ListForm):
    """What a search can be asked."""

    q = forms.CharField(max_length=LONGEST)
    kind = forms.ChoiceField(
        choices=lambda: [(kind, label_of(model)) for kind, model in RECORDS.items()], required=False
    )

    def clean_q(self) -> str:
        """Return the words as the search reads them, which are as much as none without a letter."""
        q: Any = self.fields["q"]
        return str(q.clean(clean(self.cleaned_data["q"])))


@keep("q", "kind", "cursor")
@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """Give what a visitor finds, by what changed last; only what matches, no guesses."""
    form = SearchForm(request.GET)
    refuse_bad_parameters(form)
    asked = {name: form.cleaned_data[name] for name in ("kind", "q") if form.cleaned_data[name]}
    kind, text = asked.get("kind"), asked["q"]
    parts = [found_of(each, text) for each in ([kind] if kind else RECORDS)]
    label = label_of(RECORDS[kind]) if kind else ""
    return answer_feed(request, parts, "search", asked, [TITLE, label, text], address_of)


def found_of(kind: str, text: str) -> Any:
    """Return the records of a noun that a visitor finds, each with the page where it stands."""
    rows = visible(kind, VISITOR).filter(search=terms_of(read(text)))
    return rows.defer("search").annotate(hit_place=place(kind, VISITOR))


def address_of(record: Any) -> str:
    """Return the address of the page where a record stands."""
    home, slug, _anchor, _role = record.hit_place
    return address_at(home, slug)

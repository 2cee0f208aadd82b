"""What an organization has to do with the Encyclopedia: it funds or edits, its people write."""

import datetime as dt

from django.db.models import DateField, Q, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext_lazy as _

from encyclopedia.models import Authorship, Entry, Work
from taskforce.models import Organization
from untfsse.kit.pages.gathering import Source, takes_part
from untfsse.kit.records.publication import Reader


@takes_part(Organization)
def entries(organization: int, user: Reader, until: dt.date | None) -> Source:
    """Say the entries that its people wrote."""
    written = Authorship.objects.visible_to(user).filter(person__organization=organization)
    found = Entry.objects.visible_to(user).filter(pk__in=written.values("entry"))
    if until:
        found = found.exclude(part__work__year__gt=ExtractYear(Cast(Value(until), DateField())))
    return Source(_("Entries by its people"), Entry, found.order_by("number", "id"))


@takes_part(Organization)
def works(organization: int, user: Reader, _today: dt.date) -> Source:
    """Say the works that it funded, or edited as their committee."""
    rule = Q(funding_organization=organization) | Q(editing_organization=organization)
    found = Work.objects.visible_to(user).filter(rule)
    return Source(_("Works it funded or edited"), Work, found.order_by("title_key", "id"))

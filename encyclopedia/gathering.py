"""What the people of an organization wrote."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from encyclopedia.models import Authorship, Entry
from taskforce.models import Organization
from untfsse.kit.pages.gathering import Source, takes_part
from untfsse.kit.records.publication import Reader


@takes_part(Organization)
def entries(organization: Organization, user: Reader, until: dt.date | None) -> Source:
    """Say the entries that its people wrote."""
    written = Authorship.objects.visible_to(user).filter(person__organization=organization)
    found = Entry.objects.visible_to(user).filter(pk__in=written.values("entry"))
    if until:
        found = found.exclude(part__work__year__gt=until.year)
    return Source(_("Entries by its people"), Entry, found.order_by("number", "id"))

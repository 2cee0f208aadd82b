"""Documents: files come in, inspected, hashed and kept under their hash."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from taskforce.models import Document, Rendition
from untfsse.kit.forms.uploads import Inspected, Upload, inspect, keep
from untfsse.kit.records.roles import Actor, require


def attach_file(rendition: Rendition, uploaded: Upload) -> Inspected:
    """Keep an uploaded file and let a rendition, not yet saved, describe it.

    A form's `clean` may call this too. Raises ValidationError when the file is not accepted.
    """
    inspected = getattr(uploaded, "inspected", None) or inspect(uploaded)
    rendition.file = keep(uploaded, inspected)
    rendition.url = ""
    rendition.file_name = inspected.name
    rendition.bytes = inspected.bytes
    rendition.sha256 = inspected.sha256
    rendition.media_type = inspected.kind.media_type
    return inspected


@transaction.atomic
def store_rendition(rendition: Rendition, uploaded: Upload, *, by: Actor) -> Rendition:
    """Give a rendition, new or known, its file; a link that stood there goes."""
    require(by, "change" if rendition.pk else "add", Rendition)
    document = Document.objects.select_for_update(of=("self",)).get(pk=rendition.document_id)
    same = document.renditions.filter(language=rendition.language).exclude(pk=rendition.pk)
    inspected = attach_file(rendition, uploaded)
    if same.filter(sha256=inspected.sha256).exists():
        raise ValidationError(_("This file is kept with this document already."))
    rendition.full_clean()
    rendition.save()
    return rendition

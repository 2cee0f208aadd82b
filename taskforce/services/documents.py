"""Documents: files come in, inspected, hashed and kept under their hash."""

from django.core.files.storage import default_storage

from taskforce.models import Rendition
from untfsse.kit.forms.uploads import Inspected, Upload

FOLDER = "documents"


def attach_file(rendition: Rendition, uploaded: Upload, inspected: Inspected) -> None:
    """Keep an inspected file and let a rendition, not yet saved, describe it."""
    rendition.file = keep(uploaded, inspected)
    rendition.file_name = inspected.name
    rendition.bytes = inspected.bytes
    rendition.sha256 = inspected.sha256
    rendition.media_type = inspected.kind.media_type


def keep(file: Upload, inspected: Inspected) -> str:
    """Store a file by its content, never by its name, once; return its name in the storage."""
    path = f"{FOLDER}/{inspected.sha256[:2]}/{inspected.sha256}{inspected.kind.suffixes[0]}"
    if not default_storage.exists(path):
        file.seek(0)
        return default_storage.save(path, file)
    return path

"""Documents: files come in, inspected and hashed, and are kept under their hash with their row."""

from taskforce.models import Rendition
from untfsse.kit.forms.uploads import Inspected, Upload


def attach_file(rendition: Rendition, uploaded: Upload, inspected: Inspected) -> None:
    """Let a rendition describe an inspected file, which is kept once the rendition is saved."""
    rendition.file = uploaded
    rendition.file_name = inspected.name
    rendition.bytes = inspected.bytes
    rendition.sha256 = inspected.sha256
    rendition.media_type = inspected.kind.media_type

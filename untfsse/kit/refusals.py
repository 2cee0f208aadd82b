"""What the database refuses, in words."""

from django.db import IntegrityError
from django.utils.translation import gettext as _


def refusal(error: IntegrityError) -> str:
    """Return what the database said when it refused, as a sentence."""
    diagnosis = getattr(error.__cause__, "diag", None)
    reason = getattr(diagnosis, "message_primary", None) or str(error)
    return _("The database keeps a rule that refuses this: %(reason)s.") % {"reason": reason}

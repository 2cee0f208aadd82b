"""What the database refuses, in words."""

from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import gettext as _


def refusal(error: IntegrityError) -> str:
    """Return why the database refused: the sentence of the rule, or what it said itself."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if name and rule.name == name:
                return str(rule.get_violation_error_message())
    reason = getattr(diagnosis, "message_primary", None) or str(error)
    return _("The database keeps a rule that refuses this: %(reason)s.") % {"reason": reason}

"""What the database refuses, in words."""

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
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


def sentences(error: ValidationError) -> list[tuple[str, str]]:
    """Return each sentence of a refusal with its field; "" for the record as a whole."""
    if not hasattr(error, "error_dict"):
        return [("", sentence) for sentence in error.messages]
    return [
        ("" if name == NON_FIELD_ERRORS else name, sentence)
        for name, found in error.message_dict.items()
        for sentence in found
    ]

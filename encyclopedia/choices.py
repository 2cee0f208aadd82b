"""The words of the Encyclopedia: closed vocabularies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EditorRole(TextChoices):
    """What somebody did for the whole work."""

    LEAD_EDITOR = "lead_editor", _("Lead editor")
    EDITOR = "editor", _("Editor")


class SuggestionKind(TextChoices):
    """What is suggested for an entry."""

    AUTHOR = "author", _("Author")
    TAG = "tag", _("Topic")
    SDG = "sdg", _("SDG")
    RELATED = "related", _("Related entry")

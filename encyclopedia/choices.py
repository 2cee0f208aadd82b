"""The words of the Encyclopedia: closed vocabularies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from taskforce.choices import Licence

LICENCE_URLS = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC_SA_IGO: "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/",
    Licence.CC_BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
}


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

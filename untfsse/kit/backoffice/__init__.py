"""The back office: what all nouns share, and what the kit itself keeps."""

from untfsse.kit.backoffice.acts import Act, offer, refuse
from untfsse.kit.backoffice.base import (
    EvidencedAdmin,
    ModelAdmin,
    RecordAdmin,
    StackedInline,
    TabularInline,
)
from untfsse.kit.backoffice.lists import EVENT_COLUMN, TENURE_COLUMN, ChosenFilter
from untfsse.kit.backoffice.suggestions import SuggestionAdmin, SuggestionInline, suggestion_acts

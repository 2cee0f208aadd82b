"""The form of a report: short, for everybody, without JavaScript."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from untfsse.kit.error_reports.models import LONGEST
from untfsse.kit.records.characters import refuse_invisible

LONGEST_PATH = 300


class ErrorReportForm(forms.Form):
    """What is wrong on which page, and how it is known."""

    page = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8_000)
    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_invisible],
        help_text=_("At most 2,000 characters. Please no personal data of others."),
    )
    evidence_url = forms.URLField(
        label=_("How do you know? A link, if there is one"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    email = forms.EmailField(
        label=_("Your mail address, if you wish an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only the secretariat sees it. It is deleted when the report is closed."),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    """A trap: programs fill it in, people do not see it."""

    def clean_page(self) -> str:
        """Return a path of this portal; the home page for anything else."""
        path: str = self.cleaned_data["page"]
        is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
        return path if is_ours and len(path) <= LONGEST_PATH and path.isprintable() else "/"

    @property
    def asked(self) -> list[Any]:
        """The fields that people see."""
        return [field for field in self.visible_fields() if field.name != "website"]

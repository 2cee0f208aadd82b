"""Form fields of the back office: sources, lists, and text kept as it was."""

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

SEPARATOR = " | "
LINE = re.compile(r"(?P<title>.*?)\s*\|\s*(?P<url>https?://\S*)")
NEARLY = re.compile(r".*\|\s*([^\s|]+\.[^\s|]+|\s*)")


class PlainTextarea(AdminTextareaWidget):
    """A box for long text; line ends are stored as they are kept everywhere else."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the text with line ends of one character."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value else value


class LinesField(forms.CharField):
    """A list of texts, one a line; the model's own validators look at each."""

    widget = PlainTextarea

    def __init__(self, **kwargs: Any) -> None:
        for name in ("encoder", "decoder"):
            kwargs.pop(name, None)
        kwargs["help_text"] = _("One a line.")
        super().__init__(**{**kwargs, "widget": PlainTextarea(attrs={"rows": 3})})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that are not blank."""
        if isinstance(value, list):
            return value
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def run_validators(self, value: Any) -> None:
        """Leave the items to the model."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists."""
        return bool(self.to_python(initial) != self.to_python(data))


class SourcesFormField(LinesField):
    """The sources of a fact: one a line, its title, then ` | ` and its web address if any."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a CharField takes; the help says how a line is written."""
        super().__init__(**kwargs)
        self.help_text = _(
            "One source a line: its title, a bar, its web address: "
            "“Report of the meeting | https://example.org/report”. Readers see the list."
        )

    def prepare_value(self, value: Any) -> Any:
        """Show each source as a line."""
        if not isinstance(value, list):
            return value
        return "\n".join(self.write(source) for source in value)

    @staticmethod
    def write(source: Any) -> str:
        """Return a source as a line."""
        if not isinstance(source, dict):
            return str(source)
        title = str(source.get("title") or "")
        return f"{title}{SEPARATOR}{source['url']}" if source.get("url") else title

    def to_python(self, value: Any) -> Any:
        """Return a list of {title, url}; each line that cannot be read is named."""
        if isinstance(value, list):
            return value
        errors, sources = [], []
        for number, line in enumerate(super().to_python(value), start=1):
            try:
                sources.append(self.read(line))
            except ValidationError as error:
                errors.append(
                    ValidationError(
                        _("Line %(number)s: %(reason)s"),
                        params={"number": number, "reason": error.messages[0]},
                    )
                )
        if errors:
            raise ValidationError(errors)
        return sources

    @staticmethod
    def read(line: str) -> dict[str, str | None]:
        """Read one line; raises ValidationError with the reason."""
        match = LINE.fullmatch(line)
        title, url = (match["title"], match["url"]) if match else (line, None)
        if not title or title.startswith(("http://", "https://")):
            raise ValidationError(_("Write a title before the web address."))
        if url is None and NEARLY.fullmatch(line):
            raise ValidationError(_("What follows the bar is not a web address."))
        if url:
            try:
                URLValidator(schemes=["http", "https"])(url)
            except ValidationError:
                raise ValidationError(_("What follows the bar is not a web address.")) from None
        return {"title": title, "url": url}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the sources; what cannot be read is a change."""
        try:
            return super().has_changed(initial, data)
        except ValidationError:
            return True


class ChoicesField(forms.TypedMultipleChoiceField):
    """Several words of a closed vocabulary; their order does not matter."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what the field takes; an empty list when nothing is ticked."""
        super().__init__(**{**kwargs, "empty_value": []})

    def clean(self, value: Any) -> Any:
        """Return a list."""
        return list(super().clean(value) or [])

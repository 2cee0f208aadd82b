"""Form fields of the back office: sources, lists, and text kept as it was."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.utils.translation import gettext_lazy as _

SEPARATOR = " | "
WEB = ("http://", "https://")
MOST_CHARACTERS = 100_000
"""Of a text, and of a box with a list."""
MOST_LINES = 200
MOST_TOPICS = 50
LONGEST_TOPIC = 100


class PlainTextarea(AdminTextareaWidget):
    """A box for long text; line ends are stored as they are kept everywhere else."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the text with line ends of one character."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value else value


class LongTextFormField(forms.CharField):
    """A text of some pages."""

    widget = PlainTextarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": MOST_CHARACTERS, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the limit to the form: a browser would cut off what is pasted and say nothing."""
        return {}


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
        """Return the lines that are not blank. Raises ValidationError for too much of them."""
        if isinstance(value, list):
            return value
        text = str(value or "")
        MaxLengthValidator(MOST_CHARACTERS)(text)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            words = _("Write at most %(most)s lines (these are %(count)s).")
            raise ValidationError(words % {"most": MOST_LINES, "count": len(lines)})
        return lines

    def run_validators(self, value: Any) -> None:
        """Leave the items to the model."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the lists; what cannot be read is a change."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


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
        title, url = split_source(line.strip())
        if not title or title.startswith(WEB):
            raise ValidationError(_("Write a title before the web address."))
        if url is None and ends_nearly_in_address(line):
            raise ValidationError(_("What follows the bar is not a web address."))
        if url:
            try:
                URLValidator(schemes=["http", "https"])(url)
            except ValidationError:
                raise ValidationError(_("What follows the bar is not a web address.")) from None
        return {"title": title, "url": url}


def split_source(line: str) -> tuple[str, str | None]:
    """Return the title and the web address: what stands behind the first bar before one.

    No pattern: one that looks for the blanks around a bar asks again at each of them.
    """
    last = line.rsplit(None, 1)[-1] if line else ""
    before = line.removesuffix(last).rstrip()
    if before.endswith("|") and last.startswith(WEB):
        return before[:-1].rstrip(), last
    bars = [at for web in WEB if (at := last.find(f"|{web}")) >= 0]
    if not bars:
        return line, None
    start = len(line) - len(last) + min(bars)
    return line[:start].rstrip(), line[start + 1 :]


def ends_nearly_in_address(line: str) -> bool:
    """Whether nothing, or a word with a point inside, follows the last bar."""
    _title, bar, after = line.strip().rpartition("|")
    word = after.strip()
    return bool(bar) and (not word or (len(word.split()) == 1 and "." in word[1:-1]))


def refuse_long_topics(names: list[str]) -> None:
    """Raise ValidationError for a topic that is too long, and for too many."""
    for name in names:
        if len(name) > LONGEST_TOPIC:
            words = _("A topic has at most %(most)s characters: “%(name)s…” has %(count)s.")
            facts = {"most": LONGEST_TOPIC, "name": name[:20], "count": len(name)}
            raise ValidationError(words % facts)
    if len(names) > MOST_TOPICS:
        words = _("A record has at most %(most)s topics (these are %(count)s).")
        raise ValidationError(words % {"most": MOST_TOPICS, "count": len(names)})


class ChoicesField(forms.TypedMultipleChoiceField):
    """Several words of a closed vocabulary; their order does not matter."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what the field takes; an empty list when nothing is ticked."""
        super().__init__(**{**kwargs, "empty_value": []})

    def clean(self, value: Any) -> Any:
        """Return a list."""
        return list(super().clean(value) or [])

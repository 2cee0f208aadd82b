"""Rich text: the few tags that minutes need, cleaned on the way in and on the way out."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import nh3
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.templatetags.static import static
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TEXT = {"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "sup", "sub", "a", "blockquote"}
TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
SPANS = {name: {str(number) for number in range(2, 51)} for name in ("colspan", "rowspan")}
CLEANER = nh3.Cleaner(
    tags=TEXT | TABLE,
    attributes={"a": {"href"}},
    tag_attribute_values={"td": SPANS, "th": SPANS},
    url_schemes={"http", "https"},
    link_rel="noopener noreferrer",
    strip_comments=True,
)
KEPT_AS = {
    **dict.fromkeys(("h1", "h2"), "h3"),
    **dict.fromkeys(("h5", "h6"), "h4"),
    **dict.fromkeys(("address", "dd", "div", "dt", "figcaption", "pre", "section"), "p"),
    "b": "strong",
    "i": "em",
}
"""What other programs write, and the tag of ours that says it."""
OTHER_TAG = re.compile(rf"<(/?)({'|'.join(KEPT_AS)})(?=[\s/>])", re.IGNORECASE)
EMPTY = re.compile(r"<p>\s*</p>")
BLOCK_END = re.compile(r"(?:(?:</p>)?</t[dh]>|</(?:p|li|h3|h4|blockquote|caption)>|<br */?>)\n?")
PICTURE = re.compile(r"<(?:img|svg|video|object|embed)[\s/>]", re.IGNORECASE)
MAX_CHARACTERS = 200_000
EDITOR = "django_prose_editor/editor.js"


def sanitize(html: str) -> str:
    """Return the text with allowed tags only; scripts and styles go with their content.

    What holds no words, as the editor's empty paragraph, becomes an empty text. Words of tags
    that are not kept stay, and blocks stay apart.
    """
    known, others = OTHER_TAG.subn(lambda tag: f"<{tag[1]}{KEPT_AS[tag[2].lower()]}", html)
    cleaned = CLEANER.clean(known).strip()
    if others:
        cleaned = EMPTY.sub("", cleaned)
    words = nh3.clean(cleaned, tags=set()).replace("&nbsp;", "")
    return cleaned if words.strip() else ""


def safe_html(text: str) -> SafeString:
    """Return a stored text for a page: cleaned again; plain text gets its paragraphs."""
    is_plain = not nh3.is_html(text)
    return mark_safe(sanitize(linebreaks(text, autoescape=True) if is_plain else text))  # noqa: S308


def as_plain(html: str) -> str:
    """Return the words of a text, a paragraph or a cell a line; no HTML: escape them on a page."""
    lines = BLOCK_END.sub("\n", html).replace("<sup>", "^").replace("<sub>", "_")
    return unescape(nh3.clean(lines, tags=set())).strip()


def left_out(count: int) -> str:
    """Say how many pictures a text does not keep."""
    return ngettext(
        "%(count)s picture was left out. A text holds none.",
        "%(count)s pictures were left out. A text holds none.",
        count,
    ) % {"count": count}


def pictures_left_out(filled: Iterable[forms.BaseForm]) -> Iterator[str]:
    """Give a sentence for each box of some cleaned forms in which there were pictures."""
    for form in filled:
        for box in form:
            if count := getattr(box.field, "pictures", 0):
                yield f"“{box.label}”: {left_out(count)}"


class RichTextWidget(forms.Textarea):
    """A textarea that a script of ours turns into an editor; without it, one writes HTML.

    The script loads django-prose-editor by its address and builds the toolbar itself: the
    package's own loader needs an inline import map, which the content security policy refuses.
    """

    class Media:
        css = {"all": ["css/richtext.css"]}
        js = [forms.Script("js/richtext.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Tell the script where the editor is, and the words of the toolbar."""
        context = super().get_context(name, value, attrs)
        words = {
            "toolbar": _("Layout"),
            "bold": _("Bold"),
            "italic": _("Italic"),
            "heading": _("Heading"),
            "subheading": _("Subheading"),
            "bullets": _("List with bullets"),
            "numbers": _("Numbered list"),
            "quote": _("Quotation"),
            "link": _("Link"),
            "address": _("Web address of the link"),
            "set": _("Set the link"),
            "remove": _("Remove the link"),
            "undo": _("Undo"),
            "redo": _("Redo"),
            "picture": left_out(1),
            "pictures": left_out(2).replace("2", "%", 1),
        }
        context["widget"]["attrs"] |= {
            "data-richtext": static(EDITOR),
            "data-richtext-words": json.dumps(words),
        }
        return context


class RichTextFormField(forms.CharField):
    """Rich text in a form: cleaned before anything else sees it."""

    widget = RichTextWidget
    pictures = 0
    """How many there were in what was cleaned last."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": MAX_CHARACTERS, **kwargs})

    def clean(self, value: Any) -> Any:
        """Count the pictures that go, so that somebody may be told."""
        self.pictures = len(PICTURE.findall(str(value or "")))
        return super().clean(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the limit to the form: the browser would count the tags."""
        return {}

    def to_python(self, value: Any) -> str:
        """Return the cleaned text; one that is too long is not even read."""
        text = super().to_python(value) or ""
        MaxLengthValidator(MAX_CHARACTERS)(text)
        return sanitize(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored: the editor may write the same text in other tags."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

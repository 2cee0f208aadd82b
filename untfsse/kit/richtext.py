"""Rich text: the few tags that minutes need, cleaned on the way in and on the way out."""

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote"}
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes={"http", "https"},
    link_rel="noopener noreferrer",
    strip_comments=True,
)


def sanitize(html: str) -> str:
    """Return the text with allowed tags only; scripts and styles go with their content."""
    return CLEANER.clean(html)


def safe_html(text: str) -> SafeString:
    """Return a stored text for a page: cleaned again; plain text gets its paragraphs."""
    is_plain = not nh3.is_html(text)
    cleaned = sanitize(linebreaks(text, autoescape=True) if is_plain else text)
    return mark_safe(cleaned)  # noqa: S308

"""What a test reads on a page: its words, a section, the thread."""

import re
from typing import Any

from django.utils.html import strip_tags

BLOCK = re.compile(r"</?(?:dd|div|dt|h\d|li|p|td|th)\b[^>]*>")
HIDDEN = re.compile(r"<(title|svg|select).*?</\1>", re.DOTALL)


def plain(html: str) -> str:
    """Return the text of some HTML in single spaces."""
    return " ".join(strip_tags(BLOCK.sub(" ", HIDDEN.sub(" ", html))).split())


def words_of(response: Any) -> str:
    """Return the text of a page that was found, without tags, in single spaces."""
    assert response.status_code == 200
    html = response.content.decode()
    return plain(html)


def text_of(page: Any) -> str:
    """Return what a page says in its body, with single spaces."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(strip_tags(main).split())


def titles_of(page: Any) -> list[str]:
    """Return the titles of a listing."""
    found = re.findall(r'class="item-title"><a href="[^"]+">(.*?)</a>', page.content.decode())
    return [strip_tags(title) for title in found]


def facts_of(page: Any) -> dict[str, str]:
    """Return the labels and values of a page."""
    rows = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page.content.decode(), re.DOTALL)
    return {strip_tags(label): " ".join(strip_tags(value).split()) for label, value in rows}


def part_of(response: Any, heading: str) -> str:
    """Return the text of the section that a heading of this id opens."""
    html = response.content.decode()
    start = html.index(f'aria-labelledby="{heading}"')
    return plain("<" + html[start : html.index("</section>", start)])


def strand(response: Any, label: str) -> list[str]:
    """Return the titles on a strand of the thread."""
    strands = response.context["strands"]
    return [str(link.title) for one in strands if str(one.label) == label for link in one.links]

"""Metadata: an entry of the Encyclopedia in words of schema.org."""

from typing import Any

from encyclopedia.citations import editors_of
from encyclopedia.models import Entry
from taskforce.choices import LICENCE_URLS
from untfsse.kit.pages.metadata import describes


@describes(Entry)
def entry(record: Entry) -> dict[str, Any]:
    """Return an entry as a chapter of its book; the description is ours, the text theirs."""
    work = record.part.work
    return {
        "@type": "Chapter",
        "position": record.number,
        "pagination": record.pages,
        "author": [people(row.person.name) for row in record.authorships.all()],
        "license": LICENCE_URLS.get(record.licence),
        "sameAs": [
            record.doi and f"https://doi.org/{record.doi}",
            record.knowledge_hub_url,
            record.publisher_url,
        ],
        "isPartOf": {
            "@type": "Book",
            "name": work.title,
            "isbn": work.isbn_ebook or work.isbn_hardback,
            "datePublished": str(work.year or ""),
            "editor": [people(name) for name in editors_of(work)],
            "publisher": {"@type": "Organization", "name": work.publisher},
            "sameAs": work.doi and f"https://doi.org/{work.doi}",
        },
    }


def people(name: str) -> dict[str, str]:
    """Return somebody by name."""
    return {"@type": "Person", "name": name}

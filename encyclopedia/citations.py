"""Citations: how a reader quotes an entry of the book."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from encyclopedia.choices import EditorRole
from encyclopedia.models import Entry, Work
from untfsse.kit.citing.references import Reference, refers
from untfsse.kit.records.dates import PartialDate

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Citation:
    """The pieces of a reference; only the title of the book is set apart by print."""

    start: str
    work: str
    end: str
    url: str

    def __str__(self) -> str:
        return " ".join(
            piece for piece in (self.start, self.work + ".", self.end, self.url) if piece
        )


def cite(entry: Entry, work: Work) -> Citation:
    """Return the reference of an entry; needs its visible authors, and the work's editors."""
    authors = join_names([author.person.name for author in entry.authorships.all()])
    year = f"({work.year})." if work.year else "."
    editors = editors_of(work)
    edited = _("In: %(editors)s (ed.),") % {"editors": join_names(editors)}
    title = f"“{entry.title}”"
    start = [f"{authors} {year}" if authors else f"{title} {year}", f"{title}." if authors else ""]
    start.append(edited if editors else _("In:"))
    place = ": ".join(piece for piece in (work.publisher_places, work.publisher) if piece)
    end = [f"{place}." if place else ""]
    end.append(_("Pages %(pages)s.") % {"pages": entry.pages} if entry.pages else "")
    doi = entry.doi or work.doi
    return Citation(
        " ".join(piece for piece in start if piece),
        work.title,
        " ".join(piece for piece in end if piece),
        f"https://doi.org/{doi}" if doi else "",
    )


def editors_of(work: Work) -> list[str]:
    """Return the names of those who lead the editing; of all editors where nobody does."""
    rows = list(work.editorships.all())
    lead = [row for row in rows if row.role == EditorRole.LEAD_EDITOR]
    return [row.person.name for row in lead or rows]


@refers(Entry)
def refer_to_entry(entry: Entry) -> Reference:
    """Return an entry as a chapter of its book; its text is not ours, so its address is theirs."""
    work = entry.part.work
    return Reference(
        key=entry.slug,
        kind="chapter",
        title=entry.title,
        url=entry.knowledge_hub_url or entry.publisher_url or entry.get_absolute_url(),
        authors=tuple(row.person.name for row in entry.authorships.all()),
        editors=tuple(editors_of(work)),
        container=work.title,
        issued=PartialDate(work.year) if work.year else None,
        publisher=work.publisher,
        place=work.publisher_places,
        pages=entry.pages,
        doi=entry.doi,
        isbn=work.isbn_ebook or work.isbn_hardback,
    )


def join_names(names: Sequence[str]) -> str:
    """Return up to three names; of more, the first with “et al.”."""
    if len(names) > MOST_NAMES:
        return _("%(name)s et al.") % {"name": names[0]}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}

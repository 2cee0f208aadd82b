"""What the rows of the Encyclopedia's file become."""

from pathlib import Path
from typing import Any

from django.utils.text import slugify

from encyclopedia.choices import SuggestionKind
from encyclopedia.models import Authorship, Editorship, Entry, Part, Suggestion, Work
from taskforce.choices import UpdateKind
from taskforce.seed.meetings import agenda_items
from taskforce.seed.organizations import ORGANIZATIONS
from taskforce.seed.people import PEOPLE, load_person
from taskforce.seed.updates import UPDATES
from untfsse.kit.loading import (
    FileRow,
    Load,
    RecordFile,
    SeedModel,
    is_proposed,
    is_unsure,
    read_file,
)
from untfsse.kit.loading.facts import evidence, record, sources
from untfsse.kit.records.evidence import Confidence

FILE = Path(__file__).resolve().parent / "data" / "encyclopedia.yaml"
WORKS = SeedModel("works", Work)
PARTS = SeedModel("parts", Part)
EDITORSHIPS = SeedModel("editors", Editorship, {"person": "name"})
ENTRIES = SeedModel("entries", Entry)


def _is_unconfirmed(authorship: Any) -> str:
    return "unconfirmed author" if is_unsure(authorship) else ""


AUTHORSHIPS = SeedModel("authorships", Authorship, held_back=_is_unconfirmed)
SUGGESTIONS = SeedModel("suggestions", Suggestion, held_back=is_proposed)
FOLDED = "the lower of the two is the confidence of the entry"


def read() -> RecordFile:
    """Read the file; raise BrokenFileError when that is not possible."""
    return read_file(FILE)


def load_records(load: Load, file: RecordFile) -> None:
    """Load all nouns, each after those that it refers to; the Task Force's come before."""
    work, entries = file.row("work"), file.rows("entries")
    slug = slugify(work.text("title"))
    milestones = [row for row in file.rows("milestones") if not _is_told(load, row)]
    load.each(UPDATES, milestones, _load_milestone)
    load.each(WORKS, [work], lambda load, row: _load_work(load, row, slug, milestones))
    load.each(PARTS, file.rows("parts"), lambda load, row: _load_part(load, row, slug))
    _load_people(load, work, entries)
    editors = load.below(EDITORSHIPS, [work], "editors")
    load.each(EDITORSHIPS, editors, lambda load, row: _load_editor(load, row, slug))
    load.each(ENTRIES, entries, lambda load, row: _load_entry(load, row, slug))
    load.each(AUTHORSHIPS, entries, _load_authors)
    load.each(SUGGESTIONS, entries, _load_suggestions)
    _tell_what_is_left(file)


def _tell_what_is_left(file: RecordFile) -> None:
    file.leave(["entries.title_confidence", "entries.number_confidence"], FOLDED)
    file.leave(["entries.page_count"], "the internal note of the entry says it")
    weak = ("isbn_hardback_confidence", "isbn_ebook_confidence", "doi_confidence")
    file.leave([f"work.{name}" for name in weak], "the note of the work says what is recalled")
    file.leave(["work.licence.name", "work.licence.url"], "the licence is kept by its identifier")
    parts = ("sources", "confidence", "title_confidence", "entry_count")
    file.leave([f"parts.{name}" for name in parts], "parts share the evidence of their work")


def _is_told(load: Load, row: FileRow) -> bool:
    update = row.text("told_by")
    if update:
        load.leave_out("milestones", row, f"the update “{update}” tells it")
    return bool(update)


def _load_milestone(load: Load, row: FileRow) -> None:
    values = record(row) | {
        "slug": row.key("id"),
        "title": row.text("title"),
        "kind": UpdateKind.MILESTONE,
        "happened_on": row.date("date"),
        "text": f"{row.text('event')}.",
    }
    organizations = [load.get(ORGANIZATIONS, slug) for slug in row.texts("organizations")]
    links: dict[str, list[Any]] = {
        "meetings": [],
        "organizations": organizations,
        "instruments": [],
    }
    load.put(UPDATES, row, row.key("id"), values, links=links)


def _load_work(load: Load, row: FileRow, slug: str, milestones: list[FileRow]) -> None:
    urls = row.row("urls")
    values = record(row) | {
        "slug": slug,
        "title": row.text("title"),
        "subtitle": row.text("subtitle"),
        "publisher": row.text("publisher"),
        "publisher_places": "; ".join(row.texts("publisher_places")),
        "partner": row.text("partner"),
        "lead": row.text("implementing_agency"),
        "funder": row.text("funder"),
        "funding_organization": load.get(ORGANIZATIONS, row.text("funding_organization")),
        "editing_organization": load.get(ORGANIZATIONS, row.text("editing_organization")),
        "year": row.whole("year"),
        "isbn_hardback": row.text("isbn_hardback"),
        "isbn_ebook": row.text("isbn_ebook"),
        "doi": row.text("doi"),
        "licence": row.row("licence").text("id"),
        "licence_note": row.text("licence_note"),
        "is_open_access": row.flag("open_access"),
        "languages": row.texts("languages"),
        "publisher_url": urls.text("publisher"),
        "knowledge_hub_url": urls.text("knowledge_hub"),
    }
    updates = [*row.texts("updates"), *(milestone.text("id") for milestone in milestones)]
    links = {
        "agenda_items": agenda_items(load, row),
        "updates": [load.get(UPDATES, update) for update in updates],
    }
    load.put(WORKS, row, slug, values, links=links)


def _load_part(load: Load, row: FileRow, work: str) -> None:
    values = {
        "work": load.get(WORKS, work),
        "number": row.whole("number"),
        "title": row.text("title"),
        "first_entry": row.whole("first_entry"),
        "last_entry": row.whole("last_entry"),
    }
    load.put(PARTS, row, f"{work}/{row.whole('number')}", values)


def _load_people(load: Load, work: FileRow, entries: list[FileRow]) -> None:
    """Load editors and authors, each with the surest of what is said about them."""
    said: list[tuple[str, FileRow, str, str]] = []
    for editor in load.below(EDITORSHIPS, [work], "editors"):
        affiliation = editor.text("affiliation").lower()
        said.append((editor.text("confidence"), editor, editor.text("name"), affiliation))
    for entry in entries:
        sure = entry.text("authors_confidence")
        said += [(sure, entry, name, "") for name in entry.texts("authors")]
        said += [(Confidence.LOW, entry, name, "") for name in entry.texts("authors_unconfirmed")]
    said.sort(key=lambda one: Confidence.values.index(one[0]))
    people = {
        slugify(name): (row, name, confidence, at) for confidence, row, name, at in said[::-1]
    }
    for row, name, confidence, affiliation in people.values():
        facts = {"sources": sources(row) or sources(work), "confidence": confidence}
        load_person(load, row, name, facts, affiliation)


def _load_editor(load: Load, row: FileRow, work: str) -> None:
    values = evidence(row, row.owner) | {
        "work": load.get(WORKS, work),
        "person": load.get(PEOPLE, slugify(row.key("name"))),
        "role": row.key("role").replace(" ", "_"),
        "affiliation": row.text("affiliation"),
        "position": row.position,
    }
    load.put(EDITORSHIPS, row, f"{work}/{slugify(row.key('name'))}", values)


def _load_entry(load: Load, row: FileRow, work: str) -> None:
    values = record(row) | {
        "slug": row.key("slug"),
        "part": load.get(PARTS, f"{work}/{row.whole('part')}"),
        "number": row.whole("number"),
        "title": row.text("title"),
        "title_knowledge_hub": row.text("title_knowledge_hub"),
        "summary": row.text("summary"),
        "doi": row.text("doi"),
        "pages": row.text("pages"),
        "knowledge_hub_url": row.text("knowledge_hub_url"),
        "publisher_url": row.text("publisher_url"),
        "publisher_url_status": row.text("publisher_url_status"),
        "authors_confidence": row.text("authors_confidence"),
    }
    load.put(ENTRIES, row, row.key("slug"), values)


def _load_authors(load: Load, row: FileRow) -> None:
    authors = [(name, row.text("authors_confidence")) for name in row.texts("authors")]
    authors += [(name, str(Confidence.LOW)) for name in row.texts("authors_unconfirmed")]
    for position, (name, confidence) in enumerate(authors, start=1):
        values = evidence(row) | {
            "entry": load.get(ENTRIES, row.key("slug")),
            "person": load.get(PEOPLE, slugify(name)),
            "position": position,
            "confidence": confidence,
        }
        load.put(AUTHORSHIPS, row, f"{row.key('slug')}/{slugify(name)}", values)


def _load_suggestions(load: Load, row: FileRow) -> None:
    fields = {
        SuggestionKind.TAG: "suggested_tags",
        SuggestionKind.SDG: "suggested_sdgs",
        SuggestionKind.RELATED: "suggested_related",
    }
    entry = load.get(ENTRIES, row.key("slug"))
    for kind, field in fields.items():
        for value in row.texts(field):
            values = {"entry": entry, "kind": kind, "value": value}
            load.put(SUGGESTIONS, row, f"{row.key('slug')}/{kind}/{value}", values)

"""Resolutions from their files: all languages of a text are taken over whole, or not at all."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from taskforce.akoma_ntoso import AlignedText, Row, Step, align, read_resolution
from taskforce.akoma_ntoso.reading import Key
from taskforce.choices import (
    InstrumentEventKind,
    Language,
    Licence,
    PartyRole,
    VoteMode,
    VoteStage,
)
from taskforce.models import InstrumentEvent, InstrumentParty, PolicyInstrument, Provision, Vote
from taskforce.services.instruments import may_show_text, write_words
from untfsse.kit.history.changes import acting
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.roles import Actor, require

MAX_FILES = 6
ORIGIN = "resolution"
STEPS = {
    "draftResolution": (InstrumentEventKind.TABLED, "Draft tabled"),
    "recommendedForAdoption": (InstrumentEventKind.AGREED, "Recommended for adoption"),
    "adopted": (InstrumentEventKind.ADOPTED, "Adopted"),
}
SPONSORS = {
    "draftResolution": PartyRole.SPONSOR,
    "draftResolutionAdditionalSponsors": PartyRole.CO_SPONSOR,
}
SPONSORING = (PartyRole.MAIN_SPONSOR, PartyRole.SPONSOR, PartyRole.CO_SPONSOR)


@dataclass(slots=True)
class RowOutcome:
    """What becomes of a part of the text: its words by language, and which of them are written."""

    name: str
    is_new: bool
    texts: dict[str, str]
    written: list[str]


@dataclass(slots=True)
class ResolutionOutcome:
    """What files would change, or changed when `is_kept`."""

    symbol: str
    languages: list[str]
    rows: list[RowOutcome] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    fingerprint: str = ""
    is_kept: bool = False


def read_resolutions(files: Iterable[tuple[str, bytes]]) -> AlignedText:
    """Return what the files of a resolution say, each given by its name and content.

    Raises ValidationError with the name of the file that is refused.
    """
    found = []
    for name, content in files:
        try:
            found.append(read_resolution(content))
        except ValidationError as error:
            raise ValidationError([f"{name}: {words}" for words in error.messages]) from None
    if not 0 < len(found) <= MAX_FILES:
        raise ValidationError(_("Give one file, or one for each of the six languages."))
    return align(found)


def take_over_resolution(
    instrument: PolicyInstrument,
    text: AlignedText,
    *,
    expected: str | None = None,
    by: Actor,
) -> ResolutionOutcome:
    """Take a text over into an instrument: symbol, days, provisions, words, steps, vote, sponsors.

    Without `expected` everything is taken back: a preview. With it, the fingerprint of a preview,
    all is kept if the changes are those that were seen. What the record says already stays; where
    the file says otherwise, it is told. Raises ValidationError when the text is another's, when
    its licence forbids the words, or when the record changed since the preview.
    """
    require(by, "change", instrument)
    actor_id = None if by is None else by.pk
    with transaction.atomic(), acting(actor_id=actor_id, origin=ORIGIN):
        locked = PolicyInstrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
        outcome = TakeOver(locked, text, by).run()
        if expected not in (None, outcome.fingerprint):
            raise ValidationError(
                _("Somebody changed this instrument since you looked: look at it anew.")
            )
        outcome.is_kept = expected is not None
        if not outcome.is_kept:
            transaction.set_rollback(True)
    return outcome


class TakeOver:
    """One text on its way into its instrument."""

    def __init__(self, instrument: PolicyInstrument, text: AlignedText, by: Actor) -> None:
        self.instrument = instrument
        self.text = text
        self.by = by
        self.outcome = ResolutionOutcome(text.first.symbol, text.languages)
        self.outcome.defects += text.defects

    def run(self) -> ResolutionOutcome:
        """Write all of it, and say what was written."""
        self.take_facts()
        self.take_provisions()
        for step in self.text.first.steps:
            self.take_step(step)
            self.take_sponsors(step)
        self.take_vote()
        seen = repr((self.outcome.rows, self.outcome.facts))
        self.outcome.fingerprint = hashlib.sha256(seen.encode()).hexdigest()
        return self.outcome

    def tell(self, words: str, **facts: Any) -> None:
        """Note a fact that is taken over."""
        self.outcome.facts.append(words % facts)

    def warn(self, words: str, **facts: Any) -> None:
        """Note what the editor should look at."""
        self.outcome.defects.append(words % facts)

    def evidence(self) -> dict[str, Any]:
        """Return where the facts are known from."""
        source = {"title": self.text.first.symbol, "url": self.address(self.text.languages[0])}
        return {"sources": [source], "confidence": Confidence.HIGH}

    def address(self, language: str) -> str:
        """Return where the United Nations shows the text in a language."""
        return f"https://undocs.org/{language}/{self.text.first.symbol}"

    # --- The instrument --------------------------------------------------------------------

    def take_facts(self) -> None:
        """Fill what the record leaves open: symbol, session, days, languages, licence."""
        record, first = self.instrument, self.text.first
        if record.symbol not in ("", first.symbol):
            words = _("The files are of %(theirs)s, this instrument is %(ours)s.")
            raise ValidationError(words % {"theirs": first.symbol, "ours": record.symbol})
        self.fill("symbol", first.symbol)
        self.fill("session", first.session)
        self.fill_day("adopted_on", first.adopted_on)
        self.fill_day("issued_on", first.issued_on)
        # Documents with a symbol are left in the public domain: ST/AI/189/Add.9/Rev.2, 2 (a), (b).
        self.fill("licence", Licence.PUBLIC_DOMAIN.value)
        if not may_show_text(record):
            words = _(
                "The licence of this instrument does not let us show its words. Documents of the "
                "United Nations with a symbol are in the public domain: say so first, if it is one."
            )
            raise ValidationError(words, code="licence")
        added = [code for code in self.text.languages if code not in record.languages]
        if added:
            record.languages = [*record.languages, *added]
            names = ", ".join(str(Language(code).label) for code in added)
            self.tell(_("Languages: also %(names)s"), names=names)
        record.full_clean()
        record.save()

    def fill(self, column: str, value: str) -> None:
        """Write a text where the record has none; it never writes over one."""
        if value and not getattr(self.instrument, column):
            setattr(self.instrument, column, value)
            self.tell_column(column, self.shown(column))

    def fill_day(self, column: str, day: dt.date | None) -> None:
        """Write a day where the record has none, or knows it less well."""
        if day is None:
            return
        known, said = getattr(self.instrument, column), PartialDate.parse(day.isoformat())
        if known is None or (known != said and may_be(known, day)):
            setattr(self.instrument, column, said)
            self.tell_column(column, said.text)
        elif known != said:
            self.warn(
                _("%(name)s: the file says %(theirs)s, the record %(ours)s. The record stays."),
                name=self.label(column),
                theirs=said.text,
                ours=known.text,
            )

    def label(self, column: str) -> str:
        """Return the name of a column as people read it."""
        name = str(PolicyInstrument._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
        return name[:1].upper() + name[1:]

    def shown(self, column: str) -> str:
        """Return a value as people read it."""
        display = getattr(self.instrument, f"get_{column}_display", None)
        return str(display() if display else getattr(self.instrument, column))

    def tell_column(self, column: str, value: str) -> None:
        """Note a column that is filled."""
        self.tell("%(name)s: %(value)s", name=self.label(column), value=value)

    # --- The text --------------------------------------------------------------------------

    def take_provisions(self) -> None:
        """Write the parts in the order of the text; those the file does not have come after."""
        held = {(row.kind, row.number): row for row in self.instrument.provisions.all()}
        parts: dict[Key, Provision] = {}
        for place, row in enumerate(self.text.rows, start=1):
            known = held.pop((row.kind, row.number), None)
            part = known or Provision(
                instrument=self.instrument, kind=row.kind, number=row.number, label=row.name
            )
            part.position, part.parent = place, parts.get(row.key[:-1])
            part.full_clean(validate_constraints=False)
            part.save()
            parts[row.key] = part
            self.take_words(part, row, is_new=known is None)
        for place, part in enumerate(held.values(), start=len(self.text.rows) + 1):
            Provision.objects.filter(pk=part.pk).update(position=place)
        if held:
            names = "; ".join(str(part) for part in held.values())
            self.warn(_("Not in the file, kept after its parts: %(names)s"), names=names)
        elif not self.instrument.is_structure_complete:
            self.instrument.is_structure_complete = True
            self.instrument.save(update_fields=["is_structure_complete"])
            self.tell(_("All provisions are listed"))

    def take_words(self, part: Provision, row: Row, *, is_new: bool) -> None:
        """Write the words of a part that differ from those there."""
        held = dict(part.texts.values_list("language", "text"))
        written = [code for code, words in row.texts.items() if words and held.get(code) != words]
        for code in written:
            write_words(part, code, row.texts[code], source=self.address(code), by=self.by)
        name = row.name if is_new else str(part)
        self.outcome.rows.append(RowOutcome(name, is_new, row.texts, written))

    # --- The procedure ---------------------------------------------------------------------

    def take_step(self, step: Step) -> None:
        """Add a dated step, unless the record has one of its kind that may be of this day."""
        if step.outcome not in STEPS or step.on is None:
            return
        kind, wording = STEPS[step.outcome]
        held = [row.happened_on for row in self.instrument.events.filter(kind=kind)]
        if any(may_be(day, step.on) for day in held):
            return
        self.keep(
            InstrumentEvent,
            kind=kind,
            wording=wording,
            happened_on=PartialDate.parse(step.on.isoformat()),
            detail=step.symbol,
        )

    def take_sponsors(self, step: Step) -> None:
        """Add the countries that sponsored the draft, but those that are there in such a role."""
        role = SPONSORS.get(step.outcome)
        held = self.instrument.parties.filter(role__in=SPONSORING)
        known = set(held.values_list("country", flat=True))
        for code in step.countries:
            if role and code not in known:
                self.keep(InstrumentParty, role=role, country=code)

    def take_vote(self) -> None:
        """Add how the plenary decided, unless the record has a vote that may be of this day."""
        tally, day = self.text.first.vote, self.text.first.adopted_on
        if tally is None or day is None:
            return
        held = [vote for vote in self.instrument.votes.all() if may_be(vote.taken_on, day)]
        for vote in held:
            if vote.mode != tally.mode:
                self.warn(
                    _("Vote: the file says “%(theirs)s”, the record “%(ours)s”. The record stays."),
                    theirs=VoteMode(tally.mode).label,
                    ours=vote.get_mode_display(),
                )
        if held:
            return
        self.keep(
            Vote,
            stage=VoteStage.PLENARY,
            body=self.instrument.issuing_body[:120],
            mode=tally.mode,
            taken_on=PartialDate.parse(day.isoformat()),
            in_favour=tally.counts.get("inFavour"),
            against=tally.counts.get("against"),
            abstentions=tally.counts.get("abstaining"),
            countries_in_favour=tally.countries.get("inFavour", []),
            countries_against=tally.countries.get("against", []),
            countries_abstaining=tally.countries.get("abstaining", []),
        )

    def keep(self, model: Any, **facts: Any) -> None:
        """Add a part of the instrument, with its source, and note it."""
        require(self.by, "add", model)
        row = model(instrument=self.instrument, **facts, **self.evidence())
        row.full_clean()
        row.save()
        name = str(row._meta.verbose_name)
        self.tell("%(name)s: %(row)s", name=name[:1].upper() + name[1:], row=str(row))


def may_be(known: PartialDate | None, day: dt.date) -> bool:
    """Whether a date known in part may be a day; an unknown one may be any."""
    if known is None:
        return True
    return (known.first or dt.date.min) <= day <= known.last

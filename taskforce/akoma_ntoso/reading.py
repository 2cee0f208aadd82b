"""Reading: what one language of a resolution says, and what is wrong with its file.

The shape is that of the General Assembly's resolutions as the Department for General Assembly and
Conference Management publishes them (Akoma Ntoso 3.0 with its extensions for the United Nations).
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from taskforce.akoma_ntoso.parsing import NAMESPACE, below, children, find, name_of, parse
from taskforce.choices import ProvisionKind, VoteMode
from untfsse.kit.forms.countries import code_of

LANGUAGES = {
    "eng": "en",
    "fra": "fr",
    "spa": "es",
    "rus": "ru",
    "zho": "zh",
    "chi": "zh",
    "ara": "ar",
}
DIVISIONS = {
    "part": ProvisionKind.PART,
    "title": ProvisionKind.TITLE,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.CHAPTER,
    "article": ProvisionKind.ARTICLE,
    "paragraph": ProvisionKind.OPERATIVE,
    "subparagraph": ProvisionKind.PARAGRAPH,
    "point": ProvisionKind.POINT,
    "indent": ProvisionKind.POINT,
    "item": ProvisionKind.POINT,
}
WRAPPERS = ("list", "blockList", "container", "hcontainer", "content")
WORDS = ("heading", "subheading", "intro", "content", "wrapUp", "listIntroduction", "p")
OUTCOMES = {
    "adoptedWithoutVote": VoteMode.WITHOUT_A_VOTE,
    "adoptedRecordedVote": VoteMode.RECORDED_VOTE,
}
BRACKETS = re.compile(r"[()\[\]\uff08\uff09\s]*")
SPACES = re.compile(r"[ \t\r\n]+")
type Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of the text; `key` says its place alike in all languages, `parent` that above it."""

    key: Key
    number: str
    text: str

    @property
    def kind(self) -> str:
        """What such a part is called."""
        return self.key[-1][0]

    @property
    def parent(self) -> Key:
        """The key of the part above; empty for none."""
        return self.key[:-1]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the procedure; the day is None where the file gives none that can be."""

    outcome: str
    on: dt.date | None
    symbol: str
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How the plenary decided: counts and countries by "inFavour", "against", "abstaining"."""

    mode: str
    counts: dict[str, int]
    countries: dict[str, list[str]]


@dataclass(slots=True)
class Resolution:
    """One language of a resolution."""

    language: str
    symbol: str
    session: str
    adopted_on: dt.date | None
    issued_on: dt.date | None
    paragraphs: list[Paragraph]
    steps: list[Step]
    vote: Tally | None
    defects: list[str] = field(default_factory=list)


def read_resolution(content: bytes) -> Resolution:
    """Return what a file says. Raises ValidationError for one that is no resolution of the UN."""
    root = parse(content)
    body = find(root, "statement")
    if root.tag != f"{NAMESPACE}akomaNtoso" or body is None:
        raise ValidationError(_("This is no resolution in Akoma Ntoso 3.0."))
    return Reader(body).read()


class Reader:
    """Reads a statement, and notes what is wrong on the way."""

    def __init__(self, body: etree._Element) -> None:
        self.body = body
        self.meta = find(body, "meta")
        self.defects: list[str] = []

    def read(self) -> Resolution:
        """Return all of it."""
        if self.attribute("FRBRcountry", "value") != "un":
            raise ValidationError(_("This is no document of the United Nations."))
        language = LANGUAGES.get(self.attribute("FRBRlanguage", "language"), "")
        if not language:
            raise ValidationError(_("The file does not say in which of the six languages it is."))
        symbol = self.first("docNumber", refersTo="symbol")
        if not symbol:
            raise ValidationError(_("The file does not say its symbol."))
        paragraphs = [*self.preamble(), *self.operative()]
        if not paragraphs:
            raise ValidationError(_("No paragraph was found in the file."))
        return Resolution(
            language=language,
            symbol=symbol,
            session=self.first("session"),
            adopted_on=self.day(self.attribute("FRBRdate", "date", name="adoption"), "adoption"),
            issued_on=self.day(self.attribute("FRBRdate", "date", name="publication"), "issue"),
            paragraphs=paragraphs,
            steps=[self.step(step) for step in below(self.meta, "step")],
            vote=self.vote(),
            defects=self.defects,
        )

    def attribute(self, name: str, attribute: str, /, **attributes: str) -> str:
        """Return an attribute of the first such element of the head; "" for none."""
        found = next(below(self.meta, name, **attributes), None)
        return "" if found is None else found.get(attribute, "")

    def first(self, name: str, /, **attributes: str) -> str:
        """Return the words of the first such element; "" for none."""
        found = next(below(self.body, name, **attributes), None)
        return "" if found is None else words_of(found)

    def day(self, written: str, what: str) -> dt.date | None:
        """Return a day; None for one that cannot be, which is noted."""
        if not written:
            return None
        try:
            day = dt.date.fromisoformat(written)
        except ValueError:
            day = dt.date.min
        if day.year < 1945:
            words = _("“%(what)s” is dated %(day)s: its day stays unknown.")
            self.defects.append(words % {"what": what[:60], "day": written[:20]})
            return None
        return day

    # --- The text --------------------------------------------------------------------------

    def preamble(self) -> Iterator[Paragraph]:
        """Give the paragraphs of the preamble, which bear no number: they are counted."""
        opening = find(self.body, "preamble")
        if opening is None:
            return
        for number, part in enumerate(children(opening, "container"), start=1):
            key = ((ProvisionKind.PREAMBULAR.value, str(number)),)
            yield Paragraph(key, str(number), own_words(part))

    def operative(self) -> Iterator[Paragraph]:
        """Give the paragraphs of the body with what stands within them."""
        body = find(self.body, "mainBody")
        if body is not None:
            yield from self.parts(body, (), "")

    def parts(self, within: etree._Element, key: Key, number: str) -> Iterator[Paragraph]:
        """Give the parts within another, each before what stands within it."""
        counts: dict[str, int] = {}
        for part in parts_of(within):
            kind = DIVISIONS[name_of(part)].value
            counts[kind] = counts.get(kind, 0) + 1
            printed = printed_number(part)
            place = printed if re.search(r"\d", printed) else str(counts[kind])
            own = (*key, (kind, place))
            full = full_number(kind, printed or place, key, number)
            if key and not printed:
                self.defects.append(
                    _("A part within “%(number)s” has no number.") % {"number": number}
                )
            yield Paragraph(own, full, own_words(part))
            yield from self.parts(part, own, full)

    # --- The procedure ---------------------------------------------------------------------

    def step(self, step: etree._Element) -> Step:
        """Return a step of the procedure."""
        outcome = step.get("outcome", "")
        return Step(
            outcome,
            self.day(step.get("date", ""), outcome),
            step.get("as", ""),
            tuple(self.countries(split_names(step.get("by", "")))),
        )

    def countries(self, names: list[str]) -> list[str]:
        """Return the codes of countries; a name that is none is noted."""
        codes: dict[str, None] = {}
        for name in names:
            code = code_of(name)
            if code:
                codes[code] = None
            else:
                words = _("No country is known by “%(name)s”: it is left out.")
                self.defects.append(words % {"name": name[:80]})
        return list(codes)

    def vote(self) -> Tally | None:
        """Return how the plenary decided; None when the file does not say it."""
        voting = next(below(self.meta, "voting"), None)
        outcome = "" if voting is None else voting.get("outcome", "")
        if voting is None or not outcome:
            return None
        mode = OUTCOMES.get(outcome)
        if mode is None:
            words = _("The outcome “%(outcome)s” of the vote is not known here: it is left out.")
            self.defects.append(words % {"outcome": outcome[:60]})
            return None
        counts, countries = {}, {}
        for count in below(voting, "count"):
            way, value = count.get("refersTo", "").lstrip("#"), count.get("value", "")
            if value.isascii() and value.isdigit():
                counts[way] = min(int(value), 999)
            names = [words_of(voter) for voter in below(count, "organization")]
            countries[way] = self.countries(names)
        return Tally(mode.value, counts, countries)


def parts_of(within: etree._Element) -> Iterator[etree._Element]:
    """Give the parts right within another, whatever wraps them."""
    for child in within:
        if name_of(child) in DIVISIONS:
            yield child
        elif name_of(child) in WRAPPERS:
            yield from parts_of(child)


def printed_number(part: etree._Element) -> str:
    """Return the number as printed, without points, dashes and brackets around it."""
    num = next(children(part, "num"), None)
    return "" if num is None else re.sub(r"^[\W_]+|[\W_]+$", "", words_of(num))


def full_number(kind: str, printed: str, above: Key, number: str) -> str:
    """Return a number that says what stands above it: 2(a), II.3."""
    if not above:
        return printed
    if kind in (ProvisionKind.POINT, ProvisionKind.PARAGRAPH):
        return f"{number}({printed})"
    return f"{number}.{printed}"


def own_words(part: etree._Element) -> str:
    """Return the words of a part itself, paragraph by paragraph, without those within it."""
    return "\n\n".join(filter(None, (words_of(each) for each in own_paragraphs(part))))


def own_paragraphs(part: etree._Element) -> Iterator[etree._Element]:
    """Give the elements that hold the words of a part itself."""
    for child in part:
        name = name_of(child)
        if name in {"p", "heading", "subheading"}:
            yield child
        elif name not in DIVISIONS and name != "num":
            yield from own_paragraphs(child)


def words_of(element: etree._Element) -> str:
    """Return the words of an element without its footnotes, with single spaces."""
    return SPACES.sub(" ", "".join(pieces_of(element))).strip()


def pieces_of(element: etree._Element) -> Iterator[str]:
    """Give the texts within an element; a line's end is a space."""
    yield element.text or ""
    for child in element:
        name = name_of(child)
        is_mark = name == "sup" and BRACKETS.fullmatch("".join(pieces_of(child)))
        if name == "eol":
            yield " "
        elif name != "authorialNote" and not is_mark:
            yield from pieces_of(child)
        yield child.tail or ""


def split_names(text: str) -> list[str]:
    """Return the names of a list: “A, B and C”; a name may hold an “and” of its own."""
    *names, last = [name.strip() for name in text.split(",")]
    words = last.split(" and ")
    for place in range(1, len(words)) if not code_of(last) else ():
        left, right = " and ".join(words[:place]), " and ".join(words[place:])
        if code_of(left) and code_of(right):
            return [*filter(None, names), left, right]
    return [name for name in [*names, last] if name]

"""Provisions: a pasted text, split into proposals that an editor corrects."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from taskforce.choices import ProvisionKind

MAX_CHARACTERS = 500_000
MAX_PROVISIONS = 2_000
HEADING_LENGTH = 120
SUFFIX = r"(?:\s?(?:bis|ter|quater))?"
DIVISIONS = {
    "part": ProvisionKind.PART,
    "title": ProvisionKind.TITLE,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.CHAPTER,
    "article": ProvisionKind.ARTICLE,
    "art": ProvisionKind.ARTICLE,
    "building block": ProvisionKind.BUILDING_BLOCK,
    "principle": ProvisionKind.PRINCIPLE,
    "pillar": ProvisionKind.PILLAR,
    "priority": ProvisionKind.PRIORITY,
}
RANKS = {
    ProvisionKind.PART: 0,
    ProvisionKind.TITLE: 1,
    ProvisionKind.CHAPTER: 2,
    ProvisionKind.ARTICLE: 3,
}
NAMED = re.compile(
    rf"(?P<word>{'|'.join(DIVISIONS)})\.?\s+(?P<number>[0-9]{{1,3}}{SUFFIX}|[IVXLC]{{1,7}})"
    r"(?![\w])\s*[.:)\u2013\u2014-]*\s*(?P<rest>.*)",
    re.IGNORECASE,
)
ROMAN = re.compile(r"(?P<number>[IVXLC]{1,7})[.)]\s+(?P<rest>.+)")
DECIMAL = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,3})[.)]?\s+(?P<rest>.+)")
NUMBERED = re.compile(rf"\(?(?P<number>[0-9]{{1,3}}{SUFFIX})[.)]\s*(?P<rest>\D.*|)")
LETTERED = re.compile(r"(?:\((?P<a>[a-z]{1,3})\)|(?P<b>[a-z])\))\s+(?P<rest>.+)")
BULLET = re.compile(r"[-•*\u2013\u2014·▪◦●‣o]\s+(?P<rest>.+)")
PREAMBULAR = re.compile(
    r"(?:(?:Also|Further|Deeply|Fully|Having|Bearing|Taking|Keeping|Guided|Convinced|Aware|Mindful"
    r"|Conscious|Concerned|Alarmed|Encouraged)\b|[A-Z][a-z]{3,}ing\b).*[,;]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ProposedProvision:
    """One provision as the splitter sees it; `parent` is the index of an earlier proposal."""

    kind: str
    number: str
    label: str
    text: str
    parent: int | None = None


def split_provisions(text: str, *, kind: str = ProvisionKind.OPERATIVE) -> list[ProposedProvision]:
    """Split a pasted text into its provisions, in order; `kind` is that of numbered paragraphs.

    Understands named divisions (Part II, Chapter 3, Article 4 bis), roman parts, numbered,
    decimal and lettered paragraphs, bullets, and the participles that open a preamble. Lines
    without a mark belong to what stands before them; a text without any mark is split at its
    blank lines. Raises ValidationError when the text is too long or has too many provisions.
    """
    if len(text) > MAX_CHARACTERS:
        raise ValidationError(_("The text is too long: paste it in parts."))
    splitter = Splitter(kind)
    for paragraph in paragraphs_of(text):
        splitter.read(paragraph)
    splitter.settle()
    return [tidy(proposal) for proposal in splitter.found]


def paragraphs_of(text: str) -> Iterator[str]:
    """Yield the text line by line; unmarked lines after each other make one paragraph."""
    clean = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\xad]", "", text)
    clean = clean.replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    for block in re.split(r"\n\s*\n|\f", clean):
        lines: list[str] = []
        for line in block.split("\n"):
            words = " ".join(line.split())
            if words and lines and has_mark(words):
                yield " ".join(lines)
                lines = []
            if words:
                lines.append(words)
            if words and len(lines) == 1 and is_heading(words):
                yield lines.pop()
        if lines:
            yield " ".join(lines)


def has_mark(line: str) -> bool:
    """Whether a line opens a provision by a number, a letter, a bullet or a name."""
    marks = (NAMED, ROMAN, DECIMAL, NUMBERED, LETTERED, BULLET)
    return any(mark.fullmatch(line) for mark in marks)


def is_heading(line: str) -> bool:
    """Whether a line names a division; what follows it is then the text."""
    named = NAMED.fullmatch(line)
    return bool(named and not named["rest"][:1].islower()) or bool(ROMAN.fullmatch(line))


def read_roman(number: str) -> int:
    """Return the value of a roman number, 0 if it is none."""
    digits = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    values = [digits[digit] for digit in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    total = sum(-value if value < after else value for value, after in pairs)
    return total if write_roman(total) == number else 0


def write_roman(number: int) -> str:
    """Return a number below 400 in roman digits."""
    written = ""
    for value, digits in ROMAN_DIGITS:
        count, number = divmod(number, value)
        written += digits * count
    return written


ROMAN_DIGITS = (
    *((100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


class Splitter:
    """What was read so far, and under what the next paragraph comes."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.found: list[ProposedProvision] = []
        self.divisions: dict[int, int] = {}
        self.numbered: dict[str, int] = {}
        self.taken: set[str] = set()
        self.more: list[str] = []
        self.lead: int | None = None
        self.romans = 0
        self.preambular = 0

    def read(self, paragraph: str) -> None:
        """Take one paragraph in, as a provision or as more of the last one."""
        readers = (
            self.read_named,
            self.read_roman,
            self.read_decimal,
            self.read_numbered,
            self.read_lettered,
            self.read_bullet,
            self.read_preambular,
        )
        if any(reader(paragraph) for reader in readers):
            return
        if self.found and (self.lead is not None or self.divisions):
            self.more.append(paragraph)
        else:
            self.add(self.kind, "", paragraph)

    def add(self, kind: str, number: str, text: str, parent: int | None = None) -> int:
        """Note a provision and return its place."""
        self.settle()
        if len(self.found) >= MAX_PROVISIONS:
            raise ValidationError(_("These are more provisions than one text can have."))
        if kind == self.kind:
            self.taken.add(number)
        self.found.append(ProposedProvision(kind, number, "", text, parent))
        return len(self.found) - 1

    def settle(self) -> None:
        """Give the last provision the paragraphs that came after it."""
        if self.more:
            last = self.found[-1]
            self.found[-1] = replace(last, text="\n\n".join(filter(None, [last.text, *self.more])))
            self.more = []

    def division(self) -> int | None:
        """Return the place of the innermost division that is open."""
        return self.divisions[max(self.divisions)] if self.divisions else None

    def open_division(self, kind: str, number: str, text: str) -> None:
        """Begin a division; those of its rank and below end."""
        rank = RANKS.get(ProvisionKind(kind), 3)
        self.divisions = {other: at for other, at in self.divisions.items() if other < rank}
        self.divisions[rank] = self.add(kind, number, text, self.division())
        self.numbered, self.lead = {}, None

    def read_named(self, paragraph: str) -> bool:
        """Part II, Chapter 3, Article 4 bis …: a name and a number; not a mention in a sentence."""
        match = NAMED.fullmatch(paragraph)
        if match is None or match["rest"][:1].islower():
            return False
        self.open_division(
            DIVISIONS[match["word"].lower()],
            match["number"].upper() if match["number"].isalpha() else match["number"],
            match["rest"],
        )
        return True

    def read_roman(self, paragraph: str) -> bool:
        """A roman number opens a part when it is the next one."""
        match = ROMAN.fullmatch(paragraph)
        if match is None or read_roman(match["number"]) != self.romans + 1:
            return False
        self.romans += 1
        self.open_division(ProvisionKind.PART, match["number"], match["rest"])
        return True

    def read_decimal(self, paragraph: str) -> bool:
        """1.2 and 1.2.3 stand under 1 and 1.2, if these were read."""
        match = DECIMAL.fullmatch(paragraph)
        if match is None:
            return False
        number = match["number"]
        parent = self.numbered.get(number.rpartition(".")[0], self.division())
        self.lead = self.numbered[number] = self.add(self.kind, number, match["rest"], parent)
        return True

    def read_numbered(self, paragraph: str) -> bool:
        """A number with a point or a bracket."""
        match = NUMBERED.fullmatch(paragraph)
        if match is None:
            return False
        number, above = match["number"], self.division()
        self.lead = self.add(self.kind, self.qualify(number, above), match["rest"], above)
        self.numbered[number] = self.lead
        return True

    def qualify(self, number: str, above: int | None) -> str:
        """Tell paragraphs apart that count anew: 4(1) in an article, II.1 in a part."""
        division = None if above is None else self.found[above]
        if division is None or not division.number:
            return number
        if division.kind == ProvisionKind.ARTICLE:
            return f"{division.number}({number})"
        return f"{division.number}.{number}" if number in self.taken else number

    def read_lettered(self, paragraph: str) -> bool:
        """(a), (b) or (iv) stand under the last number."""
        match = LETTERED.fullmatch(paragraph)
        if match is None:
            return False
        above = self.lead if self.lead is not None else self.division()
        number = f"({match['a'] or match['b']})"
        if above is not None and self.found[above].number:
            number = f"{self.found[above].number}{number}"
        self.add(self.kind, number, match["rest"], above)
        return True

    def read_bullet(self, paragraph: str) -> bool:
        """A bullet stands without a number under the last one that has a number."""
        match = BULLET.fullmatch(paragraph)
        if match is None:
            return False
        above = self.lead if self.lead is not None else self.division()
        self.add(ProvisionKind.TOPIC, "", match["rest"], above)
        return True

    def read_preambular(self, paragraph: str) -> bool:
        """Before the first number, “Recalling …,” is a paragraph of the preamble."""
        if self.lead is not None or self.divisions or not PREAMBULAR.fullmatch(paragraph):
            return False
        self.preambular += 1
        self.add(ProvisionKind.PREAMBULAR, str(self.preambular), paragraph)
        return True


def tidy(proposal: ProposedProvision) -> ProposedProvision:
    """Give a proposal its label: its heading, or the first words of its text."""
    first, _blank, more = proposal.text.partition("\n\n")
    is_heading = len(first) <= HEADING_LENGTH and not first.endswith((".", ";", ","))
    if is_heading and first:
        return replace(proposal, label=first, text=more)
    label = Truncator(first.rstrip(".;,")).chars(HEADING_LENGTH)
    kind = ProvisionKind(proposal.kind).label
    return replace(proposal, label=label or f"{kind} {proposal.number}".strip())

"""Redline: the words that changed from one text to the next, and how alike two texts are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u2010\u2011'\u2019-"
"""What belongs to a word though it is no letter: vowel signs, hyphens, apostrophes."""
CHARACTERS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Of scripts without spaces each character is a word."""
MOST_WORDS = 2_000
"""Beyond this nobody compares word by word: the whole text went, and the whole text came."""
TOKEN = re.compile(rf"(?:[{CHARACTERS}]|(?:[^\W{CHARACTERS}]|[{MARKS}])+|[^\w\s])\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both texts, or `is_gone` from the earlier, or `is_new` in the later."""

    text: str
    is_gone: bool = False
    is_new: bool = False


def compare(earlier: str, later: str) -> list[Piece]:
    """Return both texts as one, word by word: what stayed, what went, what came."""
    before, after = TOKEN.findall(earlier), TOKEN.findall(later)
    pieces: list[Piece] = []
    if max(len(before), len(after)) > MOST_WORDS and earlier != later:
        return [Piece(earlier, is_gone=True), Piece(later, is_new=True)]
    for tag, a, b, c, d in matcher(before, after).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(after[c:d])))
            continue
        if gone := "".join(before[a:b]):
            pieces.append(Piece(gone, is_gone=True))
        if new := "".join(after[c:d]):
            pieces.append(Piece(new, is_new=True))
    return pieces


def likeness(earlier: str, later: str, *, least: float = 0.0) -> float:
    """Return from 0 to 1 how many words two texts share in order; 0 below the least."""
    words = matcher(TOKEN.findall(earlier), TOKEN.findall(later))
    if words.real_quick_ratio() < least or words.quick_ratio() < least:
        return 0.0
    found = words.ratio()
    return found if found >= least else 0.0


def matcher(before: Iterable[str], after: Iterable[str]) -> SequenceMatcher[str]:
    """Compare words whatever space follows them."""
    return SequenceMatcher(
        None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False
    )

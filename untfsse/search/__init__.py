"""Search: one question put to all nouns at once, answered in the order of what fits best."""

from untfsse.search.answer import Answer
from untfsse.search.answers import answers
from untfsse.search.asking import LONGEST, clean, find_records, suggest
from untfsse.search.hits import Hit
from untfsse.search.nouns import KINDS
from untfsse.search.reading import Reading, read
from untfsse.search.results import LAST_PAGE, MOST_PER_NOUN, PAGE_SIZE, Results

__all__ = [
    "KINDS",
    "LAST_PAGE",
    "LONGEST",
    "MOST_PER_NOUN",
    "PAGE_SIZE",
    "Answer",
    "Hit",
    "Reading",
    "Results",
    "answers",
    "clean",
    "find_records",
    "read",
    "suggest",
]

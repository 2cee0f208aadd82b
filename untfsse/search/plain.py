"""Plain words: a text as search compares it, in small letters without accents."""

# ruff: noqa: RUF001 - words of other scripts

import re
import unicodedata

type Words = tuple[str, ...]

WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|dell|nell|all|sull)['’`](?=\w)", re.IGNORECASE)
HAN = re.compile(r"[\u3400-\u9fff]+")


def plain(text: str) -> str:
    """Return a text in small letters; of Latin and Cyrillic ones without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


def words_of(text: str) -> Words:
    """Return the words of a text: symbols whole, French and Italian elisions taken off."""
    apart = HAN.sub(lambda run: f" {run[0]} ", ELISION.sub(" ", text))
    return tuple(WORD.findall(apart.replace("’", "'").replace("–", "-").replace("'s ", " ")))

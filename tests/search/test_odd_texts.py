"""No text is an error to the search."""

import pytest
from django.test import Client

from taskforce.models import Person
from tests import make
from tests.forms import filled
from tests.staff import sign_in
from untfsse.kit.records.roles import EDITOR
from untfsse.kit.records.search import SearchName
from untfsse.search import clean

pytestmark = pytest.mark.django_db
# --- No text is an error -------------------------------------------------------------------

ODD_TEXTS = [
    "",
    " ",
    "a",
    "é",
    "the",
    "of and the",
    "\0",
    "quokka\0quokka",
    "\x01\x02\x03",
    "'",
    '"',
    '"quokka',
    "quokka' OR 1=1 --",
    "-",
    "- - -",
    "-quokka",
    "or",
    "or or",
    "!",
    "&",
    "| & ! ( )",
    "quokka:*",
    "quokka <-> quokka",
    "\\",
    "\\'",
    "%",
    "_",
    "%s %(x)s {0}",
    "<script>alert(1)</script>",
    "/",
    "//",
    "..",
    "=",
    ";",
    "a;b",
    "²",
    "½",
    "عربي",
    "\u202equokka",
    "社会的連帯経済",
    "😀",
    "\ufffe",
    "\x7f",
    "a\u0301" * 90,
    "/".join("abcdefghij"),
    "x" * 7_000,
    "quokka " * 1_000,
    '"' * 1_000,
    "(" * 1_000,
    "-" * 1_000,
    "- " * 1_000,
    "-(" * 1_000,
    '-"' * 1_000,
    "-a " * 1_000,
    "or " * 1_000,
]


@pytest.mark.slow
def test_no_text_is_an_error(client: Client) -> None:
    client.raise_request_exception = False  # so that each text that fails is named
    make.update(title="Quokka")
    told = {
        (text[:40], len(text), bool(more)): client.get("/search/", {"q": text, **more}).status_code
        for text in ODD_TEXTS
        for more in ({}, {"kind": "update", "page": "2"})
    }
    assert {place: status for place, status in told.items() if status != 200} == {}
    assert len(told) == 2 * len(ODD_TEXTS)


@pytest.mark.slow
def test_the_signs_of_written_questions_are_texts_like_others(client: Client) -> None:
    make.update(title="Quokka")
    signs = [chr(number) for number in (0xE000, 0xE001, 0xE003, *range(0xE010, 0xE019))]
    texts = [text for sign in signs for text in (sign, f"quokka {sign}", f"{sign} 1/2")]
    for text in texts:
        assert client.get("/search/", {"q": text}).status_code == 200, repr(text)
        assert client.get("/search/suggestions/", {"q": text}).status_code == 200, repr(text)
    sign_in(client, EDITOR)  # whose questions are written each time, without a sign
    for text in (texts[0], f"quokka {' '.join(signs)} 1/2"):
        assert client.get("/search/", {"q": text}).status_code == 200, repr(text)
        assert client.get("/search/suggestions/", {"q": text}).status_code == 200, repr(text)


def test_a_name_may_end_in_a_backslash(client: Client) -> None:
    sign_in(client, EDITOR)
    name, address = "Quokka\\Quoll \\", "/admin/taskforce/person/add/"
    form = filled(client.get(address), name=name, slug="quokka")
    assert client.post(address, form).status_code == 302
    assert Person.objects.filter(search=SearchName(name)).count() == 1


def test_long_text_is_cut_with_a_sentence(client: Client) -> None:
    make.update(title="Quokka")
    response = client.get("/search/", {"q": "quokka " * 1_000})
    assert "The search looks at the first 200 letters" in response.text
    assert len(response.context["query"]) <= 200
    assert response.context["results"].count == 1


def test_text_is_cleaned_of_control_characters_and_spaces() -> None:
    assert clean("\0 a\tb\r\n  c\x7f") == "a b c"


def test_without_words_the_page_tells_what_can_be_found(client: Client) -> None:
    response = client.get("/search/")
    assert response.context["results"] is None
    assert "What can be found" in response.text


def test_search_is_only_read(client: Client) -> None:
    assert client.post("/search/", {"q": "x"}).status_code == 405

"""Citing: any fact as a sentence with its day and source, and a text for programs."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from tests import make
from untfsse.kit.citing.references import Reference
from untfsse.kit.citing.styles import styled
from untfsse.kit.kept import parameters_of

pytestmark = pytest.mark.django_db
HOSTILE = "A\nTY  - BOOK </script><b>x</b> & {y} \\input"
PORTAL = "UN Inter-Agency Task Force on Social and Solidarity Economy (UNTFSSE)"


@pytest.fixture(scope="module")
def records(module_db: None) -> dict[str, Any]:
    """A seat that a decision gave, an instrument with a provision, an entry with an author."""
    eclac = make.organization(name="Economic Commission", acronym="ECLAC", slug="eclac")
    meeting = make.meeting(title="Special meeting", slug="special", starts_on="2022-07-19")
    seat = make.seat(
        organization=eclac, from_on="2022-07-19", until_on="2023-11-30", last_documented_on="2023"
    )
    make.decision(
        number="UNTFSSE/2022/SM/D1", slug="d1", text="Welcomes ECLAC.", meeting=meeting, **SOURCED
    )
    instrument = make.instrument(
        title="Promoting the social economy",
        slug="a-res-77-281",
        symbol="A/RES/77/281",
        official_url="https://example.org/a?b=1&c=2",
    )
    provision = make.provision(instrument=instrument, kind="operative", number="1", label="Urges")
    work = make.work(title="Encyclopedia", year=2023, publisher="Elgar & Co", isbn_ebook=ISBN)
    make.editorship(work=work, person=make.person(name="Ilcheong Yi"), role="lead_editor")
    entry = make.entry(part=make.part(work=work), title="Youth", slug="youth", pages="10-12")
    make.authorship(entry=entry, person=make.person(name="Davorka Vidović"))
    return {"seat": seat, "provision": provision}


SOURCED = {
    "sources": [
        {"title": "A letter", "url": None},
        {"title": "Report", "url": "https://example.org/r"},
        {"title": "Second", "url": "https://example.org/s"},
        {"title": "Third", "url": "https://example.org/t"},
    ],
    "confidence": "high",
}
ISBN = "9781803920924"


def sentences(client: Client, path: str) -> dict[str, str]:
    """Return the sentences of a page by their place on it."""
    page = client.get(path)
    assert page.status_code == 200
    found = re.findall(r'<li id="([^"]+)"><p data-copy>(.*?)</p>', page.text, re.DOTALL)
    return {place: unescape(strip_tags(words)) for place, words in found}


def test_a_decision_is_cited_with_its_source_address_and_the_day_it_was_read(
    records: Any, client: Client
) -> None:
    page = client.get("/decisions/d1/").text
    link = re.search(r'<a href="([^"]+)"[^>]*>Cite this', page)
    assert link is not None
    today = timezone.localdate()
    assert sentences(client, link[1]) == {
        "record": "UNTFSSE/2022/SM/D1 (Special meeting, 19 July 2022): "
        "Welcomes ECLAC. Source: Report, https://example.org/r; Second, https://example.org/s, "
        "and 2 more. Not yet verified by the "
        f"secretariat. {PORTAL}. Read on {today.day} {today:%B %Y}: "
        "http://testserver/decisions/d1/"
    }


def test_a_seat_is_cited_at_an_address_that_answers_as_of_its_day(
    records: Any, client: Client
) -> None:
    anchor = records["seat"].anchor
    link = f'href="/organizations/eclac/cite/#{anchor}"'
    assert link in client.get("/organizations/eclac/").text

    words = sentences(client, "/organizations/eclac/cite/?on=2022-07-19")[anchor]
    head, address = words.rsplit(": ", 1)
    assert head.startswith(
        "Economic Commission (ECLAC): Member of the Task Force, "
        "19 July 2022 \N{EN DASH} 30 November 2023."
    )
    assert head.endswith("As on record for 19 July 2022")
    answer = client.get(address)
    assert [row["record"].slug for row in answer.context["rows"]] == ["eclac"]

    later = sentences(client, "/organizations/eclac/cite/")[anchor]
    assert "As on record for 30 November 2023" in later


def test_a_provision_is_cited_where_it_stands(records: Any, client: Client) -> None:
    anchor = records["provision"].anchor
    page = client.get("/instruments/a-res-77-281/").text
    assert f'href="/instruments/a-res-77-281/cite/#{anchor}"' in page
    words = sentences(client, "/instruments/a-res-77-281/cite/")[anchor]
    assert words.startswith(
        "A/RES/77/281, Operative paragraph 1: Urges. "
        "Source: Promoting the social economy, https://example.org/a?b=1&c=2. "
    )
    assert words.endswith(f"http://testserver/instruments/a-res-77-281/#{anchor}")


def test_an_entry_is_handed_out_in_three_formats(records: Any, client: Client) -> None:
    page = client.get("/encyclopedia/youth/cite/").text
    files = re.findall(r'<a href="([^"]+)" download>', page)
    answers = {path.rpartition(".")[2]: client.get(path) for path in files}
    assert {ending: answer["Content-Type"] for ending, answer in answers.items()} == {
        "bib": "application/x-bibtex; charset=utf-8",
        "ris": "application/x-research-info-systems; charset=utf-8",
        "json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    }
    assert answers["ris"]["Content-Disposition"] == 'attachment; filename="youth.ris"'
    assert answers["ris"].text.split("\r\n") == [
        "TY  - CHAP",
        "AU  - Davorka Vidović",
        "TI  - Youth",
        "ED  - Ilcheong Yi",
        "T2  - Encyclopedia",
        "PY  - 2023",
        "DA  - 2023//",
        "PB  - Elgar & Co",
        "SP  - 10",
        "EP  - 12",
        f"SN  - {ISBN}",
        "UR  - http://testserver/encyclopedia/youth/",
        "ID  - youth",
        "ER  - ",
        "",
    ]
    assert answers["bib"].text == (
        "@incollection{youth,\n  author = {{Davorka Vidović}},\n  title = {{Youth}},\n"
        "  editor = {{Ilcheong Yi}},\n  booktitle = {Encyclopedia},\n"
        "  publisher = {{Elgar \\& Co}},\n  pages = {10--12},\n  year = {2023},\n"
        f"  date = {{2023}},\n  isbn = {{{ISBN}}},\n"
        "  url = {http://testserver/encyclopedia/youth/},\n}\n"
    )
    assert json.loads(answers["json"].text)[0] == {
        "id": "youth",
        "type": "chapter",
        "title": "Youth",
        "author": [{"literal": "Davorka Vidović"}],
        "editor": [{"literal": "Ilcheong Yi"}],
        "container-title": "Encyclopedia",
        "issued": {"date-parts": [[2023]]},
        "publisher": "Elgar & Co",
        "page": "10-12",
        "ISBN": ISBN,
        "URL": "http://testserver/encyclopedia/youth/",
    }
    assert client.get("/encyclopedia/youth/cite.doc").status_code == 404
    assert client.get("/meetings/special/cite.bib").status_code == 404


def test_a_text_is_laid_out_in_styles(records: Any, client: Client) -> None:
    page = client.get("/instruments/a-res-77-281/cite/")
    assert {label: str(text) for label, text in page.context["styles"].items()} == {
        "APA": "United Nations General Assembly. (2023). <i>Promoting the social economy</i> "
        "(Resolution A/RES/77/281). https://example.org/a?b=1&amp;c=2",
        "Harvard": "United Nations General Assembly (2023) <i>Promoting the social economy</i>. "
        "Resolution A/RES/77/281. Available at: https://example.org/a?b=1&amp;c=2.",
    }


def test_a_hostile_title_stays_a_title(records: Any, client: Client) -> None:
    make.instrument(title=HOSTILE, slug="hostile", symbol="")
    ris = client.get("/instruments/hostile/cite.ris").text.split("\r\n")
    assert [line for line in ris if line.startswith("TY")] == ["TY  - RPRT"]
    assert r"\textbackslash{}input" in client.get("/instruments/hostile/cite.bib").text
    for text in styled(
        Reference(key="x", kind="report", title=HOSTILE, url="/", authors=("<i>A</i> & B",))
    ).values():
        assert "&lt;/script&gt;&lt;b&gt;x&lt;/b&gt; &amp; {y} \\input" in text
        assert "&lt;i&gt;A&lt;/i&gt; &amp; B" in text


@pytest.mark.parametrize("path", ["/meetings/{}/", "/instruments/{}/", "/encyclopedia/{}/"])
def test_what_is_not_public_is_not_cited(path: str, db: None, client: Client) -> None:
    for build in (make.meeting, make.instrument, make.entry):
        build(slug="secret", status="draft", title="Quokka")
    for end in ("cite/", "cite.bib"):
        assert client.get(path.format("secret") + end).status_code == 404


def test_a_page_of_citing_asks_at_most_twelve_statements(records: Any, client: Client) -> None:
    for path in (
        "/organizations/eclac/",
        "/meetings/special/",
        "/decisions/d1/",
        "/instruments/a-res-77-281/",
        "/encyclopedia/youth/",
    ):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{path}cite/").status_code == 200
        assert len(asked) <= 12, path


def test_files_are_kept_and_the_day_of_reading_never(
    records: Any, client: Client, rf: RequestFactory
) -> None:
    assert parameters_of(rf.get("/encyclopedia/youth/cite.bib")) == frozenset()
    assert parameters_of(rf.get("/decisions/d1/cite/")) is None
    assert "private" in client.get("/decisions/d1/cite/")["Cache-Control"]

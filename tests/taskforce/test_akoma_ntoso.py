"""Resolutions from their files: read, laid side by side, and taken over whole or not at all."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from taskforce.akoma_ntoso import align, read_resolution
from taskforce.akoma_ntoso.reading import split_names
from taskforce.models import PolicyInstrument, Provision, ProvisionText, Vote
from taskforce.services import read_resolutions, take_over_resolution
from tests import make
from tests.akoma_ntoso import ADOPTED, paragraph, resolution
from tests.staff import sign_in
from untfsse.kit.records.roles import SECRETARIAT, VIEWER

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "un"
FOLDER = Path(os.environ.get("UN_RESOLUTIONS", BESIDE))
FRENCH: dict[str, Any] = {
    "preamble": ["Rappelant ses paroles antérieures,", "Considérant le travail de beaucoup, "],
    "body": ["Encourage les États à la prendre en considération ;", "Demande un rapport."],
}
UNDATED = "“draftResolutionAdditionalSponsors” is dated 0001-01-01: its day stays unknown."
RECORDED = """<voting outcome="adoptedRecordedVote">
<count value="2" refersTo="inFavour"><akn4un:voters><organization>COTE D'IVOIRE</organization>
<organization>FRANCE</organization></akn4un:voters></count><count value="0" refersTo="against"/>
<count value="1" refersTo="#abstaining"><akn4un:voters><organization>ARGENTINA</organization>
</akn4un:voters></count></voting>"""


# --- One file ------------------------------------------------------------------------------


def test_a_file_says_its_paragraphs_days_sponsors_and_vote() -> None:
    found = read_resolution(resolution())

    assert [(part.kind, part.number, part.text) for part in found.paragraphs] == [
        ("preambular", "1", "Recalling its earlier words,"),
        ("preambular", "2", "Recognizing the work of many,"),
        ("operative", "1", "Encourages States to give due consideration to it;"),
        ("operative", "2", "Requests a report."),
    ]
    assert (found.language, found.symbol, str(found.adopted_on), str(found.issued_on)) == (
        *("en", "A/RES/77/1", "2023-04-18", "2023-04-27"),
    )
    assert [(step.outcome[:13], str(step.on), step.countries) for step in found.steps] == [
        ("draftResoluti", "2023-03-27", ("FR", "SN")),
        ("draftResoluti", "None", ("KE",)),
        ("adopted", "2023-04-18", ()),
    ]
    assert found.vote is not None
    assert found.vote.mode == "without_a_vote"
    assert found.defects == [UNDATED]


def test_points_stand_within_their_paragraph_whatever_letters_they_bear() -> None:
    english = paragraph("1.", "Invites them:", (("(a)", "To act;"), ("(b)", "To tell;")))
    arabic = paragraph("1 -", "تدعوهم:", (("(أ)", "إلى العمل؛"), ("(ب)", "إلى القول؛")))
    text = align(
        [
            read_resolution(resolution(language="ar", paragraphs=arabic, preamble=[])),
            read_resolution(resolution(paragraphs=english, preamble=[])),
        ]
    )

    assert [(row.kind, row.number, row.texts["ar"]) for row in text.rows] == [
        ("operative", "1", "تدعوهم:"),
        ("point", "1(a)", "إلى العمل؛"),
        ("point", "1(b)", "إلى القول؛"),
    ]


def test_a_recorded_vote_says_who_voted_how() -> None:
    vote = read_resolution(resolution(voting=RECORDED)).vote

    assert vote is not None
    assert vote.counts == {"inFavour": 2, "against": 0, "abstaining": 1}
    assert vote.countries == {"inFavour": ["CI", "FR"], "against": [], "abstaining": ["AR"]}


def test_what_is_wrong_with_a_file_is_told_and_the_rest_is_read() -> None:
    steps = '<step date="2023-02-30" outcome="adopted" by="Atlantis, Kenya and Chad"/>'
    found = read_resolution(resolution(steps=steps, voting='<voting outcome="lost"/>'))

    assert found.steps[0].countries == ("KE", "TD")
    assert found.defects == [
        "“adopted” is dated 2023-02-30: its day stays unknown.",
        "No country is known by “Atlantis”: it is left out.",
        "The outcome “lost” of the vote is not known here: it is left out.",
    ]


def test_a_name_may_hold_an_and_of_its_own() -> None:
    names = "Chad, Trinidad and Tobago and Saint Vincent and the Grenadines"
    assert split_names(names) == ["Chad", "Trinidad and Tobago", "Saint Vincent and the Grenadines"]
    assert split_names("Chad and Trinidad and Tobago") == ["Chad", "Trinidad and Tobago"]
    assert split_names("") == []


ENTITY = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is no XML: line 1 cannot be read."),
        (b"<a>", "The file is no XML: line 1 cannot be read."),
        (b"\xff\xfe<\x00a\x00", "The file is not written in UTF-8."),
        (ENTITY, "A file that declares a document type is not accepted."),
        (b"<a/>", "This is no resolution in Akoma Ntoso 3.0."),
        (b"<a>" * 61 + b"</a>" * 61, "has more parts, or deeper ones"),
        (b"<a>" + b"<b/>" * 50_000 + b"</a>", "has more parts, or deeper ones"),
        (b" " * (2 * 2**20 + 1), "The file is larger than 2 MB"),
        (resolution(country="fr"), "This is no document of the United Nations."),
        (resolution(symbol=""), "The file does not say its symbol."),
        (resolution(preamble=[], paragraphs="<p>x</p>"), "No paragraph was found in the file."),
        (resolution().replace(b'"eng"', b'"tlh"'), "does not say in which of the six languages"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_resolution_says_why(content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        read_resolution(content)


def test_an_unknown_entity_brings_nothing_in() -> None:
    with pytest.raises(ValidationError, match="no XML"):
        read_resolution(resolution().replace(b"many", b"&many;"))


# --- All languages -------------------------------------------------------------------------


def both(**french: Any) -> Any:
    files = [
        ("fr.xml", resolution(language="fr", **{**FRENCH, **french})),
        ("en.xml", resolution()),
    ]
    return read_resolutions(files)


def test_languages_are_laid_side_by_side_and_gaps_are_told() -> None:
    text = both(body=FRENCH["body"][:1])

    assert text.languages == ["en", "fr"]
    assert [sorted(row.texts) for row in text.rows] == [["en", "fr"]] * 3 + [["en"]]
    assert text.defects == [UNDATED, "French has no Operative paragraph 2."]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"symbol": "A/RES/77/1"}, "Two files are in the same language."),
        ({"language": "fr", "symbol": "A/RES/77/2"}, "several resolutions: A/RES/77/1, A/RES/77/2"),
        ({"country": "fr"}, "b.xml: This is no document of the United Nations."),
    ],
)
def test_files_that_do_not_belong_together_are_refused(other: Any, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        read_resolutions([("a.xml", resolution()), ("b.xml", resolution(**other))])


@pytest.mark.skipif(not FOLDER.is_dir(), reason="needs the files of the United Nations")
def test_the_six_languages_of_a_real_resolution_are_aligned() -> None:
    text = read_resolutions((path.name, path.read_bytes()) for path in FOLDER.glob("*77_281-*.xml"))

    assert [(row.kind, row.number) for row in text.rows] == [
        *(("preambular", str(number)) for number in range(1, 16)),
        *(("operative", str(number)) for number in range(1, 5)),
    ]
    assert {tuple(row.texts) for row in text.rows} == {("en", "fr", "es", "ru", "zh", "ar")}
    assert "give due consideration to" in text.rows[16].texts["en"]
    assert len(text.first.steps[0].countries) == 15
    assert len(text.first.steps[1].countries) == 28
    assert text.defects == [
        UNDATED,
        "“recommendedForAdoption” is dated 0001-01-01: its day stays unknown.",
    ]


# --- Taken over ----------------------------------------------------------------------------


@pytest.fixture
def instrument(db: None) -> PolicyInstrument:
    return make.instrument(symbol="", adopted_on="2023-04", slug="i")


@pytest.mark.slow
def test_a_preview_writes_nothing_and_then_all_is_taken_over(instrument: Any) -> None:
    make.provision(instrument=instrument, kind="operative", number="2", label="Reporting")
    theme = make.provision(instrument=instrument, kind="topic", number="1", label="A topic")
    preview = take_over_resolution(instrument, both(), by=None)
    assert not ProvisionText.objects.exists()
    assert [row.name for row in preview.rows if not row.is_new] == [
        "Operative paragraph 2: Reporting"
    ]
    assert preview.facts == [
        "Symbol: A/RES/77/1",
        "Session: Seventy-seventh session",
        "Adopted on: 18 April 2023",
        "Published on: 27 April 2023",
        "Licence of the text: Public domain",
        "Languages: also English, French",
        "Step: Tabled (27 March 2023)",
        "Party: France: Sponsor",
        "Party: Senegal: Sponsor",
        "Party: Kenya: Co-sponsor",
        "Step: Adopted (18 April 2023)",
        "Vote: United Nations General Assembly, Without a vote, 18 April 2023",
    ]
    assert preview.defects == [UNDATED, "Not in the file, kept after its parts: Topic 1: A topic"]

    take_over_resolution(instrument, both(), expected=preview.fingerprint, by=None)

    rows = Provision.objects.values_list("kind", "number", "label", "position")
    assert list(rows.order_by("position")) == [
        ("preambular", "1", "Preambular paragraph 1", 1),
        ("preambular", "2", "Preambular paragraph 2", 2),
        ("operative", "1", "Operative paragraph 1", 3),
        ("operative", "2", "Reporting", 4),
        ("topic", "1", theme.label, 5),
    ]
    words = ProvisionText.objects.get(provision__label="Reporting", language="fr")
    assert (words.text, words.source) == (
        "Demande un rapport.",
        "https://undocs.org/fr/A/RES/77/1",
    )
    vote = Vote.objects.get()
    assert (vote.stage, vote.mode, vote.sources) == (
        "plenary",
        "without_a_vote",
        [{"title": "A/RES/77/1", "url": "https://undocs.org/en/A/RES/77/1"}],
    )
    again = take_over_resolution(instrument, both(), by=None)
    assert (again.facts, [row.written for row in again.rows]) == ([], [[]] * 4)


def test_what_the_record_says_already_stays_and_is_told(instrument: Any) -> None:
    PolicyInstrument.objects.filter(pk=instrument.pk).update(adopted_on="2023-05-01")
    make.vote(instrument=instrument, taken_on="2023-04-18", mode="consensus")
    outcome = take_over_resolution(instrument, both(), by=None)
    assert outcome.defects[1:] == [
        "Adopted on: the file says 18 April 2023, the record 1 May 2023. The record stays.",
        "Vote: the file says “Without a vote”, the record “By consensus”. The record stays.",
    ]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"symbol": "A/RES/1/1"}, "The files are of A/RES/77/1, this instrument is A/RES/1/1."),
        ({"licence": "all-rights-reserved"}, "does not let us show its words"),
    ],
)
def test_the_text_of_another_or_a_closed_one_is_refused(
    facts: Any, sentence: str, instrument: Any
) -> None:
    PolicyInstrument.objects.filter(pk=instrument.pk).update(**facts)
    with pytest.raises(ValidationError, match=sentence):
        take_over_resolution(instrument, both(), by=None)


def test_what_changed_since_the_preview_is_looked_at_anew(instrument: Any) -> None:
    preview = take_over_resolution(instrument, both(), by=None)
    make.instrument_party(instrument=instrument, country="FR", role="sponsor")
    with pytest.raises(ValidationError, match="look at it anew"):
        take_over_resolution(instrument, both(), expected=preview.fingerprint, by=None)
    assert not ProvisionText.objects.exists()


# --- In the admin --------------------------------------------------------------------------


def upload(client: Client, page: str, *contents: bytes) -> Any:
    files = [SimpleUploadedFile(f"{place}.xml", each) for place, each in enumerate(contents)]
    return client.post(page, {"texts": files})


@pytest.mark.slow
def test_an_editor_uploads_looks_and_takes_over(client: Client, instrument: Any) -> None:
    sign_in(client, SECRETARIAT)
    page = f"/admin/taskforce/policyinstrument/{instrument.pk}/resolution/"
    change: Any = client.get(f"/admin/taskforce/policyinstrument/{instrument.pk}/change/")
    assert ("Take over a resolution", page) in [
        (str(label), url) for label, url in change.context["acts"]
    ]
    french = resolution(**{"language": "fr", "steps": ADOPTED, **FRENCH})
    seen = upload(client, page, resolution(), french)
    shown = seen.content.decode()
    assert "A/RES/77/1, in English, French. Nothing is written yet." in shown
    assert '<span lang="fr" dir="auto">Demande un rapport.</span>' in shown
    assert not ProvisionText.objects.exists()

    sent = {"token": seen.context["token"], "expected": seen.context["outcome"].fingerprint}
    done: Any = client.post(page, sent, follow=True)
    assert "4 provisions are taken over in English, French." in done.content.decode()
    assert ProvisionText.objects.count() == 8
    assert "These files wait no longer" in client.post(page, sent, follow=True).content.decode()


def test_a_wrong_file_gets_its_sentence_at_the_field(client: Client, instrument: Any) -> None:
    sign_in(client, SECRETARIAT)
    page = f"/admin/taskforce/policyinstrument/{instrument.pk}/resolution/"
    assert upload(client, page, b"<a/>").context["form"].errors == {
        "texts": ["0.xml: This is no resolution in Akoma Ntoso 3.0."]
    }
    large = upload(client, page, b"<" * (2 * 2**20 + 1))
    assert large.context["form"].errors == {"texts": ["0.xml: the file is larger than 2 MB."]}
    empty: Any = client.post(page, {})
    assert empty.context["form"].errors == {"texts": ["This field is required."]}


def test_who_may_not_change_instruments_sees_no_way(client: Client, instrument: Any) -> None:
    viewer = sign_in(client, VIEWER)
    page = f"/admin/taskforce/policyinstrument/{instrument.pk}/resolution/"
    assert client.get(page).status_code == 403
    with pytest.raises(PermissionDenied):
        take_over_resolution(instrument, both(), by=viewer)

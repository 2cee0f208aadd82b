"""Small resolutions of our own making, in the shape in which the UN publishes theirs."""

from xml.sax.saxutils import escape

NAMES = {"en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "zh": "zho", "ar": "ara"}
DRAFT = '<step date="2023-03-27" outcome="draftResolution" as="A/77/L.1" by="France and Senegal"/>'
ADDED = '<step date="0001-01-01" outcome="draftResolutionAdditionalSponsors" by="Kenya"/>'
ADOPTED = '<step date="2023-04-18" outcome="adopted" as="A/77/PV.1" by=""/>'
WITHOUT_VOTE = '<voting outcome="adoptedWithoutVote"><quorum value=""/></voting>'
ENGLISH = {
    "preamble": ["Recalling its earlier words,", "Recognizing the work of many,"],
    "body": ["Encourages States to give due consideration to it;", "Requests a report."],
}


def paragraph(number: str, words: str, points: tuple[tuple[str, str], ...] = ()) -> str:
    """A numbered paragraph, with points within it if there are any."""
    lead = f'<p xml:space="preserve">\t<span class="italic">{escape(words)}</span></p>'
    if not points:
        return f"<paragraph><num>{number}</num><content>{lead}</content></paragraph>"
    inner = "".join(
        f"<point><num>{mark}</num><content><p>{escape(text)}</p></content></point>"
        for mark, text in points
    )
    return f"<paragraph><num>{number}</num><list><intro>{lead}</intro>{inner}</list></paragraph>"


def resolution(
    *,
    language: str = "en",
    symbol: str = "A/RES/77/1",
    preamble: list[str] = ENGLISH["preamble"],
    body: list[str] = ENGLISH["body"],
    paragraphs: str = "",
    steps: str = DRAFT + ADDED + ADOPTED,
    voting: str = WITHOUT_VOTE,
    country: str = "un",
) -> bytes:
    """One language of a resolution, as the bytes of its file."""
    opening = "".join(
        f'<container name="x" eId="container_{place}"><p xml:space="preserve">\t{escape(words)}'
        f'<authorialNote marker="1"><p>A footnote.</p></authorialNote></p></container>'
        for place, words in enumerate(preamble, start=2)
    )
    numbered = paragraphs or "".join(
        paragraph(f"{number}.", words) for number, words in enumerate(body, start=1)
    )
    return f"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
 xmlns:akn4un="http://un.org/akn4un">
<!-- An unofficial copy -->
<statement name="resolution"><meta>
<identification source="#DGACM"><FRBRWork><FRBRdate date="2023-04-18" name="adoption"/>
<FRBRcountry value="{country}"/></FRBRWork>
<FRBRExpression><FRBRdate date="2023-04-27" name="publication"/>
<FRBRlanguage language="{NAMES[language]}"/></FRBRExpression></identification>
<workflow source="#un">{steps}</workflow>
<analysis source="#un"><parliamentary>{voting}</parliamentary></analysis></meta>
<coverPage><p><docNumber refersTo="#symbol">{symbol}</docNumber></p>
<p><session value="77">Seventy-seventh session</session></p></coverPage>
<preamble><formula name="enactingFormula"><p>The Assembly,</p></formula>{opening}</preamble>
<mainBody>{numbered}</mainBody></statement></akomaNtoso>""".encode()

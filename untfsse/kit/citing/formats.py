"""Formats: a reference as BibTeX, RIS and CSL-JSON, which programs for references read."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from untfsse.kit.citing.references import Reference

BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}
BIBTEX_TYPES = {"chapter": "incollection", "report": "techreport"}
RIS_TYPES = {"chapter": "CHAP", "report": "RPRT"}


def bibtex_text(text: str) -> str:
    """Return a text in which nothing is a command."""
    return "".join(BIBTEX_SIGNS.get(sign, sign) for sign in text)


def bibtex(reference: Reference) -> str:
    """Return a reference as an entry of BibTeX, in UTF-8."""
    item = reference.csl()
    kind = BIBTEX_TYPES.get(reference.kind, "misc")
    publisher = "institution" if kind == "techreport" else "publisher"
    issued: list[int] = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    fields: list[tuple[str, str]] = [
        ("author", names_of(item.get("author", []))),
        ("title", braced(item["title"])),
        ("editor", names_of(item.get("editor", []))),
        ("booktitle", bibtex_text(item.get("container-title", ""))),
        ("type", bibtex_text(item.get("genre", ""))),
        ("number", bibtex_text(item.get("number", ""))),
        (publisher, braced(item.get("publisher", ""))),
        ("address", bibtex_text(item.get("publisher-place", ""))),
        ("pages", bibtex_text(re.sub("[-\N{EN DASH}]+", "--", item.get("page", "")))),
        ("year", str(issued[0]) if issued else ""),
        ("date", "-".join(f"{part:02}" for part in issued)),
        ("doi", item.get("DOI", "")),
        ("isbn", item.get("ISBN", "")),
        ("langid", item.get("language", "")),
        ("url", re.sub(r"[{}\\]", "", item["URL"])),
    ]
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields if value]
    return f"@{kind}{{{reference.key},\n{''.join(lines)}}}\n"


def braced(text: str) -> str:
    """Return a text whose capitals stay as they are."""
    return f"{{{bibtex_text(text)}}}" if text else ""


def names_of(names: Iterable[dict[str, str]]) -> str:
    """Return names one by one, each whole."""
    return " and ".join(braced(name["literal"]) for name in names)


def ris(reference: Reference) -> str:
    """Return a reference as RIS; each line ends as the format asks."""
    item = reference.csl()
    issued = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    day = [f"{part:02}" for part in issued]
    first, dash, last = re.sub("\N{EN DASH}", "-", item.get("page", "")).partition("-")
    fields: list[tuple[str, Any]] = [
        ("TY", RIS_TYPES.get(reference.kind, "GEN")),
        *(("AU", name["literal"]) for name in item.get("author", [])),
        ("TI", item["title"]),
        *(("ED", name["literal"]) for name in item.get("editor", [])),
        ("T2", item.get("container-title")),
        ("PY", day[0] if day else ""),
        ("DA", "/".join([*day, "", ""][:3]) if day else ""),
        ("PB", item.get("publisher")),
        ("CY", item.get("publisher-place")),
        ("M3", item.get("genre")),
        ("M1", item.get("number")),
        ("SP", first),
        ("EP", last if dash else ""),
        ("DO", item.get("DOI")),
        ("SN", item.get("ISBN")),
        ("LA", item.get("language")),
        ("UR", item["URL"]),
        ("ID", item["id"]),
    ]
    lines = [f"{name}  - {value}\r\n" for name, value in fields if value]
    return "".join(lines) + "ER  - \r\n"


def csl_json(reference: Reference) -> str:
    """Return a reference as a list of one item of CSL-JSON."""
    return json.dumps([reference.csl()], ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is handed out as a file."""

    label: str
    ending: str
    media_type: str
    write: Callable[[Reference], str]


FORMATS = {
    each.ending: each
    for each in (
        Format("BibTeX", "bib", "application/x-bibtex", bibtex),
        Format("RIS", "ris", "application/x-research-info-systems", ris),
        Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
    )
}

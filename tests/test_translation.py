"""Words and languages: every sentence can be translated, and no half-translated one is offered."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation.template import templatize

from tests import make
from tests.syntax import nodes

ROOT = Path(__file__).parent.parent
FOLDERS = ["taskforce", "encyclopedia", "actionplan", "untfsse"]
SENTENCES = {
    "_": 1,
    "gettext": 1,
    "gettext_lazy": 1,
    "gettext_noop": 1,
    "ngettext": 2,
    "ngettext_lazy": 2,
    "pgettext": 2,
    "pgettext_lazy": 2,
    "npgettext": 3,
    "npgettext_lazy": 3,
}
"""What marks a sentence, and how many texts it takes; `makemessages` looks for these names."""
A_TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(?:n?p?gettext|_)\(({A_TEXT}(?:, {A_TEXT})*)")
PO_ENTRY = re.compile(r'^(msg\w+)(?:\[\d\])? ((?:"(?:[^"\\\n]|\\.)*"\n?)+)', re.MULTILINE)


def sources() -> Iterator[tuple[str, list[ast.AST]]]:
    """Go through the code of the portal: what stands in each file."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), nodes(path)


def calls(parts: list[ast.AST]) -> Iterator[tuple[ast.Call, int]]:
    """Go through the calls that mark a sentence, with the number of their texts."""
    for node in parts:
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SENTENCES:
                yield node, SENTENCES[name]


def is_text(node: ast.expr) -> bool:
    """Say whether an argument is a text as it stands, which alone can be found."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@cache
def in_code() -> set[str]:
    """Return the sentences that the code marks."""
    return {
        str(ast.literal_eval(argument))
        for _name, parts in sources()
        for call, count in calls(parts)
        for argument in call.args[:count]
        if is_text(argument)
    }


@cache
def in_templates() -> set[str]:
    """Return the sentences that the templates mark, by Django's own reading of them."""
    return {
        text
        for path in (ROOT / "templates").rglob("*.html")
        for texts in IN_TEMPLATE.findall(templatize(path.read_text(), origin=str(path)))
        for text in ast.literal_eval(f"({texts},)")
    }


def untranslated(language: str) -> set[str]:
    """Return the sentences of ours that the catalog of a language lacks."""
    catalog = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    known, sentence = set(), ""
    for keyword, lines in PO_ENTRY.findall(catalog.read_text() if catalog.exists() else ""):
        text = "".join(ast.literal_eval(line) for line in lines.splitlines())
        if keyword.startswith("msgid"):
            sentence = text
        elif keyword == "msgstr" and text:
            known.add(sentence)
    return (in_code() | in_templates()) - known


# --- Every sentence is found ---------------------------------------------------------------


def test_what_marks_a_sentence_bears_its_own_name() -> None:
    odd = [
        f"{name}:{node.lineno} {alias.name} as {alias.asname}"
        for name, parts in sources()
        for node in parts
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname and (alias.asname != "_" or alias.name not in {"gettext", "gettext_lazy"})
    ]
    assert odd == []


def test_the_mark_has_one_meaning_in_a_file() -> None:
    twice = []
    for name, parts in sources():
        meanings = [node for node in parts if gives_a_meaning(node)]
        if len(meanings) > 1:
            twice.append(name)
    assert twice == []


def gives_a_meaning(node: ast.AST) -> bool:
    """Say whether a line gives `_` a meaning."""
    if isinstance(node, ast.ImportFrom):
        return any(alias.asname == "_" for alias in node.names)
    return isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)


def test_every_marked_sentence_is_a_text_that_can_be_found() -> None:
    computed = [
        f"{name}:{call.lineno} {ast.unparse(call)}"
        for name, parts in sources()
        for call, count in calls(parts)
        if len(call.args) < count or not all(is_text(argument) for argument in call.args[:count])
    ]
    assert computed == []


# --- No half-translated language is offered ------------------------------------------------


def test_sentences_are_gathered_from_code_and_templates() -> None:
    assert "Approve these minutes" in in_code()
    assert {"All decisions", "%(count)s activities on record"} <= in_templates()
    assert "" not in in_code() | in_templates()
    assert len(untranslated("fr")) > 1500


def test_a_language_is_offered_once_every_sentence_is_translated() -> None:
    offered = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    assert {code: sorted(lacking) for code in offered if (lacking := untranslated(code))} == {}


DOORS = ["/", "/meetings/", "/meetings/special/", "/search/?q=special", "/sign-in/", "/nothing/"]
DOORS += ["/meetings/feed/", "/meetings/calendar.ics", "/sitemap-meetings.xml", "/sdgs/8/"]
DOORS += ["/api/", "/api/v1/meetings/special/", "/api/v1/sdgs/", "/api/v1/meetings/?year=soon"]
DOORS += ["/admin/login/"]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("language", sorted({"es", "fr"} - set(dict(settings.LANGUAGES))))
def test_a_language_that_is_not_offered_changes_nothing(client: Client, language: str) -> None:
    make.meeting(slug="special", title="Special meeting", country="CH", starts_on="2022-07-19")
    expected = {path: told(client, path, "en") for path in DOORS}
    client.cookies["django_language"] = language
    assert {path: told(client, path, language) for path in DOORS} == expected
    assert {language for _status, language, _text in expected.values()} == {"en"}


def told(client: Client, path: str, language: str) -> tuple[int, str, str]:
    """Return status, language and text of an answer, without what differs each time."""
    answer: Any = client.get(path, headers={"accept-language": language})
    each_time = r'name="csrfmiddlewaretoken" value="[^"]*|DTSTAMP.*|"instance": "[^"]*'
    text = re.sub(each_time, "", answer.text)
    return answer.status_code, answer["Content-Language"], text

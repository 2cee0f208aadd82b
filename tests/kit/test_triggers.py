"""PostgreSQL refuses control characters in every column, and nothing else."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from taskforce.models import Update
from tests import make

pytestmark = pytest.mark.django_db
CONTROLS = [*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF]


@pytest.mark.parametrize("code", CONTROLS)
def test_a_control_character_is_refused_in_text(code: int) -> None:
    with pytest.raises(IntegrityError, match="control characters in column text"):
        Update.objects.filter(pk=make.update().pk).update(text=f"a{chr(code)}b")


@pytest.mark.parametrize("code", CONTROLS)
def test_a_control_character_is_refused_inside_json(code: int) -> None:
    sources = [{"title": f"a{chr(code)}b", "url": None}]
    with pytest.raises(IntegrityError, match="control characters in column sources"):
        Update.objects.filter(pk=make.update().pk).update(sources=sources)


@pytest.mark.parametrize(
    "text",
    [
        "tab\tline\nreturn\r",
        r"a folder C:\backup\f and \u0001 as typed",
        r"\\u0001 \\\b",
        "Économie 社会 \N{RIGHT-TO-LEFT MARK} 😀 \x80",
        '"quoted", (in brackets)',
    ],
)
def test_other_signs_are_kept_as_they_are(text: str) -> None:
    update = make.update()
    sources: Any = [{"title": text, "url": "https://example.org/"}]
    Update.objects.filter(pk=update.pk).update(text=text, sources=sources)
    update.refresh_from_db()
    assert (update.text, update.sources) == (text, sources)


def test_a_control_character_in_a_source_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="invisible character"):
        make.update(sources=[{"title": "a\x01b", "url": None}])

"""Files of documents are kept once, under their hash."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from taskforce.forms import DocumentFileField
from tests.kit.test_uploads import PDF, SVG, upload
from untfsse.kit.forms.uploads import inspect
from untfsse.kit.records.files import keep


def test_a_file_is_kept_once_under_its_hash() -> None:
    digest = hashlib.sha256(PDF).hexdigest()
    path = f"documents/{digest[:2]}/{digest}.pdf"
    for name in ("../../x.pdf", "report.pdf"):
        file = upload(name, PDF)
        assert keep(file, inspect(file)) == path
    with default_storage.open(path) as kept:
        assert kept.read() == PDF
    assert default_storage.listdir(f"documents/{digest[:2]}")[1] == [f"{digest}.pdf"]


def test_the_form_field_inspects_what_is_new() -> None:
    field = DocumentFileField()
    assert field.clean(upload("a.pdf", PDF)).inspected.kind.name == "PDF"
    with pytest.raises(ValidationError, match="not accepted"):
        field.clean(upload("a.pdf", SVG))
    assert DocumentFileField(required=False).clean(None, "documents/kept.pdf") == (
        "documents/kept.pdf"
    )

"""What the database refuses is told in the words of the rule."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from taskforce.models import Attendance, Organization
from tests import make
from untfsse.kit.records.refusals import refusal

pytestmark = pytest.mark.django_db


def refused(rows: Any, **facts: Any) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        rows.update(**facts)
    return refusal(caught.value)


def test_a_rule_of_a_noun_has_its_sentence() -> None:
    row = make.attendance()
    rows = Attendance.objects.filter(pk=row.pk)
    sentence = "An organization does not attend on its own behalf."
    assert refused(rows, on_behalf_of=row.organization) == sentence


def test_what_has_no_sentence_is_told_as_the_database_says_it() -> None:
    rows = Organization.objects.filter(pk=make.organization().pk)
    assert refused(rows, name=None).startswith("The database keeps a rule that refuses this: null")

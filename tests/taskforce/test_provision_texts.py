"""Words are kept only where a licence lets us show them: by the forms, and by PostgreSQL."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from taskforce.choices import SHOWABLE_LICENCES, Licence
from taskforce.models import PolicyInstrument, Provision
from tests import make

pytestmark = pytest.mark.django_db
RULE = "the licence does not let the text be shown"


@pytest.mark.parametrize("licence", Licence.values)
def test_words_need_a_licence_to_show(licence: str) -> None:
    provision = make.provision(instrument=make.instrument(licence=licence))
    provision.text = "Their words."
    if licence in SHOWABLE_LICENCES:
        provision.full_clean()
        provision.save()
    else:
        with pytest.raises(ValidationError) as caught:
            provision.full_clean()
        assert caught.value.message_dict == {
            "text": ["The licence of the instrument does not let us show its text."]
        }
        with pytest.raises(IntegrityError, match=RULE):
            Provision.objects.filter(pk=provision.pk).update(text="Their words.")


def test_a_licence_stays_open_while_words_are_kept() -> None:
    instrument = make.instrument(licence="CC-BY-4.0")
    make.provision(instrument=instrument, text="Their words.")
    instrument.licence = "all-rights-reserved"
    with pytest.raises(ValidationError) as caught:
        instrument.full_clean()
    assert caught.value.message_dict == {
        "licence": ["Provisions hold the text, which this licence does not let us show."]
    }
    with pytest.raises(IntegrityError, match=RULE):
        PolicyInstrument.objects.update(licence="")


def test_another_open_licence_and_a_label_alone_are_free() -> None:
    instrument = make.instrument(licence="CC-BY-4.0")
    make.provision(instrument=instrument, text="Their words.")
    PolicyInstrument.objects.update(licence="CC-BY-SA-4.0")
    other = make.provision(instrument=make.instrument(licence=""))
    Provision.objects.filter(pk=other.pk).update(label="In our own words", text="")


def test_words_do_not_move_to_a_text_that_is_closed() -> None:
    provision = make.provision(instrument=make.instrument(licence="CC-BY-4.0"), text="Words.")
    with pytest.raises(IntegrityError, match=RULE):
        Provision.objects.filter(pk=provision.pk).update(instrument=make.instrument())

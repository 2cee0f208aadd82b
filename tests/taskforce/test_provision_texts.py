"""Words are kept only where a licence lets us show them: by the forms, and by PostgreSQL."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from taskforce.choices import SHOWABLE_LICENCES, Licence
from taskforce.fingerprint import fingerprint
from taskforce.models import PolicyInstrument, Provision, ProvisionText
from tests import make

pytestmark = pytest.mark.django_db
RULE = "the licence does not let the text be shown"


@pytest.mark.parametrize("licence", Licence.values)
def test_words_need_a_licence_to_show(licence: str) -> None:
    provision = make.provision(instrument=make.instrument(licence=licence))
    words = ProvisionText(provision=provision, language="fr", text="Leurs mots.")
    if licence in SHOWABLE_LICENCES:
        words.full_clean()
        words.save()
        assert words.sha256 == fingerprint("Leurs mots.")
    else:
        with pytest.raises(ValidationError) as caught:
            words.full_clean()
        assert caught.value.message_dict == {
            "text": ["The licence of the instrument does not let us show its text."]
        }
        with pytest.raises(IntegrityError, match=RULE):
            words.save()


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
    Provision.objects.filter(pk=other.pk).update(label="In our own words")


def test_words_do_not_move_to_a_text_that_is_closed() -> None:
    closed = make.provision(instrument=make.instrument())
    provision = make.provision(instrument=make.instrument(licence="CC-BY-4.0"), text="Words.")
    with pytest.raises(IntegrityError, match=RULE), transaction.atomic():
        Provision.objects.filter(pk=provision.pk).update(instrument=closed.instrument)
    with pytest.raises(IntegrityError, match=RULE):
        ProvisionText.objects.update(provision=closed)


def test_the_page_shows_the_words_in_its_language_else_in_another(client: Client) -> None:
    instrument = make.instrument(slug="i", licence="public-domain")
    both = make.provision(instrument=instrument, number="1", text="Encourages them;")
    make.provision_text(provision=both, language="ar", text="تشجع")
    foreign = make.provision(instrument=instrument, number="2")
    make.provision_text(provision=foreign, language="fr", text="Prie le Secrétaire;")

    shown = client.get("/instruments/i/").content.decode()

    assert '<blockquote lang="en" dir="auto"><p>Encourages them;</p></blockquote>' in shown
    assert '<blockquote lang="fr" dir="auto"><p>Prie le Secrétaire;</p></blockquote>' in shown
    assert "تشجع" not in shown


def test_a_provision_of_another_text_is_refused() -> None:
    relation = make.provision_relation()
    relation.earlier_provision = make.provision()
    with pytest.raises(ValidationError) as caught:
        relation.full_clean()
    assert caught.value.message_dict == {
        "earlier_provision": ["This provision belongs to another text."]
    }

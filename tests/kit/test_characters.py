"""An invisible character is refused with its place, at its field, through every form."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from taggit.models import Tag

from tests import make
from tests.forms import filled
from tests.kit.test_roles import nouns
from tests.nouns import BUILDERS, each_slowly
from untfsse.kit.records.characters import Legible, refuse_invisible

HIDDEN = "Minutes of\x08 the meeting"
SENTENCE = "An invisible character (U+0008) hides behind “Minutes of”: type it anew."


def said(value: Any) -> list[str]:
    try:
        refuse_invisible(value)
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    ("value", "sentences"),
    [
        (HIDDEN, [SENTENCE]),
        (
            "\x00Minutes",
            ["An invisible character (U+0000) hides at the beginning: type it anew."],
        ),
        (["fine", HIDDEN], [SENTENCE]),
        ([{"title": HIDDEN, "url": None}], [SENTENCE]),
        ("Line\tend\r\nnext \u200f right-to-left \U0001f30d", []),
        (7, []),
        (None, []),
    ],
)
def test_the_place_of_an_invisible_character_is_told(value: Any, sentences: list[str]) -> None:
    assert said(value) == sentences


def test_every_noun_is_legible() -> None:
    assert [model.__name__ for model in nouns() if not issubclass(model, Legible)] == []


@pytest.mark.django_db
def test_models_refuse_it_in_texts_and_sources() -> None:
    record = make.work()
    record.subtitle = HIDDEN
    record.sources = [{"title": HIDDEN, "url": "https://example.org/"}]

    with pytest.raises(ValidationError) as error:
        record.full_clean()

    assert error.value.message_dict == {
        "subtitle": [SENTENCE],
        "sources": [SENTENCE],
    }


@pytest.mark.django_db
def test_topics_are_kept_free_of_it_by_the_database() -> None:
    sentence = "control characters in column name"
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        Tag.objects.create(name=HIDDEN, slug="minutes")
    assert not Tag.objects.exists()


@pytest.mark.django_db
def test_a_topic_with_one_is_refused_at_its_box(client: Client) -> None:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    kept = Tag.objects.create(name="Kept", slug="kept")
    add, merge = "/admin/taggit/tag/add/", "/admin/taggit/tag/merge-tags/"
    rows = {f"taggit_taggeditem_items-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    client.post("/admin/taggit/tag/", {"action": "render_tag_form", "_selected_action": [kept.pk]})

    added = client.post(add, {"name": "a\x0bb", "slug": "ab", **rows})
    merged = client.post(merge, {"new_tag_name": "a\x0bb"})

    sentence = "An invisible character (U+000B) hides behind “a”: type it anew."
    assert added.context["adminform"].form.errors == {"name": [sentence]}
    assert sentence in merged.content.decode()
    assert [*Tag.objects.all()] == [kept]


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


TYPED = ("text", "textarea", "url", "email")
STRICT = {"orcid", "isbn_hardback", "isbn_ebook", "number", "pages"}
"""Columns that refuse anything but their own digits first."""


@pytest.mark.django_db
@pytest.mark.parametrize("model", each_slowly(nouns()))
@pytest.mark.usefixtures("unwritten_menu")
def test_every_text_of_every_form_says_where_it_hides_and_keeps_what_was_typed(
    model: Any, staff: Client
) -> None:
    record: Any = BUILDERS[model._meta.label]()
    opts = record._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    page = staff.get(url)
    form = page.context["adminform"].form
    texts = [
        name
        for name, field in form.fields.items()
        if type(field).__name__ in {"CharField", "LinesField", "RichTextFormField", "TagField"}
        and getattr(field.widget, "input_type", "text") in TYPED
    ]

    answer = staff.post(url, filled(page, **dict.fromkeys(texts, HIDDEN)))
    errors = answer.context["adminform"].form.errors if answer.context else {}

    told = {name for name in texts if "(U+0008) hides behind" in str(errors.get(name))}
    assert told >= {*texts} - STRICT
    assert {*errors} >= {*texts}
    assert answer.status_code == (200 if texts else 302)
    if texts:
        assert answer.context["adminform"].form[texts[0]].value() == HIDDEN


@pytest.mark.slow
@pytest.mark.django_db
def test_acts_and_rows_say_it_too(staff: Client) -> None:
    record = make.organization()
    act = reverse("admin:taskforce_organization_act", args=[record.pk, "withdraw"])
    refused = staff.post(act, {"withdrawal_reason": HIDDEN})
    meeting = make.agenda_item().meeting
    url = reverse("admin:taskforce_meeting_change", args=[meeting.pk])
    rows = staff.post(url, filled(staff.get(url), **{"agenda_items-0-title": HIDDEN}))

    assert refused.context["form"].errors == {"withdrawal_reason": [SENTENCE]}
    [formset] = [
        inline.formset
        for inline in rows.context["inline_admin_formsets"]
        if inline.formset.prefix == "agenda_items"
    ]
    assert formset.errors[0] == {"title": [SENTENCE]}

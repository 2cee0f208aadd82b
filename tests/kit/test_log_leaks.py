"""The log says nothing of hidden rows: whatever is done to them, its number stays."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from taggit.models import Tag, TaggedItem

from tests.leaks import make_hidden_records
from tests.log import settle, taken_back
from untfsse.kit.history.triggers import watched_models
from untfsse.kit.log import PublicChange, current_number
from untfsse.kit.log.paths import has_eyes
from untfsse.kit.log.rules import UNSEEN
from untfsse.kit.records.dates import PartialDateField
from untfsse.kit.records.noun import nouns
from untfsse.kit.records.publication import VISITOR, Publishable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hidden")]


@pytest.fixture(scope="module")
def hidden(module_db: None) -> None:
    make_hidden_records()
    settle()


def visible(model: Any) -> Any:
    """Return the rows of a noun that a visitor may see."""
    return model._default_manager.visible_to(VISITOR).order_by().values("pk")


def seen(model: Any) -> Q:
    """Return the rule of what a visitor sees: a link with both its ends, a topic on a record."""
    if has_eyes(model):
        return Q(pk__in=visible(model))
    if model._meta.auto_created:
        ends = [end for end in model._meta.concrete_fields if end.is_relation]
        return Q(**{f"{end.name}__in": visible(end.related_model) for end in ends})
    if model not in {Tag, TaggedItem}:
        return Q(pk__in=[])
    rule = Q()
    for noun in nouns():
        kind = ContentType.objects.get_for_model(noun)
        rule |= Q(content_type=kind, object_id__in=visible(noun))
    return rule if model is TaggedItem else Q(pk__in=TaggedItem.objects.filter(rule).values("tag"))


def texts(model: Any) -> Iterator[str]:
    """Give the columns to which a letter may perhaps be added."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.generated
        is_word = field.choices or isinstance(field, PartialDateField)
        if is_text and not is_word and field.column not in UNSEEN:
            yield field.name


def edit(rows: Any) -> bool:
    """Add a letter to a text of each row; returns whether one could be written."""
    for name in texts(rows.model):
        try:
            with transaction.atomic():
                rows.update(**{name: Concat(F(name), Value("x"), output_field=models.TextField())})
        except IntegrityError:
            continue
        return True
    return False


def move(rows: Any) -> None:
    """Change for whom rows are hidden."""
    if issubclass(rows.model, Publishable):
        rows.update(status="draft")
    if any(field.name == "audience" for field in rows.model._meta.fields):
        rows.filter(audience="members").update(audience="secretariat")


def delete(rows: Any) -> None:
    """Delete rows, whatever points at them."""
    rows._raw_delete(connection.alias)


def names_by_value(model: Any) -> bool:
    """Whether a table points at rows without a foreign key of Django: these must go first."""
    return has_eyes(model) and bool(model._default_manager.all().named_by_value())


def tables_noticed(number: int) -> set[str]:
    """Return the tables of which the log has more to say, whatever is left behind."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS settle_transaction IMMEDIATE")
        cursor.execute("SET CONSTRAINTS settle_transaction DEFERRED")
    return set(PublicChange.objects.after(number).values_list("table", flat=True))


@pytest.mark.slow
def test_nothing_done_to_hidden_rows_is_noticed() -> None:
    hidden, shown = {}, {}
    for model in sorted(watched_models(), key=names_by_value, reverse=True):
        rows: Any = model._default_manager.order_by()
        shown[model] = set(rows.filter(seen(model)).values_list("pk", flat=True))
        hidden[model] = set(rows.values_list("pk", flat=True)) - shown[model]
    assert sum(map(len, hidden.values())) > 200
    with taken_back() as number:
        for act in (edit, move, delete):
            for model, keys in hidden.items():
                act(model._default_manager.order_by().filter(pk__in=keys))
            assert tables_noticed(number) == set(), act
        assert current_number() == number
        # Done to what is shown, the same is noticed.
        for model, keys in shown.items():
            edit(model._default_manager.order_by().filter(pk__in=keys))
        assert tables_noticed(number) >= {noun._meta.db_table for noun in nouns()}

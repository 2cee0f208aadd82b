"""The history says who changed what, through what, whoever asked the database."""

import pytest
from django.db import IntegrityError, connection, transaction

from taskforce.models import Organization, Update
from tests import make
from untfsse.kit.history.changes import Change, acting

pytestmark = pytest.mark.django_db


def words_of(record: Update) -> list[tuple[str, int | None, str]]:
    rows = Change.objects.of(record).order_by("id")
    return [(row.operation, row.made_by_id, row.origin) for row in rows]


def test_every_way_to_change_a_row_is_kept() -> None:
    user = make.user()
    update = make.update(title="One")
    with acting(actor_id=user.pk, origin="admin"):
        Update.objects.filter(pk=update.pk).update(title="Two")
        update.refresh_from_db()
        update.title = "Three"
        Update.objects.bulk_update([update], ["title"])
        with connection.cursor() as cursor:
            cursor.execute("UPDATE taskforce_update SET title = 'Four'")
    update.delete()
    rows = Change.objects.filter(table="taskforce_update").order_by("id")
    assert [
        (row.operation, row.made_by_id, row.origin, (row.after or {}).get("title")) for row in rows
    ] == [
        ("INSERT", None, "", "One"),
        ("UPDATE", user.pk, "admin", "Two"),
        ("UPDATE", user.pk, "admin", "Three"),
        ("UPDATE", user.pk, "admin", "Four"),
        ("DELETE", None, "", None),
    ]


def test_a_save_that_changes_nothing_is_no_change() -> None:
    update = make.update()
    update.save()
    assert len(words_of(update)) == 1


def test_one_acts_inside_another_and_the_outer_words_return() -> None:
    first, second = make.user(), make.user()
    with acting(actor_id=first.pk, origin="admin"):
        with acting(actor_id=second.pk, origin="import"):
            update = make.update()
        update.title = "Changed"
        update.save()
    assert words_of(update) == [
        ("INSERT", second.pk, "import"),
        ("UPDATE", first.pk, "admin"),
    ]


def test_the_words_outlive_a_transaction_that_failed_inside() -> None:
    user, update = make.user(), make.update()
    with acting(actor_id=user.pk, origin="admin"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organization.objects.filter(pk=make.organization().pk).update(parent_id=1, kind=None)
        update.title = "Changed"
        update.save()
    assert words_of(update)[1:] == [("UPDATE", user.pk, "admin")]


@pytest.mark.django_db(transaction=True)
def test_no_words_remain_in_the_session_after_a_broken_transaction() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), acting(actor_id=1, origin="admin"):
        Organization.objects.filter(pk=make.organization().pk).update(kind=None)
    update = make.update()
    assert words_of(update) == [("INSERT", None, "")]


def test_a_long_origin_is_cut_and_stops_nobody() -> None:
    with acting(actor_id=None, origin="x" * 100):
        update = make.update()
    assert words_of(update) == [("INSERT", None, "x" * 60)]


def test_what_is_computed_is_not_kept() -> None:
    (change,) = Change.objects.of(make.update())
    assert sorted({"search", "title_key", "sort_on", "updated_at"} & set(change.after)) == []

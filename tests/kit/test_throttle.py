"""The throttle: a try is counted before it is made, by all processes and threads together."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from untfsse.kit.access.throttle import Limit, Refusal, TryCount, count_try, take_back

LIMIT = Limit("tests", 5, dt.timedelta(minutes=1))
KEY = LIMIT.key("somebody")


def count_once(_number: int) -> Refusal | None:
    try:
        return count_try(LIMIT, KEY)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_no_more_than_one_after_the_other() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(count_once, range(24)))

    refused = [refusal for refusal in found if refusal is not None]
    assert len(found) - len(refused) == LIMIT.most
    assert [refusal.is_first for refusal in refused].count(True) == 1
    assert {refusal.seconds for refusal in refused} <= {59, 60, 61}


@pytest.mark.django_db
def test_tries_that_were_none_and_tries_of_before_do_not_count() -> None:
    for _number in range(LIMIT.most):
        count_try(LIMIT, KEY)
    take_back([(LIMIT, KEY)])
    assert count_try(LIMIT, KEY) is None
    assert count_try(LIMIT, LIMIT.key("somebody else")) is None
    assert count_try(LIMIT, KEY) is not None
    for row in TryCount.objects.all():
        TryCount.objects.filter(pk=row.pk).update(until=row.until - LIMIT.window)
    assert count_try(LIMIT, KEY) is None

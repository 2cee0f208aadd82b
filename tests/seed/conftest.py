"""What tests of the seed share: the real records, loaded once for all of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """Load all records once, in a transaction that is rolled back at the end; give the report."""
    # This file may be read before Django knows its models.
    from tests.log import settle
    from untfsse.seeding import seed

    with django_db_blocker.unblock(), transaction.atomic():
        report = seed()
        settle()  # else each later load would wait for what this one left to the commit
        yield report
        transaction.set_rollback(True)


@pytest.fixture
def report(loaded: Any, db: None) -> Any:
    """The first load's report, with its records in the database."""
    return loaded

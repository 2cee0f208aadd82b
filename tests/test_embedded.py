"""PostgreSQL without a server: started, shared, stopped, and what is said when it cannot be."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_available_extensions WHERE name = ANY(%s)",
            [["pg_trgm", "unaccent", "btree_gist"]],
        )
        assert cursor.fetchone() == (3,)

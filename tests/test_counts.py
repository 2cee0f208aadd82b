"""Counts: an index alone tells how many rows a list has, and which countries they name."""

import pytest
from django.db import connection, transaction
from django.test import Client

from bench.measuring import visit
from bench.plans import plan_of
from tests import make

LISTS = {
    "/meetings/": "meeting_published",
    "/organizations/": "organization_published",
    "/instruments/": "instrument_published",
    "/updates/": "update_published",
}
TABLES = "taskforce_meeting, taskforce_organization, taskforce_policyinstrument, taskforce_update"
COUNTING = ("SELECT COUNT(*)", "SELECT DISTINCT")


@pytest.mark.django_db(transaction=True)
def test_an_index_alone_tells_how_many_there_are_and_of_which_countries(client: Client) -> None:
    for build in (make.meeting, make.organization, make.instrument, make.update):
        build()
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (FULL) {TABLES}")  # without what other tests took back
        cursor.execute(f"VACUUM (ANALYZE) {TABLES}")
    used = {}
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        for address in LISTS:
            counting = [
                query for query in visit(client, address).queries if query.sql.startswith(COUNTING)
            ]
            used[address] = {
                (node["Node Type"], node["Index Name"])
                for query in counting
                for node in plan_of(query)
                if "Relation Name" in node
            }
    assert used == {address: {("Index Only Scan", name)} for address, name in LISTS.items()}

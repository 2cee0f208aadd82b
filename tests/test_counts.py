"""Counts: an index tells how many rows a list has, to a thousand, and which countries they name."""

import pytest
from django.db import connection, transaction
from django.test import Client
from taggit.models import Tag, TaggedItem

from bench.measuring import visit
from bench.plans import plan_of
from taskforce.models import Meeting
from tests import make
from untfsse.synthetic import records

LISTS = {
    "/meetings/": "meeting_published",
    "/organizations/": "organization_published",
    "/instruments/": "instrument_published",
    "/updates/": "update_published",
}
TABLES = "taskforce_meeting, taskforce_organization, taskforce_policyinstrument, taskforce_update"
COUNTING = ("SELECT (SELECT COUNT(*)", "SELECT DISTINCT")


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.django_db
def test_nobody_counts_further_than_a_thousand(client: Client) -> None:
    meetings = Meeting.objects.bulk_create(map(records.meeting, range(1, 1_200)))
    tag = Tag.objects.create(name="crowded", slug="crowded")
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tag, content_object=meeting) for meeting in meetings
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE taskforce_meeting")
    page = visit(client, "/meetings/")
    [counting] = [query for query in page.queries if query.sql.startswith(COUNTING[0])]
    assert max(node["Actual Rows"] for node in plan_of(counting)) == 1_001
    assert "50 of more than 1,000 records" in client.get("/meetings/").text
    assert client.get("/api/v1/meetings/").json()["count"] is None
    assert "<b>1,000+</b> meetings" in client.get("/").text
    assert client.get("/api/v1/meetings/?year=2005").json()["count"] == 49
    assert '<span class="note">50+</span>' in client.get("/topics/").text

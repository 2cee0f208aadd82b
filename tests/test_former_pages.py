"""Former pages: addresses of the earlier sites lead to the record that holds them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make

POST = "/2022/08/02/special-meeting/"
OLD = f"https://unsse.org{POST}"


def sources(*urls: str) -> dict[str, Any]:
    return {"sources": [{"title": "Page", "url": url} for url in urls]}


@pytest.fixture(scope="module")
def records(module_db: None) -> None:
    """Records that name pages of the earlier sites, some of them alike."""
    make.meeting(slug="special", starts_on="2022-07-19", **sources(OLD))
    make.meeting(slug="side-event", starts_on="2022-07-31", **sources("https://a.example/", OLD))
    make.update(slug="news", happened_on="2022-08-02", **sources(OLD))
    make.organization(slug="eclac", **sources(OLD))
    for year in ("2016", "2023"):
        make.meeting(
            slug=f"symposium-{year}",
            starts_on=year,
            **sources("https://a.example/", "http://www.unsse.org/2023/09/26/symposium"),
        )
    make.organization(slug="fmdv", **sources("https://unsse.org/about/observers/fmdv/"))
    make.update(slug="escwa", **sources("https://unsse.org/2023/12/07/escwa-joins/?lang=fr"))
    hub = "https://knowledgehub.unsse.org/pt/knowledge-hub/youth-4/"
    make.entry(slug="youth", **sources(hub))
    make.meeting(slug="workshop", **sources("http://unsse.org/4-november-2019-workshop/"))
    make.meeting(slug="secret", status="draft", **sources("https://unsse.org/2020/01/01/secret/"))
    make.update(slug="elsewhere", **sources("https://example.org/2020/01/02/elsewhere/"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (POST, "/meetings/special/"),
        (f"{POST}?lang=fr", "/meetings/special/"),
        ("/2023/09/26/symposium/", "/meetings/symposium-2023/"),
        ("/2023/12/07/escwa-joins/?lang=fr", "/updates/escwa/"),
        ("/about/observers/fmdv/", "/organizations/fmdv/"),
        ("/about/observers/?lang=es", "/organizations/?category=observer"),
        ("/about/?lang=fr", "/organizations/"),
        ("/es/noticias/", "/updates/"),
        ("/updates/page/2/", "/updates/"),
        ("/pt/knowledge-hub/youth-4/", "/encyclopedia/youth/"),
        ("/4-november-2019-workshop/", "/meetings/workshop/"),
    ],
)
def test_an_old_address_leads_to_the_record_that_holds_it(
    old: str, new: str, records: None, db: None, client: Client
) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(old)
    assert (answer.status_code, answer.get("Location")) == (301, new)
    assert len(asked) <= 1
    assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/2020/01/01/secret/",
        "/2020/01/02/elsewhere/",
        "/2020/13/45/nothing/",
        "/2018/",
        "/about/nobody/",
        "/not-known/",
        "/not-known/?lang=%00",
        "/2022/08/02/special-meeting%00/",
        "/wp-login.php",
    ],
)
def test_an_address_that_no_public_record_names_is_not_found(
    path: str, records: None, db: None, client: Client
) -> None:
    assert client.get(path).status_code == 404


def test_an_old_address_without_its_stroke_leads_there_too(
    records: None, db: None, client: Client
) -> None:
    answer = client.get(POST.removesuffix("/"), follow=True)
    assert answer.redirect_chain == [(POST, 301), ("/meetings/special/", 301)]


def test_a_source_is_looked_up_by_an_index(records: None, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM taskforce_meeting WHERE sources @> %s::jsonb",
            ['[{"url": "https://unsse.org/"}]'],
        )
        assert "taskforce_meeting_by_source" in str(cursor.fetchall())

"""The queue of facts to verify: by noun, each beside its source, decided one after another."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from taskforce.models import Organization, Seat
from tests import make
from tests.forms import filled
from tests.leaks import EVIDENCED
from tests.nouns import BUILDERS, each_slowly, suggestion
from tests.staff import sign_in
from untfsse.kit.history.changes import Change
from untfsse.kit.records.roles import EDITOR, ENCYCLOPEDIA_EDITOR, SECRETARIAT, VIEWER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]
QUEUE = "/admin/verify/"


def doubtful_seat(**facts: Any) -> Seat:
    return make.seat(confidence="low", from_on="2019", basis="Recalled", **facts)


def address(record: Any, page: str, *more: str) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[record.pk, *more])


def names(answer: Any) -> list[str]:
    return [str(fact.record) for fact in answer.context["facts"]]


def test_a_fact_stands_beside_its_source_with_who_saved_it(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    seat = doubtful_seat(sources=[{"title": "A <b>report</b>", "url": "https://example.org/r"}])
    make.seat(confidence="low", verified_on="2024-01-01")

    answer = client.get(QUEUE)
    [fact] = answer.context["facts"]
    page = answer.content.decode()

    assert fact.record == seat
    said = {line.label: line.after for line in fact.lines}
    assert (said["Organization"], said["Category"]) == (str(seat.organization), "Member")
    assert (said["From"], said["Basis"]) == ("2019", "Recalled")
    assert "Sources" not in said
    assert fact.state == "Low: recalled only. Hidden from readers."
    assert '<a href="https://example.org/r" target="_blank" rel="noopener noreferrer">' in page
    assert "A &lt;b&gt;report&lt;/b&gt;" in page
    assert [str(act.label) for act, _url in fact.acts] == ["Verify"]


@pytest.mark.slow
@pytest.mark.parametrize("model", each_slowly(EVIDENCED))
def test_the_queue_asks_as_much_for_three_facts_as_for_one(model: Any, client: Client) -> None:
    sign_in(client, SECRETARIAT)
    url = f"{QUEUE}?noun={model._meta.label_lower}"

    def add(count: int) -> None:
        for _number in range(count):
            record = BUILDERS[model._meta.label]()
            Change.objects.exclude(table=model._meta.db_table).delete()
            model.objects.filter(pk=record.pk).update(confidence="medium", verified_on=None)

    add(1)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        first = client.get(url)
    add(2)
    with CaptureQueriesContext(connection) as three:
        second = client.get(url)

    assert len(second.context["facts"]) >= len(first.context["facts"]) + 2
    assert all(fact.lines for fact in second.context["facts"])
    assert len(three) == len(one)


@pytest.mark.slow
def test_verifying_keeps_who_and_when_and_leads_to_the_next(client: Client) -> None:
    user = sign_in(client, EDITOR)
    before, seat, after = doubtful_seat(), doubtful_seat(), doubtful_seat()
    [_first, fact, _last] = client.get(QUEUE).context["facts"]
    [(_act, url)] = fact.acts

    done = client.post(url, follow=True)
    seat.refresh_from_db()

    assert (seat.verified_by, seat.verified_on) == (user, timezone.localdate())
    assert done.redirect_chain[-1][0] == f"{QUEUE}?noun=taskforce.seat&p=1#fact-{after.pk}"
    assert names(done) == [str(before), str(after)]
    latest = Change.objects.of(seat)[0]
    assert (latest.made_by, latest.origin) == (user, "admin")
    assert latest.after["verified_by_id"] == user.pk


def test_after_the_last_the_queue_says_so_and_goes_on_with_another_noun(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    seat, organization = doubtful_seat(), make.organization(status="draft", confidence="low")

    client.post(f"{address(seat, 'act', 'verify')}?queue=1")
    done = client.get(f"{QUEUE}?noun=taskforce.seat&after={seat.pk}", follow=True)

    assert [str(message) for message in done.context["messages"]] == [
        "Verified: your name and today's date are kept with it.",
        "Nothing more waits of: seats.",
    ]
    assert names(done) == [str(organization)]


@pytest.mark.slow
def test_a_fact_is_corrected_and_verified_in_one_go(client: Client) -> None:
    user = sign_in(client, EDITOR)
    seat, following = doubtful_seat(), doubtful_seat()
    [fact, _next] = client.get(QUEUE).context["facts"]

    sent = filled(client.get(fact.url), basis="Minutes of 2019", _verify="1")
    del sent["_save"]
    done = client.post(fact.url, sent, follow=True)
    seat.refresh_from_db()

    assert (seat.basis, seat.verified_by) == ("Minutes of 2019", user)
    assert done.redirect_chain[-1][0].endswith(f"#fact-{following.pk}")


@pytest.mark.slow
def test_a_plain_save_verifies_nothing_and_leads_back_to_the_queue(client: Client) -> None:
    sign_in(client, EDITOR)
    seat = doubtful_seat()
    [fact] = client.get(QUEUE).context["facts"]

    done = client.post(fact.url, filled(client.get(fact.url), basis="Elsewhere"), follow=True)
    seat.refresh_from_db()

    assert (seat.basis, seat.verified_on) == ("Elsewhere", None)
    assert done.redirect_chain[-1][0].startswith(f"{QUEUE}?noun=taskforce.seat")


@pytest.mark.slow
def test_hiding_a_public_record_asks_for_the_reason_and_leads_on(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    record, following = [make.organization(confidence="medium") for _number in range(2)]
    [fact, _next] = client.get(f"{QUEUE}?noun=taskforce.organization").context["facts"]
    (hide, url) = fact.acts[1]

    asked = client.get(url)
    refused = client.post(url, {"withdrawal_reason": " "})
    done = client.post(url, {"withdrawal_reason": "In doubt"}, follow=True)
    record.refresh_from_db()

    assert (str(hide.label), asked.status_code) == ("Hide", 200)
    assert refused.context["form"].errors == {"withdrawal_reason": ["This field is required."]}
    assert (record.status, record.withdrawal_reason) == ("withdrawn", "In doubt")
    assert names(done) == [str(following)]


def test_suggestions_wait_in_the_same_queue(client: Client) -> None:
    user = sign_in(client, ENCYCLOPEDIA_EDITOR)
    waiting = suggestion(value="Cooperatives")
    answer = client.get(f"{QUEUE}?noun=encyclopedia.suggestion")
    [fact] = answer.context["facts"]

    client.post(fact.acts[0][1])
    waiting.refresh_from_db()

    assert [str(act.label) for act, _url in fact.acts] == ["Accept", "Refuse"]
    assert (waiting.state, waiting.decided_by) == ("accepted", user)


@pytest.mark.slow
def test_each_sees_only_what_he_may_decide_on(client: Client) -> None:
    doubtful_seat()
    make.authorship(confidence="low")
    keys = {}
    for role in (SECRETARIAT, EDITOR, ENCYCLOPEDIA_EDITOR):
        sign_in(client, role)
        keys[role] = [heap.key for heap in client.get(QUEUE).context["waiting_counts"]]
    foreign = client.get(f"{QUEUE}?noun=taskforce.seat").status_code
    sign_in(client, VIEWER)

    both = ["taskforce.seat", "encyclopedia.authorship"]
    assert keys == {SECRETARIAT: both, EDITOR: both, ENCYCLOPEDIA_EDITOR: both[1:]}
    assert (foreign, client.get(QUEUE).status_code) == (404, 403)
    assert QUEUE not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    "question", ["p=%00", "p=²", "p=99999999999999999999", "after=²", "after=9999999999999999999"]
)
def test_a_strange_question_shows_the_queue(question: str, client: Client) -> None:
    sign_in(client, SECRETARIAT)
    seat = doubtful_seat()

    assert names(client.get(f"{QUEUE}?noun=taskforce.seat&{question}", follow=True)) == [str(seat)]
    assert client.get(f"{QUEUE}?noun=%00").status_code == 404


def test_pages_follow_one_another_and_the_next_fact_is_found_on_its_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("untfsse.kit.backoffice.verify_queue.FACTS_A_PAGE", 1)
    sign_in(client, SECRETARIAT)
    seats = [doubtful_seat() for _number in range(3)]

    done = client.get(f"{QUEUE}?noun=taskforce.seat&after={seats[1].pk}", follow=True)

    assert done.redirect_chain[-1][0] == f"{QUEUE}?noun=taskforce.seat&p=3#fact-{seats[2].pk}"
    assert names(done) == [str(seats[2])]
    assert Organization.objects.count() == 3

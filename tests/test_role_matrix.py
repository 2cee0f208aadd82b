"""The matrix of role, noun and act, really tried: rights asked, pages opened, forms sent.

A line in `DOORS` is a way to do an act to a record; it tells whether somebody was let through.
Pages are asked as a browser does, for one noun of each kind of page. Every other noun has the
very views of that kind, which is looked at; of each noun its page and the services are asked.
"""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from taskforce.models import Attendance, Document, Seat, Update
from tests import make
from tests.forms import filled
from tests.kit.test_roles import expected, nouns
from tests.nouns import BUILDERS, each_slowly
from tests.staff import sign_in, staff
from untfsse.kit.backoffice.base import EvidencedAdmin, ModelAdmin, RecordAdmin
from untfsse.kit.history.changes import Change
from untfsse.kit.history.restore import restore
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.publishing import publish, unschedule, withdraw_from_public
from untfsse.kit.records.record import Record
from untfsse.kit.records.roles import EDITOR, ENCYCLOPEDIA_EDITOR, SECRETARIAT, VIEWER
from untfsse.kit.records.verification import hide, verify

pytestmark = pytest.mark.django_db

type Try = Callable[[Client, Any, Any], bool]
ROLES = [SECRETARIAT, EDITOR, ENCYCLOPEDIA_EDITOR, VIEWER]
TODAY = dt.date(2026, 1, 2)


def url(record: Any, page: str, *more: str) -> str:
    opts = record._meta
    own = [] if page in {"changelist", "add"} else [record.pk]
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[*own, *more])


def opens(page: str, *more: str) -> Try:
    """A page is opened."""

    def attempt(client: Client, record: Any, _user: Any) -> bool:
        return let_through(client.get(url(record, page, *more)))

    return attempt


def opens_list(page: str, *more: str) -> Try:
    """A page that belongs to the list is opened."""

    def attempt(client: Client, record: Any, _user: Any) -> bool:
        opts = record._meta
        name = f"admin:{opts.app_label}_{opts.model_name}_{page}"
        return let_through(client.get(reverse(name, args=more)))

    return attempt


def sends(page: str, *more: str, **data: str) -> Try:
    """A form is sent; that it is told what is missing means that it was let through."""

    def attempt(client: Client, record: Any, _user: Any) -> bool:
        with transaction.atomic():
            answer = client.post(url(record, page, *more), data)
            transaction.set_rollback(True)
        return let_through(answer)

    return attempt


def sends_action(name: str, **data: str) -> Try:
    """An action of the list is sent by hand, whether or not the list offers it."""

    def attempt(client: Client, record: Any, _user: Any) -> bool:
        sent = {"action": name, "_selected_action": str(record.pk), **data}
        with transaction.atomic():
            answer: Any = client.post(url(record, "changelist"), sent)
            left = type(record).objects.filter(pk=record.pk).values().first()
            transaction.set_rollback(True)
        is_asked = answer.status_code == 200 and "cl" not in answer.context_data
        now = type(record).objects.filter(pk=record.pk).values().first()
        return bool(is_asked or left != now)

    return attempt


def calls(verb: Callable[[Any, Any], Any]) -> Try:
    """A service is called; what its rules say comes after the permission."""

    def attempt(_client: Client, record: Any, user: Any) -> bool:
        try:
            with transaction.atomic():
                verb(record, user)
                transaction.set_rollback(True)
        except PermissionDenied:
            return False
        except ValidationError:
            return True
        return True

    return attempt


def restores(record: Any, user: Any) -> Any:
    change = Change.objects.of(record).first()
    return restore(change, by=user) if change else None


def let_through(answer: Any) -> bool:
    assert answer.status_code in {200, 302, 403}, answer.status_code
    return bool(answer.status_code != 403 and answer.get("Location") != reverse("admin:index"))


NOW = timezone.now()
CONFIRMED = {"confirmed": "1", "withdrawal_reason": "No", "at_0": "2022-01-01", "at_1": "12:00"}
EVERY: dict[str, tuple[str, Try]] = {
    "list": ("view", opens("changelist")),
    "form": ("view", opens("change")),
    "history": ("view", opens("history")),
    "export": ("view", opens_list("export", "csv")),
    "import": ("change", opens_list("list_act", "import")),
    "import by address": ("change", opens_list("import", "1")),
    "add": ("add", sends("add")),
    "change": ("change", sends("change")),
    "delete": ("delete", sends("delete", post="yes")),
    "delete by action": ("delete", sends_action("delete_selected")),
}
FACTS: dict[str, tuple[str, Try]] = {
    "verify": ("change", sends("act", "verify")),
    "verify by action": ("change", sends_action("verify_selected")),
}
RECORDS: dict[str, tuple[str, Try]] = {
    "preview": ("view", opens("preview")),
    "publish": ("publish", sends("act", "publish", at_0="2022-01-01", at_1="12:00")),
    "withdraw": ("publish", sends("act", "withdraw", withdrawal_reason="Wrong")),
    "unschedule": ("publish", sends("act", "unschedule")),
    "publish by action": ("publish", sends_action("publish_selected")),
    "withdraw by action": ("publish", sends_action("withdraw_selected", **CONFIRMED)),
}
DOORS = {"every noun": EVERY, "facts": FACTS, "records": RECORDS}
"""By kind of noun: the way in, the act it is, and how to try it."""
SERVICES: dict[str, dict[str, tuple[str, Try]]] = {
    "every noun": {"restore": ("change", calls(restores))},
    "facts": {
        "verify by service": ("change", calls(lambda record, by: verify(record, by=by, on=TODAY))),
    },
    "records": {
        "publish by service": ("publish", calls(lambda record, by: publish(record, by=by, at=NOW))),
        "unschedule by service": ("publish", calls(lambda record, by: unschedule(record, by=by))),
        "withdraw by service": (
            "publish",
            calls(lambda record, by: withdraw_from_public(record, reason="Wrong", by=by)),
        ),
        "hide by service": (
            "publish",
            calls(lambda record, by: hide(record, reason="Wrong", by=by)),
        ),
    },
    "parts with sources": {
        "hide by service": ("change", calls(lambda record, by: hide(record, reason="", by=by))),
    },
}
"""The same without a page."""


def doors_of(model: Any, doors: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found = dict(doors["every noun"])
    if issubclass(model, Evidenced):
        found |= doors["facts"]
        found |= doors.get("records" if issubclass(model, Record) else "parts with sources", {})
    return found


@pytest.fixture(scope="module")
def records(module_db: None) -> dict[Any, Any]:
    """Return one record of every noun, to be tried by every role."""
    found = {model: BUILDERS[model._meta.label]() for model in nouns()}
    for model in found:
        if issubclass(model, Evidenced):
            model.objects.update(verified_on=None)
    return found


BULK: dict[str, dict[str, Any]] = {
    "every noun": {"delete_selected": "delete"},
    "facts": {"verify_selected": "change"},
    "records": {"publish_selected": "publish", "withdraw_selected": "publish"},
}
"""The acts of a list by kind of noun, and the right that each needs."""
IN_BULK = {name for acts in BULK.values() for name in acts}


def rights(page: Any, request: Any, record: Any) -> dict[str, Any]:
    """Return what a noun's page allows, and what it offers in bulk and without a record."""
    asked = {
        "view": page.has_view_permission(request, record),
        "add": page.has_add_permission(request),
        "change": page.has_change_permission(request, record),
        "delete": page.has_delete_permission(request, record),
        "publish": hasattr(page, "has_publish_permission") and page.has_publish_permission(request),
    }
    return {
        "allowed": tuple(act for act, may in asked.items() if may),
        "in bulk": IN_BULK & page.get_actions(request).keys(),
        "import": "import" in {act.name for act in page.get_acts(request, None)},
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_noun_asks_for_the_right_of_its_own(
    role: str, records: dict[Any, Any], rf: RequestFactory
) -> None:
    request: Any = rf.get("/")
    user = request.user = staff(role)
    told, wanted = {}, {}
    for model, record in records.items():
        own, bulk = expected(role, model), doors_of(model, BULK)
        told[model] = rights(admin.site.get_model_admin(model), request, record)
        wanted[model] = {
            "allowed": own,
            "in bulk": {name for name, act in bulk.items() if act in own},
            "import": "change" in own,
        }
    assert {model: was for model, was in told.items() if was != wanted[model]} == {}

    tried, allowed = try_doors(role, user, records, Client(), SERVICES)
    assert {door: was for door, was in tried.items() if was != allowed[door]} == {}
    assert len(tried) > 100


@pytest.mark.slow
@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=() if role in {EDITOR, VIEWER} else pytest.mark.slow)
        for role in ROLES
    ],
)
@pytest.mark.usefixtures("unwritten_menu")
def test_a_browser_is_let_in_where_its_user_may(
    role: str, records: dict[Any, Any], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("CRITICAL", "django.request")
    one_of_each_kind = {model: records[model] for model in (Update, Seat, Attendance)}
    assert [base_of(model) for model in one_of_each_kind] == BASES
    tried, wanted = try_doors(role, sign_in(client, role), one_of_each_kind, client, DOORS)

    assert {door: was for door, was in tried.items() if was != wanted[door]} == {}


VIEWS = ["changelist_view", "add_view", "change_view", "changeform_view", "delete_view"]
VIEWS += ["history_view", "export_view", "act_view", "import_view", "preview_view"]
BASES = [RecordAdmin, EvidencedAdmin, ModelAdmin]
"""What the pages of nouns are made of, the most special first."""


def test_no_noun_has_a_view_of_its_own_that_the_browser_was_not_let_in_by() -> None:
    assert {base_of(model) for model in nouns()} == set(BASES)
    assert [
        f"{model.__name__}.{name}"
        for model in nouns()
        for name in VIEWS
        if getattr(type(admin.site.get_model_admin(model)), name, None)
        is not getattr(base_of(model), name, None)
    ] == []


def base_of(model: Any) -> Any:
    page = admin.site.get_model_admin(model)
    return next((base for base in BASES if isinstance(page, base)), None)


def try_doors(
    role: str,
    user: User,
    records: dict[Any, Any],
    client: Client,
    doors: dict[str, dict[str, Any]],
) -> tuple[dict[str, bool], dict[str, bool]]:
    """Return of each door whether it opened, and whether it should."""
    tried, wanted = {}, {}
    for model, record in records.items():
        for name, (act, attempt) in doors_of(model, doors).items():
            door = f"{model.__name__}: {name}"
            wanted[door] = act in expected(role, model)
            tried[door] = attempt(client, record, user)
    return tried, wanted


# --- No form does what only a button may ---------------------------------------------------


@cache
def decided() -> dict[str, str]:
    """What only services decide, as somebody would smuggle it into a form."""
    return {
        "status": "published",
        "published_at": "2022-01-01 12:00",
        "published_at_0": "2022-01-01",
        "published_at_1": "12:00",
        "withdrawal_reason": "Smuggled",
        "verified_on": "2022-01-01",
        "verified_by": "1",
        "state": "approved",
        "decided_on": "2022-01-01",
    }


RECORDS_OF_ALL = [model for model in nouns() if issubclass(model, Record)]


@pytest.mark.slow
@pytest.mark.parametrize("model", each_slowly(RECORDS_OF_ALL))
def test_no_form_of_an_editor_publishes_or_verifies(model: Any, client: Client) -> None:
    user = sign_in(client, EDITOR)
    record = BUILDERS[model._meta.label]()
    for noun in nouns():
        if issubclass(noun, Record):
            noun.objects.update(status="draft", published_at=None)
        if issubclass(noun, Evidenced):
            noun.objects.update(verified_on=None, confidence="low")
    page = url(record, "change")
    sent = filled(client.get(page))
    rows = {name.rpartition("-")[0] for name in sent if name.endswith("-id")}
    smuggled = {
        f"{row}-{name}": value
        for row in rows
        for name, value in decided().items()
        if f"{row}-{name}" not in sent
    }

    own = {name: value for name, value in decided().items() if name not in sent}
    saved = client.post(page, {**sent, **own, **smuggled, "verified_by": str(user.pk)})

    errors = saved.context["errors"] if saved.context else []
    assert (saved.status_code, errors) == (302, [])
    for noun in nouns():
        if issubclass(noun, Record):
            assert not noun.objects.exclude(status="draft").exists()
        if issubclass(noun, Evidenced):
            assert not noun.objects.filter(verified_on__isnull=False).exists()


@pytest.mark.parametrize(("role", "is_let"), [(SECRETARIAT, True), (EDITOR, False)])
def test_who_may_not_publish_does_not_open_what_is_public_to_more_readers(
    role: str, is_let: bool, client: Client
) -> None:
    sign_in(client, role)
    document = make.document(audience="members")
    minutes = make.minutes(audience="members")
    sentence = "It is public already: only who may publish decides who sees it from now on."
    for record in (document, minutes):
        page = url(record, "change")
        saved = client.post(page, filled(client.get(page), audience="public"))
        record.refresh_from_db()
        assert (record.audience == "public") == is_let
        if not is_let:
            assert saved.context["adminform"].form.errors == {"audience": [sentence]}


@pytest.mark.slow
def test_an_editor_chooses_the_readers_of_a_draft_and_not_in_a_row_of_what_is_public(
    client: Client,
) -> None:
    sign_in(client, EDITOR)
    draft = make.document(audience="members", status="draft")
    public = make.document(audience="members", meeting=make.meeting())
    page = url(draft, "change")
    client.post(page, filled(client.get(page), audience="public"))
    page = url(public.meeting, "change")
    client.post(page, filled(client.get(page), **{"documents-0-audience": "public"}))
    draft.refresh_from_db()
    public.refresh_from_db()

    assert (draft.audience, public.audience) == ("public", "members")


@pytest.mark.slow
def test_an_editor_does_not_see_what_is_for_the_secretariat_nor_makes_it_so(
    client: Client,
) -> None:
    sign_in(client, EDITOR)
    titles = ("Quokka", "Wombat")
    paper, gone = (make.document(audience="secretariat", title=title) for title in titles)
    keys = [paper.pk, gone.pk]
    gone.delete()
    draft = make.document(status="draft")
    versions = Change.objects.filter(table="taskforce_document", row_id__in=keys)
    deleted = reverse("admin:deleted", args=["taskforce", "document"])
    paths = [url(paper, page) for page in ("change", "preview", "history", "delete")]
    paths += [reverse("admin:restore", args=[change.pk]) for change in versions]

    answers = [client.get(path) for path in paths]
    lists = [client.get(path).text for path in (url(paper, "changelist"), deleted)]
    kept = client.post(
        url(draft, "change"), filled(client.get(url(draft, "change")), audience="secretariat")
    )

    assert [answer.status_code for answer in answers] == [302, 404, 302, 403, 404, 404, 404]
    assert [title in text for text in lists for title in titles] == [False] * 4
    assert kept.context["adminform"].form.errors == {
        "audience": ["You do not belong to these readers: you would no longer see it yourself."]
    }


def test_an_editor_does_not_widen_the_readers_by_restoring(client: Client) -> None:
    user = sign_in(client, EDITOR)
    records: list[Any] = [make.document(audience="public"), make.minutes(audience="public")]
    for record in records:
        type(record).objects.filter(pk=record.pk).update(audience="secretariat")
        first = Change.objects.of(record).earliest("id")
        with pytest.raises(PermissionDenied, match="does not let you publish"):
            restore(first, by=user)


def test_a_history_tells_an_editor_nothing_that_was_for_the_secretariat(client: Client) -> None:
    meeting = make.meeting()
    make.document(meeting=meeting, audience="secretariat", title="Quokka")
    opened = make.document(meeting=meeting, audience="secretariat", title="Wombat")
    Document.objects.filter(pk=opened.pk).update(audience="public", title="Platypus")
    for role, told in ((EDITOR, [False, False]), (SECRETARIAT, [True, True])):
        client.force_login(staff(role))
        pages = [client.get(url(record, "history")) for record in (meeting, opened)]
        assert [page.status_code for page in pages] == [200, 200]
        text = "".join(page.text for page in pages)
        assert [word in text for word in ("Quokka", "Wombat")] == told, role


def test_an_editor_links_nothing_to_what_is_for_the_secretariat(client: Client) -> None:
    paper = make.document(audience="secretariat", title="Quokka")
    rendition = make.rendition()
    page = url(rendition, "change")
    for role, is_let in ((EDITOR, False), (SECRETARIAT, True)):
        client.force_login(staff(role))
        answer = client.post(page, filled(client.get(page), document=str(paper.pk)))
        rendition.refresh_from_db()
        assert (rendition.document_id == paper.pk) == is_let, role
        if not is_let:
            assert list(answer.context["adminform"].form.errors) == ["document"]
            assert "Quokka" not in answer.text


@pytest.mark.slow
def test_what_leads_to_the_secretariats_own_tells_an_editor_no_name_and_stays(
    client: Client,
) -> None:
    paper = make.document(audience="secretariat", title="Quokka")
    decision = make.decision()
    evidence = decision.evidence.create(document=paper)
    for role, is_told in ((SECRETARIAT, True), (EDITOR, False)):
        client.force_login(staff(role))
        page, history = client.get(url(decision, "change")), client.get(url(decision, "history"))
        assert ["Quokka" in answer.text for answer in (page, history)] == [is_told] * 2, role
        assert client.post(url(decision, "change"), filled(page)).status_code == 302
    evidence.refresh_from_db()
    assert evidence.document == paper

"""The back office as a whole: every noun, one measure."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from taskforce.models import Attendance, Meeting, Office, Seat
from tests import make
from tests.forms import filled
from tests.nouns import BUILDERS, each_slowly
from untfsse.kit.forms.model_forms import is_relation
from untfsse.kit.history.changes import Change, Operation

pytestmark = pytest.mark.django_db

OURS = {"taskforce", "encyclopedia", "actionplan"}
NOUNS = [model for model in apps.get_models() if model._meta.app_label in OURS]


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def build(model: type[models.Model]) -> models.Model:
    record: models.Model = BUILDERS[model._meta.label]()
    return record


nouns = pytest.mark.parametrize("model", each_slowly(NOUNS))


def test_every_noun_is_in_the_back_office() -> None:
    assert [model for model in NOUNS if not admin.site.is_registered(model)] == []


def test_every_noun_can_be_searched_and_narrowed_and_fits_the_width() -> None:
    for model in NOUNS:
        page = admin.site.get_model_admin(model)
        assert page.search_fields, model
        assert len(page.list_display) <= 6, model
        # Offices are a handful, each a title and a place in their order.
        assert model is Office or (page.list_filter and page.date_hierarchy), model


def test_every_related_row_is_chosen_by_typing(rf: Any) -> None:
    pages = [admin.site.get_model_admin(model) for model in NOUNS]
    parts = [part(page.model, admin.site) for page in pages for part in page.inlines]

    for door in [*pages, *parts]:
        opts = door.model._meta
        links = [field.name for field in [*opts.fields, *opts.many_to_many] if is_relation(field)]
        assert list(door.get_autocomplete_fields(rf.get("/"))) == links, door


@nouns
@pytest.mark.usefixtures("unwritten_menu")
def test_a_change_list_asks_as_much_for_three_rows_as_for_one(
    model: type[models.Model], staff: Client
) -> None:
    build(model)
    url = address(model, "changelist")
    staff.get(url)
    with CaptureQueriesContext(connection) as one:
        first = staff.get(url)
    build(model)
    build(model)
    with CaptureQueriesContext(connection) as three:
        second = staff.get(url)

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.context["cl"].result_count >= first.context["cl"].result_count + 2
    assert len(three) == len(one)


@nouns
@pytest.mark.usefixtures("unwritten_menu")
def test_an_empty_form_opens_and_says_what_follows_from_a_column_beside_its_box(
    model: type[models.Model], staff: Client
) -> None:
    page: Any = admin.site.get_model_admin(model)
    response = staff.get(address(model, "add"))

    assert response.status_code == 200
    form = response.context["adminform"].form
    assert form.errors == {}
    told = {name: str(form.fields[name].help_text) for name in page.consequences}
    assert told == {name: str(words) for name, words in page.consequences.items()}


@nouns
@pytest.mark.usefixtures("unwritten_menu")
def test_a_form_leads_to_the_preview_and_saved_as_it_was_shown_changes_nothing(
    model: type[models.Model], staff: Client
) -> None:
    record: Any = build(model)
    url = address(model, "change", record.pk)
    Change.objects.all().delete()

    page = staff.get(url)
    has_page = bool(getattr(record, "get_absolute_url", None))
    assert (page.status_code, "preview_url" in page.context) == (200, has_page)
    if has_page:
        assert staff.get(page.context["preview_url"]).status_code == 200
        assert page.context["absolute_url"] == record.get_absolute_url()
    saved = staff.post(url, filled(page))

    errors = saved.context["errors"] if saved.context else []
    assert (saved.status_code, errors) == (302, [])
    changes = Change.objects.filter(operation__in=[Operation.UPDATE, Operation.DELETE])
    assert [change.changed_fields for change in changes] == []
    assert [change.table for change in Change.objects.all()] == []


def assert_is_answered(client: Client, model: Any, question: str) -> None:
    """Led to the whole list with a sentence, or shown what was found."""
    home = address(model, "changelist")
    answer: Any = client.get(f"{home}?{question}")
    if answer.status_code == 302:
        assert answer.url == home
    else:
        assert (answer.status_code, answer.context["cl"].model) == (200, model)


@nouns
@pytest.mark.usefixtures("unwritten_menu")
def test_a_strange_search_or_day_is_answered_with_a_list(
    model: type[models.Model], staff: Client
) -> None:
    day = admin.site.get_model_admin(model).date_hierarchy or "nothing"
    for question in [
        "q=%00",
        "q=%C2%B2",
        f"{day}__year=99999999999999999999",
        f"{day}__year=%C2%B2",
    ]:
        assert_is_answered(staff, model, question)


@pytest.mark.parametrize(
    "question",
    [
        "status__exact=%00",
        "id__exact=%C2%B2",
        "id__exact=99999999999999999999999",
        "nothing__exact=1",
        "q=" + "a" * 7_000,
        "q=" + "a+" * 2_000,
        "pk__in=a,b",
        "o=%C2%B2",
        "p=%C2%B2",
        "p=99999999999999999999",
        "todo=%00",
        "todo=nothing",
        "e=1&id__exact=x",
        "_to_field=nothing",
        "%00=1",
    ],
)
@pytest.mark.usefixtures("unwritten_menu")
def test_a_strange_question_is_answered_with_a_list(question: str, staff: Client) -> None:
    # A record, a fact, a part and what hangs on none: these are read by what all lists share.
    for model in (Meeting, Seat, Attendance, Office):
        assert_is_answered(staff, model, question)


def test_the_daily_work_comes_first_under_the_names_editors_know(staff: Client) -> None:
    apps_shown = [app["name"] for app in staff.get("/admin/").context["app_list"]]

    assert apps_shown == [
        *("Task Force", "Encyclopedia", "Action plan", "Topics"),
        *("Accounts", "Authentication and Authorization", "Memory of changes"),
    ]


def test_many_columns_say_what_follows() -> None:
    pages: list[Any] = [admin.site.get_model_admin(model) for model in NOUNS]
    assert sum(len(page.consequences) for page in pages) > 20

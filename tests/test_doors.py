"""The doors of every noun: each is open, or closed with a reason; none is forgotten.

What a new noun lacks is told in sentences that name the line to write, and where.
`pytest tests/test_doors.py -s` prints the whole table.
"""

import importlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Group, User
from django.db import connection, models
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import isolate_apps
from django.urls import NoReverseMatch, reverse

from taskforce import admin as office
from taskforce.api import UpdateViewSet
from taskforce.models import Meeting, Person, Update
from taskforce.serializers import UpdateSerializer
from tests import make
from tests.log import settle
from untfsse import sitemaps
from untfsse.api import router
from untfsse.kit.apps import SECRETARIAT, PortalAppConfig, import_below
from untfsse.kit.backoffice import RecordAdmin
from untfsse.kit.history.triggers import HISTORY, watched_models
from untfsse.kit.loading import SeedModel
from untfsse.kit.loading.plain import file_of
from untfsse.kit.log import PublicState
from untfsse.kit.log.rules import write_rules
from untfsse.kit.records.noun import Door, Noun, address_name, is_open, nouns
from untfsse.kit.records.publication import AudienceField
from untfsse.kit.records.record import Record, own_columns
from untfsse.kit.records.sdg import GoalsField, sdgs_are_goals
from untfsse.search import KINDS

APPS = [config for config in apps.get_app_configs() if isinstance(config, PortalAppConfig)]
MODELS: list[Any] = [model for config in APPS for model in config.get_models()]
FOLLOWS = {
    Door.TOPICS: "It has no topics: a column `tags` would open them.",
    Door.GOALS: "It names no goals: a column `sdgs` would open them.",
}
FORGOTTEN = (
    "{label} has no door “{door}”. {line}, or say in its noun why not: closed={{Door.{name}: “…”}}."
)


def is_reached(name: str, *args: Any) -> bool:
    """Whether an address has this name."""
    try:
        return bool(reverse(name, args=args))
    except NoReverseMatch:
        return False


def seeded() -> set[Any]:
    """Return the models that a file of records fills."""
    found = set()
    for config in APPS:
        seed = importlib.import_module(f"{config.name}.seed")
        for module in (seed, *import_below(seed.__name__, getattr(seed, "__path__", []))):
            found |= {one.model for one in vars(module).values() if isinstance(one, SeedModel)}
    return found


VIEWSETS: list[Any] = [viewset for _path, viewset, _name in router.registry]
SERVED = {getattr(viewset.queryset, "model", None) for viewset in VIEWSETS}
SEEDED = seeded()


def has_pages(model: Any) -> bool:
    """Whether a list and a page of each record are reached."""
    names = [address_name(model, kind) for kind in ("list", "detail")]
    return is_reached(names[0]) and is_reached(names[1], "a-slug")


PAGES = "Write `*record_urls({model})` in {app}/urls.py"
CHECKS: dict[Door, tuple[Any, str]] = {
    Door.PAGES: (has_pages, PAGES),
    Door.FEED: (
        lambda model: is_reached(address_name(model, "feed")),
        PAGES,
    ),
    Door.SITEMAP: (
        lambda model: model.noun.path in sitemaps.SITEMAPS and has_pages(model),
        PAGES,
    ),
    Door.SEARCH: (
        lambda model: (
            model.noun.name in KINDS
            and {"search", model.noun.name_key} <= {field.name for field in model._meta.fields}
        ),
        "Write `search = search_column(…)` and `{key} = plain_key(…)` in the model",
    ),
    Door.API: (
        lambda model: model in SERVED,
        "Write `{model}ViewSet(RecordViewSet)` and `router.add({model}ViewSet)` in {app}/api.py",
    ),
    Door.NAVIGATION: (
        lambda model: bool(model.noun.section or model.noun.within),
        "Write `section=_(“…”)` or `within=“…”` in its noun",
    ),
    Door.HOME: (
        lambda model: bool(model.noun.counted),
        "Write `counted=ngettext_lazy(“…”, “…”)` in its noun",
    ),
    Door.SEED: (
        lambda model: model in SEEDED or file_of(model).exists(),
        "Write {app}/data/{path}.yaml, its rows under `{path}:` by the names of its columns",
    ),
}


def doors_of(model: Any) -> Iterator[tuple[Door, str]]:
    """Give each door of a noun with “open”, the reason why not, or what to write."""
    for door in Door:
        if door in model.noun.closed:
            yield door, model.noun.closed[door]
        elif door in FOLLOWS:
            yield door, "open" if is_open(model, door) else FOLLOWS[door]
        else:
            check, line = CHECKS[door]
            yield door, "open" if check(model) else forgotten(model, door, line)


def forgotten(model: Any, door: Door, line: str) -> str:
    """Say which door was forgotten, and the line that opens it."""
    facts = {
        "model": model.__name__,
        "app": model._meta.app_label,
        "key": model.noun.name_key,
        "path": model.noun.path,
    }
    return FORGOTTEN.format(
        label=model._meta.label, door=door, name=door.name, line=line.format(**facts)
    )


@pytest.mark.parametrize(
    "model", [model for model in MODELS if issubclass(model, Record)], ids=lambda m: m.__name__
)
def test_every_record_says_what_it_is(model: Any) -> None:
    assert isinstance(getattr(model, "noun", None), Noun), (
        f"{model._meta.label} says nothing of itself. Write in its model, before Meta: "
        f"noun = Noun(name=“{make.name_of(model)}”, path=“…”); docs/kit.md tells the rest."
    )


@pytest.mark.parametrize("model", nouns(), ids=lambda model: model.__name__)
def test_every_door_of_a_noun_is_open_or_closed_with_a_reason(model: Any) -> None:
    table = dict(doors_of(model))
    for door, state in table.items():
        print(f"{model.__name__:18} {door:10} {state}")
    missing = [state for state in table.values() if " has no door “" in state]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("model", nouns(), ids=lambda model: model.__name__)
def test_no_reason_stands_at_an_open_door(model: Any) -> None:
    really = {
        door
        for door, (check, _line) in CHECKS.items()
        if door in model.noun.closed and check(model)
    }
    # Without a page of its own, an address leads nowhere, whatever columns there are.
    assert really - {Door.NAVIGATION, Door.HOME} == set()


@pytest.mark.parametrize(
    "model", [m for m in MODELS if not issubclass(m, Record)], ids=lambda m: m.__name__
)
def test_every_part_is_in_the_api_or_says_why_not(model: Any) -> None:
    reason = getattr(model, "closed", {}).get(Door.API, "")
    print(f"{model.__name__:18} api        {reason or 'open'}")
    assert (model in SERVED) is not bool(reason), (
        f"{model._meta.label} has no list in the API: register a ListViewSet in "
        f"{model._meta.app_label}/api.py, or say why not: closed = {{Door.API: “…”}} in the model."
    )


def lacks(model: Any, tables: Iterable[str]) -> Iterator[str]:
    """Say what a noun lacks besides doors, and the line to write."""
    app, name = model._meta.app_label, model.__name__
    if model._meta.db_table not in tables:
        named = make.name_of(model)
        yield f"{app}.{name} has no table. Run `make migrations APP={app} NAME=add_{named}`."
    if model not in admin.site._registry:
        yield (
            f"{app}.{name} is not in the back office. Write `@admin.register({name})` above "
            f"`class {name}Admin(RecordAdmin)` in a file of {app}/admin."
        )
    if not issubclass(model, Record):
        return
    noun = model.noun
    for named in (noun.title, noun.symbol, noun.date, noun.until, noun.sort_day, *noun.texts):
        if named and not hasattr(model, named.partition("__")[0]):
            yield f"{app}.{name} has no column “{named}”. Write it, or in its noun what it has."
    if not model._meta.ordering:
        yield (
            f"{app}.{name} has no order. Write `ordering: ClassVar = [“-sort_on”, “-id”]` in "
            "its Meta, and an index of these columns."
        )
    wanted = [*Record.Meta.constraints, *([sdgs_are_goals()] if is_open(model, Door.GOALS) else [])]
    rules = {rule.name for rule in model._meta.constraints}
    if {rule.name % {"class": name.lower()} for rule in wanted} - rules:
        more = ", sdgs_are_goals()" if is_open(model, Door.GOALS) else ""
        yield (
            f"{app}.{name} lacks rules of every record. Write `constraints: ClassVar = "
            f"[*Record.Meta.constraints{more}]` in its Meta."
        )


def forgets(model: Any, request: HttpRequest) -> Iterator[str]:
    """Say which columns no form shows, and which the API does not."""
    name, app = model.__name__, model._meta.app_label
    page: Any = admin.site._registry[model]
    shown = {*flatten_fieldsets(page.get_fieldsets(request)), *page.get_readonly_fields(request)}
    shape = next(each for each in VIEWSETS if each.queryset.model is model).detail_serializer_class
    told = {field.source.partition(".")[0] for field in shape().fields.values()}
    for column in (*own_columns(model), *model._meta.many_to_many):
        if column.name not in shown:
            yield (
                f"{app}.{name}.{column.name} is in no form. Write it into the `fields` or "
                f"`fieldsets` of {type(page).__name__} in {app}/admin."
            )
        if column.name not in told and not isinstance(column, AudienceField):
            yield (
                f"{app}.{name}.{column.name} is not in the API. Write its words into "
                f"{shape.__name__} in {app}/serializers."
            )


@pytest.mark.parametrize("model", nouns(Door.API), ids=lambda model: model.__name__)
def test_every_column_of_a_noun_is_filled_in_and_told(model: Any, rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = User(is_superuser=True)
    said = list(forgets(model, request))
    assert not said, "\n".join(said)


def test_a_forgotten_field_is_told_with_the_line(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = rf.get("/admin/")
    request.user = User(is_superuser=True)
    monkeypatch.setattr(admin.site._registry[Update], "fields", ["title", "slug"])
    monkeypatch.setattr(UpdateViewSet, "detail_serializer_class", UpdateSerializer)
    assert [sentence for sentence in forgets(Update, request) if ".text " in sentence] == [
        (
            "taskforce.Update.text is in no form. Write it into the `fields` or `fieldsets` of "
            "UpdateAdmin in taskforce/admin."
        ),
        (
            "taskforce.Update.text is not in the API. Write its words into UpdateSerializer in "
            "taskforce/serializers."
        ),
    ]


@pytest.mark.django_db
def test_no_noun_lacks_a_table_a_desk_or_an_order() -> None:
    tables = connection.introspection.table_names()
    said = [sentence for model in MODELS for sentence in lacks(model, tables)]
    assert not said, "\n".join(said)


@pytest.mark.django_db
def test_a_noun_without_a_table_stops_no_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE actionplan_commitment CASCADE")
    write_rules()
    make.meeting()
    settle()
    assert PublicState.objects.of(Meeting).count() == 1


def test_a_bare_page_of_the_back_office_looks_for_words_where_the_noun_says() -> None:
    page = RecordAdmin(Person, admin.site)
    assert (page.search_fields, page.key_field) == (("name", "slug"), "name_key")


def test_a_new_file_of_the_back_office_is_found_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "promises.py").write_text('"""Promises, as a newcomer writes them."""\n')
    monkeypatch.setattr(office, "__path__", [*office.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "taskforce.admin.promises", raising=False)
    loader: Any = office.__loader__
    loader.exec_module(office)
    assert "taskforce.admin.promises" in sys.modules


@isolate_apps("taskforce")
def test_a_newcomer_is_told_each_line_in_a_sentence() -> None:
    class Promise(Record):
        title = models.CharField(max_length=250)
        sdgs = GoalsField()
        noun = Noun(name="promise", path="promises")

        class Meta(Record.Meta):
            app_label = "taskforce"

    assert list(lacks(Promise, tables=())) == [
        "taskforce.Promise has no table. Run `make migrations APP=taskforce NAME=add_promise`.",
        (
            "taskforce.Promise is not in the back office. Write `@admin.register(Promise)` above "
            "`class PromiseAdmin(RecordAdmin)` in a file of taskforce/admin."
        ),
        "taskforce.Promise has no column “summary”. Write it, or in its noun what it has.",
        (
            "taskforce.Promise has no order. Write `ordering: ClassVar = [“-sort_on”, “-id”]` in "
            "its Meta, and an index of these columns."
        ),
        (
            "taskforce.Promise lacks rules of every record. Write `constraints: ClassVar = "
            "[*Record.Meta.constraints, sdgs_are_goals()]` in its Meta."
        ),
    ]
    lines = {door: state.partition(", or say")[0] for door, state in doors_of(Promise)}
    assert {door: line.rpartition("”. ")[2] for door, line in lines.items()} == {
        Door.PAGES: "Write `*record_urls(Promise)` in taskforce/urls.py",
        Door.FEED: "Write `*record_urls(Promise)` in taskforce/urls.py",
        Door.SITEMAP: "Write `*record_urls(Promise)` in taskforce/urls.py",
        Door.SEARCH: (
            "Write `search = search_column(…)` and `title_key = plain_key(…)` in the model"
        ),
        Door.API: "Write `PromiseViewSet(RecordViewSet)` and `router.add(PromiseViewSet)` in "
        "taskforce/api.py",
        Door.NAVIGATION: "Write `section=_(“…”)` or `within=“…”` in its noun",
        Door.HOME: "Write `counted=ngettext_lazy(“…”, “…”)` in its noun",
        Door.TOPICS: "It has no topics: a column `tags` would open them.",
        Door.GOALS: "open",
        Door.SEED: "Write taskforce/data/promises.yaml, its rows under `promises:` by the names of "
        "its columns",
    }


@pytest.mark.django_db
def test_every_noun_is_kept_by_the_secretariat() -> None:
    unwatched = [m.__name__ for m in MODELS if m not in watched_models()]
    assert unwatched == [], HISTORY
    kept = Group.objects.get(name=SECRETARIAT).permissions.values_list("codename", flat=True)
    silent = [m.__name__ for m in MODELS if f"change_{m._meta.model_name}" not in kept]
    assert silent == [], "Their `roles` leave the secretariat out."

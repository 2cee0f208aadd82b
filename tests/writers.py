"""Writers who change the records at random: by SQL, through the back office, by import."""

# ruff: noqa: S608, the names are those of our own tables

import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import psycopg
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from taskforce.models import Organization
from tests.forms import filled
from untfsse.kit.history.restore import deleted_rows, restore
from untfsse.kit.history.triggers import watched_models
from untfsse.kit.records.noun import nouns
from untfsse.kit.records.publication import Publishable
from untfsse.kit.records.publishing import publish, withdraw_from_public
from untfsse.kit.tasks.worker import do_all_that_is_due

STEADY = "steady-"
"""How the address of a record begins that stays where it is in its list."""
EMBARGO = "interval '1.5 seconds'"


class Writer:
    """Does one thing after another until a moment, and counts what was kept and what refused."""

    acts: tuple[str, ...] = ()

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self.done: Counter[str] = Counter()

    def work(self, until: float) -> Counter[str]:
        """Write until then."""
        try:
            while time.monotonic() < until:
                self.one(self.chance.choice(self.acts))
        finally:
            connection.close()
        return self.done

    def one(self, act: str) -> None:
        """Do one thing, which the rules may refuse."""
        try:
            is_done = getattr(self, act)()
        except (ValidationError, DatabaseError, psycopg.Error):
            is_done = False
        self.done[act if is_done else "refused"] += 1


class SqlWriter(Writer):
    """Writes by SQL, in transactions that end late, or are taken back."""

    acts = (
        *("rename", "edit", "edit_part", "retag", "rename_topic", "link", "unlink"),
        *("move_address", "withdraw", "publish", "publish", "embargo", "delete", "delete_part"),
        *("several", "several", "take_back", "change_audience", "redraft"),
    )

    def __init__(self, seed: str, connect: Callable[[], Any]) -> None:
        super().__init__(seed)
        self.sql = connect()
        self.records: list[Any] = list(nouns())
        self.parts: list[Any] = [
            model
            for model in watched_models()
            if not issubclass(model, Publishable) and not model._meta.auto_created
        ]
        self.links: list[Any] = [m for m in watched_models() if m._meta.auto_created]

    def run(self, sql: str, *parameters: Any) -> bool:
        """Run a statement; returns whether it found a row."""
        return bool(self.sql.execute(sql, parameters).rowcount > 0)

    def any_of(self, model: Any) -> str:
        """Return the SQL of one row by chance, but for those that stay where they are."""
        names = {field.name for field in model._meta.concrete_fields}
        rule = f"WHERE slug NOT LIKE '{STEADY}%%'" if "slug" in names else ""
        nth = f"floor({self.chance.random()} * (SELECT count(*) FROM {model._meta.db_table}))"
        return f"(SELECT id FROM {model._meta.db_table} {rule} ORDER BY id OFFSET {nth} LIMIT 1)"

    def change(self, model: Any, assignments: str, *values: Any) -> bool:
        """Change one row."""
        row = self.any_of(model)
        return self.run(
            f"UPDATE {model._meta.db_table} SET {assignments} WHERE id = {row}", *values
        )

    def word(self) -> str:
        return f"word{self.chance.randrange(10**6)}"

    def rename(self) -> bool:
        model = self.chance.choice(self.records)
        fields = {field.name: field for field in model._meta.concrete_fields}
        title = fields.get(model.noun.title)
        if title is None or title.generated:
            return False
        return self.change(model, f"{title.column} = %s", f"Renamed {self.word()}")

    def edit(self) -> bool:
        return self.change(self.chance.choice(self.records), "note = %s", self.word())

    def edit_part(self) -> bool:
        model = self.chance.choice(self.parts)
        texts = [
            field.column
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"CharField", "TextField"} and not field.choices
        ]
        return bool(texts) and self.change(model, f"{self.chance.choice(texts)} = %s", self.word())

    def retag(self) -> bool:
        if self.chance.random() < 0.4:
            return self.run(
                "DELETE FROM taggit_taggeditem WHERE id = (SELECT id FROM taggit_taggeditem"
                " ORDER BY random() LIMIT 1)"
            )
        model = self.chance.choice([model for model in self.records if hasattr(model, "tags")])
        return self.run(
            "INSERT INTO taggit_taggeditem (tag_id, object_id, content_type_id)"
            f" SELECT tag.id, {self.any_of(model)}, kind.id"
            " FROM taggit_tag AS tag, django_content_type AS kind"
            " WHERE (app_label, model) = (%s, %s) ORDER BY random() LIMIT 1 ON CONFLICT DO NOTHING",
            model._meta.app_label,
            model._meta.model_name,
        )

    def rename_topic(self) -> bool:
        return self.run(
            "UPDATE taggit_tag SET name = %s"
            " WHERE id = (SELECT id FROM taggit_tag ORDER BY random() LIMIT 1)",
            self.word(),
        )

    def link(self) -> bool:
        model = self.chance.choice(self.links)
        ends = [field for field in model._meta.concrete_fields if field.is_relation]
        columns = ", ".join(end.column for end in ends)
        rows = ", ".join(self.any_of(end.related_model) for end in ends)
        return self.run(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({rows})")

    def unlink(self) -> bool:
        return self.delete_of(self.links)

    def delete(self) -> bool:
        return self.delete_of(self.records)

    def delete_part(self) -> bool:
        return self.delete_of(self.parts)

    def delete_of(self, models: list[Any]) -> bool:
        model = self.chance.choice(models)
        return self.run(f"DELETE FROM {model._meta.db_table} WHERE id = {self.any_of(model)}")

    def move_address(self) -> bool:
        return self.change(self.chance.choice(self.records), "slug = %s", self.word())

    def withdraw(self) -> bool:
        facts = "status = 'withdrawn', withdrawal_reason = %s"
        return self.change(self.chance.choice(self.records), facts, self.word())

    def publish(self) -> bool:
        facts = "status = 'published', published_at = now() - interval '1 day'"
        return self.change(self.chance.choice(self.records), facts)

    def redraft(self) -> bool:
        return self.change(self.chance.choice(self.records), "status = 'draft'")

    def embargo(self) -> bool:
        facts = f"status = 'published', published_at = clock_timestamp() + {EMBARGO}"
        return self.change(self.chance.choice(self.records), facts)

    def change_audience(self) -> bool:
        named = [
            model
            for model in watched_models()
            if any(field.name == "audience" for field in model._meta.fields)
        ]
        audience = self.chance.choice(["public", "public", "members", "secretariat"])
        return self.change(self.chance.choice(named), "audience = %s", audience)

    def several(self) -> bool:
        """Do several things in one transaction that is slow to end."""
        with self.sql.transaction():
            kept = [self.rename(), self.edit_part(), self.retag()]
            self.sql.execute("SELECT pg_sleep(%s)", [self.chance.random() / 5])
            self.rename()
        return any(kept)

    def take_back(self) -> bool:
        with self.sql.transaction(force_rollback=True):
            return self.rename() | self.edit()


class OfficeWriter(Writer):
    """Edits in the forms of the back office, and withdraws, publishes and restores."""

    acts = ("fill_in", "fill_in", "bring_back", "bring_back", "withdraw", "publish")

    def __init__(self, seed: str, user: Any) -> None:
        super().__init__(seed)
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(user)

    def any_record(self) -> Any:
        """Return a record by chance, but none of those that stay where they are."""
        model = self.chance.choice(list(nouns()))
        rows: Any = model._default_manager.exclude(slug__startswith=STEADY).order_by("pk")
        return self.chance.choice(rows) if rows else None

    def fill_in(self) -> bool:
        record = self.any_record()
        if record is None:
            return False
        opts = record._meta
        address = f"/admin/{opts.app_label}/{opts.model_name}/{record.pk}/change/"
        sent = filled(self.client.get(address), note=[f"Note {self.chance.random()}"])
        return bool(self.client.post(address, sent).status_code == 302)

    def bring_back(self) -> bool:
        deleted = deleted_rows(self.chance.choice(watched_models()))[:20]
        return bool(deleted) and bool(restore(self.chance.choice(deleted), by=None))

    def withdraw(self) -> bool:
        record = self.any_record()
        return bool(record and withdraw_from_public(record, reason="By the office.", by=None))

    def publish(self) -> bool:
        record = self.any_record()
        return bool(record and publish(record, by=None, at=timezone.now()))


class ImportWriter(Writer):
    """Sends tables of the organizations that stay where they are, and is their worker too."""

    acts = ("send",)

    def __init__(self, seed: str, user: Any) -> None:
        super().__init__(seed)
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.client.force_login(user)

    def send(self) -> bool:
        steady = Organization.objects.filter(slug__startswith=STEADY)
        slugs = steady.values_list("slug", flat=True)
        rows = [f"{slug},City {self.chance.randrange(10**6)}" for slug in slugs]
        table = SimpleUploadedFile("table.csv", "\n".join(["slug,city", *rows]).encode())
        look: Any = self.client.post("/admin/taskforce/organization/do/import/", {"file": table})
        do_all_that_is_due()
        asked: Any = self.client.post(look.url, {"keep": "1"})
        do_all_that_is_due()
        return b"The import is done" in self.client.get(asked.url).content

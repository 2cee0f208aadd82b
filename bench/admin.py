"""`python -m bench.admin`: queries and time of every page of the back office, at many records.

Fills the database at `DATABASE_URL`, which should be a throw-away one, with synthetic records.
"""

import argparse
import os
import sys
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "untfsse.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.contrib import admin  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from bench.measuring import HOST, visit  # noqa: E402
from untfsse.synthetic import create_synthetic  # noqa: E402

MANY = 10_000
OURS = {"taskforce", "encyclopedia", "actionplan"}
PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def pages() -> dict[str, str]:
    """Return the addresses: the front page, and for each noun its list, a search and a form."""
    found = {"front page": reverse("admin:index")}
    for model in apps.get_models():
        if model._meta.app_label not in OURS or not admin.site.is_registered(model):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        plural = str(model._meta.verbose_name_plural)
        found[f"{plural}: list"] = reverse(f"{name}_changelist")
        found[f"{plural}: search"] = f"{found[f'{plural}: list']}?q=synthetic"
        record: Any = model._default_manager.order_by("-pk").first()
        if record is not None:
            found[f"{plural}: form"] = reverse(f"{name}_change", args=[record.pk])
            found[f"{plural}: history"] = reverse(f"{name}_history", args=[record.pk])
    return found


def main() -> int:
    """Fill, measure, print; the answer is 1 if a page failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=MANY)
    count = parser.parse_args().count
    console = Console(width=100)
    call_command("migrate", verbosity=0)
    create_synthetic(count)
    user = User.objects.create_superuser("bench", password=None)
    client = Client(SERVER_NAME=HOST)
    client.force_login(user)
    table = Table("page", title=f"The back office at {count:,} records of each noun")
    for column in ("status", "queries", "ms in the database", "ms in all"):
        table.add_column(column, justify="right")
    failed = 0
    with override_settings(STORAGES={"default": FILES, "staticfiles": PLAIN_FILES}):
        for name, address in pages().items():
            visit(client, address)
            start = perf_counter()
            seen = visit(client, address)
            whole = (perf_counter() - start) * 1000
            failed += seen.status != 200
            numbers = (seen.status, len(seen.queries), f"{seen.ms:.1f}", f"{whole:.0f}")
            table.add_row(name, *(str(number) for number in numbers))
    console.print(table)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())

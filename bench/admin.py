"""`python -m bench.admin`: queries and time of every page of the back office, at many records.

Fills the database at `DATABASE_URL`, which should be a throw-away one, with few synthetic
records and then with many.
"""

import argparse
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "untfsse.settings")
django.setup()

from django.apps import apps  # noqa: E402
from django.contrib import admin  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from rich.console import Console  # noqa: E402

from bench.measuring import HOST, Visit, visit  # noqa: E402
from bench.runs import FEW, MANY, STORAGES, fill, prepare, report  # noqa: E402

OURS = {"taskforce", "encyclopedia", "actionplan"}


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


def measure_all(count: int, client: Client, console: Console) -> dict[str, Visit]:
    """Return what each page costs with so many records, after a visit that warms what is kept."""
    with console.status(f"Creating {count:,} records of each noun"):
        fill(count)
    visits = {}
    with console.status(f"Measuring with {count:,} records of each noun"):
        for name, address in pages().items():
            visit(client, address)
            visits[name] = min((visit(client, address) for _ in range(2)), key=lambda one: one.ms)
    return visits


def main() -> int:
    """Measure with few records and with many; return 1 if a page failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=MANY)
    count = parser.parse_args().count
    console = Console(width=100)
    prepare()
    client = Client(SERVER_NAME=HOST)
    client.force_login(User.objects.create_superuser("bench", password=None))
    with override_settings(STORAGES=STORAGES):
        few = measure_all(FEW, client, console)
        many = measure_all(count, client, console)
    report(few, many, console)
    return int(any(seen.status != 200 for seen in many.values()))


if __name__ == "__main__":
    sys.exit(main())

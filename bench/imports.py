"""`python -m bench.imports`: what a large table costs the worker that takes it over.

Writes an XLSX of so many new organizations, and lets `manage.py work` look at it and import it,
as the back office does. The database at `DATABASE_URL` must be a throw-away one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from time import sleep

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import override_settings
from openpyxl import Workbook

from bench.runs import fill, prepare
from bench.serving import TICK_MS, ticks
from taskforce.models import Organization
from untfsse.kit.backoffice.imports import import_table, look_at_table
from untfsse.kit.history.changes import acting
from untfsse.kit.records.files import WAITING, store
from untfsse.kit.tasks.models import BackgroundTask

ROOT = Path(__file__).resolve().parent.parent
HEADER = ["slug", "name", "acronym", "kind", "country", "city", "website", "description"]
ROWS, MOST_MEMORY_MB = 19_000, 250


def table(count: int) -> bytes:
    """Return an XLSX of organizations that nobody has heard of."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADER)
    for number in range(count):
        name, site = f"Synthetic organization {number}", f"https://example.org/{number}"
        about = f"What organization {number} says of itself. " * 5
        cells = [
            f"synthetic-{number}",
            name,
            f"SO{number}",
            "intergovernmental",
            "",
            "Geneva",
            site,
            about,
        ]
        sheet.append(cells)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def most_held(worker: subprocess.Popen[bytes]) -> float:
    """Return the megabytes that a process held at its height."""
    status = Path(f"/proc/{worker.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def wait(worker: subprocess.Popen[bytes], pk: int) -> BackgroundTask:
    """Return a task once it has ended."""
    while True:
        row = BackgroundTask.objects.get(pk=pk)
        if row.state in {"SUCCESSFUL", "FAILED"}:
            return row
        if worker.poll() is not None:
            sys.exit("The worker ended.")
        sleep(0.2)


def seconds(row: BackgroundTask) -> float:
    """Return how long a task was worked at."""
    return (row.finished_at - row.started_at).total_seconds()  # type: ignore[operator]


def take_over(worker: subprocess.Popen[bytes], place: str) -> tuple[BackgroundTask, BackgroundTask]:
    """Have a table looked at and imported as a superuser does; return both tasks."""
    asker = get_user_model()._default_manager.create_superuser("importer", password=None)
    waiting = {"noun": "taskforce.organization", "path": place, "kind": "xlsx"}
    waiting |= {"name": "table.xlsx", "language": "en"}
    with acting(actor_id=asker.pk, origin="bench"):
        look = wait(worker, int(look_at_table.enqueue(waiting=waiting).id))
        expected = (look.result or {}).get("fingerprint", "")
        done = wait(worker, int(import_table.enqueue(waiting=waiting, expected=expected).id))
    return look, done


def main() -> int:
    """Measure; return 1 if rows are missing or the worker held more than it may."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=ROWS)
    count = parser.parse_args().count
    prepare()
    fill(57)
    before, file = Organization.objects.count(), table(count)
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        place = store(f"{WAITING}/table", ContentFile(file))
        # No backup of what is thrown away, beside those of the demo.
        environment = os.environ | {"MEDIA_ROOT": folder, "BACKUP_DAILY": "0"}
        worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment)
        try:
            look, done = take_over(worker, place)
            held, spent = most_held(worker), ticks([worker.pid])[worker.pid] * TICK_MS / 1000
        finally:
            worker.terminate()
            worker.wait()
    made = Organization.objects.count() - before
    megabytes = len(file) / 2**20
    print(f"An XLSX of {count:,} rows, {megabytes:.1f} MB: looked at in {seconds(look):.1f} s,")
    print(f"imported in {seconds(done):.1f} s, {made:,} new. The worker took {spent:.0f} s of CPU")
    print(f"for both, and held at most {held:.0f} MB.")
    if made != count:
        print(look.error or look.result, done.error or done.result)
    return int(made != count or held > MOST_MEMORY_MB)


if __name__ == "__main__":
    sys.exit(main())

"""Tasks for the tests of the worker, here so that a worker of its own process finds them."""

import os

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat

from taskforce.models import Organization
from untfsse.kit.tasks.backend import task

HELD: list[bytearray] = []


def append(pk: int) -> None:
    """Leave a trace in a record each time."""
    cities = Organization.objects.filter(pk=pk)
    cities.update(city=Concat("city", Value("x")))


@task(label="Leave a trace")
def leave_trace(pk: int) -> str:
    """Leave it."""
    append(pk)
    return "left"


@task(label="Fail")
def fail(pk: int) -> None:
    """Leave a trace, and fail."""
    append(pk)
    raise LookupError("It is not there.")


@task(label="Fail with an odd name")
def fail_oddly() -> None:
    """Fail for a file whose name is no text."""
    raise OSError(f"No such file: {os.fsdecode(b'\xff')}")


@task(label="Refuse")
def refuse(pk: int) -> None:
    """Leave a trace, and say no."""
    append(pk)
    raise ValidationError("The rules say no.")


@task(label="Ask nonsense")
def ask_nonsense() -> None:
    """Ask the database what it does not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM nowhere")


@task(label="Hold much")
def hold_much() -> None:
    """Hold a quarter of a gigabyte, and do not let it go."""
    HELD.append(bytearray(256 * 2**20))


@task(label="Be stopped")
def be_stopped(pk: int) -> None:
    """Leave a trace, and be told to stop."""
    append(pk)
    raise KeyboardInterrupt


@task(label="Take long")
def take_long(pk: int) -> None:
    """Leave a trace, and ask the database something long."""
    append(pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(600)")

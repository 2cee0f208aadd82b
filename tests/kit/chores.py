"""Tasks for the tests of the worker, here so that a worker of its own process finds them."""

import sys

from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Concat
from django.tasks import task

from taskforce.models import Organization


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


@task(label="Refuse")
def refuse(pk: int) -> None:
    """Leave a trace, and say no."""
    append(pk)
    raise ValidationError("The rules say no.")


@task(label="Be stopped")
def be_stopped(pk: int) -> None:
    """Leave a trace, and be told to stop."""
    append(pk)
    sys.exit(0)

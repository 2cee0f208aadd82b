"""Registries: what apps say of a noun of their own floor or of a lower one."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import models


class Registry[F: Callable[..., Any]](defaultdict[type[models.Model], list[tuple[F, Any]]]):
    """Functions by their noun, in the order in which apps registered them, with a fact of each.

    Called, it registers: `@awaits(Organization)`, `@shows(Activity, DONE)`.
    """

    def __init__(self) -> None:
        super().__init__(list)

    def __call__(self, noun: type[models.Model], fact: Any = None) -> Callable[[F], F]:
        """Return what registers a function for a noun."""

        def register(tell: F) -> F:
            self[noun].append((tell, fact))
            return tell

        return register

    def of(self, record: models.Model) -> list[tuple[F, Any]]:
        """Return what is registered for the noun of a record."""
        return self[type(record)]

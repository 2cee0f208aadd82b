"""Seed models: what rows become, and what can stand in their way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from untfsse.kit.loading.rows import FileRow
from untfsse.kit.records.evidence import Confidence, Evidenced
from untfsse.kit.records.natural_keys import key_columns
from untfsse.kit.records.suggestions import SuggestionState

type Values = Mapping[str, Any]


def is_unsure(record: Any) -> str:
    """Say that a record waits for somebody to verify it; "" if it does not."""
    if not isinstance(record, Evidenced) or record.confidence != Confidence.LOW:
        return ""
    return "" if record.is_verified else "low confidence"


def is_proposed(suggestion: Any) -> str:
    """Say that a suggestion waits for an editor; "" if it is decided."""
    return "suggestion" if suggestion.state == SuggestionState.PROPOSED else ""


@dataclass(frozen=True)
class SeedModel:
    """What rows become: a model.

    `fields` gives the names that fields bear in the file where they differ from the model's.
    `held_back` says why a record is loaded but hidden, "" if it is not. `known_by` names the
    fields by which a record that nobody loaded is recognized, where those of the model do not
    serve: a day that the files and a person may know differently, a place that moves.
    """

    name: str
    model: type[models.Model]
    fields: Values = field(default_factory=dict)
    held_back: Callable[[Any], str] = is_unsure
    known_by: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The model's table."""
        return self.model._meta.db_table

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The fields by which a record that nobody loaded is recognized."""
        return self.known_by or key_columns(self.model)


@dataclass(frozen=True)
class Missing:
    """A reference that leads nowhere; `is_deleted` when a person deleted its record."""

    reason: str
    is_deleted: bool = False


@dataclass
class Wish:
    """A row on its way to become a record."""

    noun: SeedModel
    row: FileRow
    key: str
    values: Values
    links: Mapping[str, Sequence[Any]]
    initial: Values

    def resolve(self) -> tuple[dict[str, Any], dict[str, list[Any]]]:
        """Return values and links without the Missing.

        Raises RefusedError for references that lead nowhere. What a person deleted is left
        empty where that can be; where it cannot, DeletedError is raised.
        """
        values: dict[str, Any] = {}
        reasons = []
        for name, value in self.values.items():
            values[name] = value
            if isinstance(value, Missing):
                values[name] = None
                if not value.is_deleted:
                    reasons.append((name, value.reason))
                elif not getattr(self.noun.model._meta.get_field(name), "null", False):
                    raise DeletedError(value.reason)
        links: dict[str, list[Any]] = {}
        for name, targets in self.links.items():
            lost = [target for target in targets if isinstance(target, Missing)]
            reasons += [(name, target.reason) for target in lost if not target.is_deleted]
            links[name] = [target for target in targets if not isinstance(target, Missing)]
        if reasons:
            raise RefusedError(reasons)
        return values, links


class RefusedError(Exception):
    """Why a row cannot be loaded: (field of the model, sentence) each."""

    def __init__(self, reasons: list[tuple[str, str]]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class DeletedError(Exception):
    """A person deleted the record, or what it is part of."""

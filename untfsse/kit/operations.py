"""Operations for migrations."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """Create the tables of an app together.

    With one operation each, Django renders all that a model is related to anew for each model.
    """

    def __init__(self, models: Sequence[CreateModel]) -> None:
        """Take one operation a model; those that others refer to may come later."""
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Know every model before any is rendered."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Create the tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drop the tables."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what `migrate --plan` shows."""
        return "Create models " + ", ".join(model.name for model in self.models)

"""The history of accounts: triggers that keep each change of an account, a role and a right.

They write the same table as the history of records, but no password and no secret, and they leave
the log of public changes alone, since no visitor sees anything of it.
"""

from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connections, models

from untfsse.accounts.models import AccountEvent, FocalPoint

TRIGGER = "keep_account_history"
WATCHED: dict[type[models.Model], tuple[str, ...]] = {
    User: ("password", "last_login"),
    User.groups.through: (),
    User.user_permissions.through: (),
    Group: (),
    Group.permissions.through: (),
    FocalPoint: (),
    AccountEvent: (),
}
"""Tables with the columns of which nothing is kept."""


def watch_accounts(using: str) -> None:
    """Attach the triggers that are missing."""
    connection: Any = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER]
        )
        present = {row[0] for row in cursor.fetchall()}
        for model, hidden in WATCHED.items():
            table = model._meta.db_table
            if table not in present:
                columns = ", ".join(f"'{name}'" for name in hidden)
                cursor.execute(
                    f'CREATE TRIGGER {TRIGGER} AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
                    f" FOR EACH ROW EXECUTE FUNCTION public.{TRIGGER}({columns})"
                )

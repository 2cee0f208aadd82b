"""Two agenda items can exchange their numbers: the rule waits for the end of the transaction."""

from django.db import migrations, models

RULE = "agendaitem_has_its_own_number"


class Migration(migrations.Migration):
    """Made with its table, Django forgets that a rule waits when it also compares nulls."""

    dependencies = [("taskforce", "0005_freeze_minutes")]
    operations = [
        migrations.RemoveConstraint("agendaitem", RULE),
        migrations.AddConstraint(
            "agendaitem",
            models.UniqueConstraint(
                fields=["meeting", "parent", "number"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                name=RULE,
                violation_error_message="Another item of this agenda has this number.",
            ),
        ),
    ]

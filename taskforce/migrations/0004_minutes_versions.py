"""Versions of minutes, the item that approves them, the decision that ends a seat."""

import django.db.models.deletion
from django.db import migrations, models

import taskforce.fingerprint


class Migration(migrations.Migration):
    """Circulating fixes a version, and approving freezes one."""

    dependencies = [("taskforce", "0003_roles")]
    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="approves_minutes_of",
            field=models.ForeignKey(
                blank=True,
                help_text="The earlier meeting whose minutes are approved under this item.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="approval_items",
                to="taskforce.meeting",
                verbose_name="approves the minutes of",
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="approved_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="approved on"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="circulated_sha256",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=64,
                verbose_name="hash of the circulated text",
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="circulated_text",
            field=models.TextField(blank=True, editable=False, verbose_name="circulated text"),
        ),
        migrations.AddField(
            model_name="seat",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The decision that ended this seat, if it is known.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ended_seats",
                to="taskforce.decision",
                verbose_name="ended by",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("meeting", "approves_minutes_of"),
                name="agendaitem_approves_minutes_once",
                violation_error_message="Another item already approves these minutes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("approves_minutes_of", models.F("meeting")), _negated=True),
                name="agendaitem_approves_earlier_minutes",
                violation_error_message="A meeting does not approve its own minutes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("circulated_sha256", ""), ("circulated_text", "")),
                    ("circulated_sha256", taskforce.fingerprint.Fingerprint("circulated_text")),
                    _connector="OR",
                ),
                name="minutes_circulated_hash_is_of_its_text",
                violation_error_message="The hash is not that of the text.",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_sha256", ""), ("approved_text", "")),
                    ("approved_sha256", taskforce.fingerprint.Fingerprint("approved_text")),
                    _connector="OR",
                ),
                name="minutes_approved_hash_is_of_its_text",
                violation_error_message="The hash is not that of the text.",
            ),
        ),
    ]

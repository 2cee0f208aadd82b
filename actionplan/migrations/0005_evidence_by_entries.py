"""Let an entry of the Encyclopedia show a delivery or support a report."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0004_know_the_days_of_plans"),
        ("encyclopedia", "0003_roles"),
        ("taskforce", "0009_keep_texts_to_their_licence"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="deliverableevidence",
            name="deliverableevidence_is_exactly_one_thing",
        ),
        migrations.RemoveConstraint(
            model_name="reportevidence",
            name="reportevidence_is_exactly_one_thing",
        ),
        migrations.AddField(
            model_name="deliverableevidence",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="encyclopedia.entry",
                verbose_name="entry of the Encyclopedia",
            ),
        ),
        migrations.AddField(
            model_name="reportevidence",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="encyclopedia.entry",
                verbose_name="entry of the Encyclopedia",
            ),
        ),
        migrations.AlterField(
            model_name="deliverableevidence",
            name="url",
            field=models.URLField(blank=True, max_length=500, verbose_name="link"),
        ),
        migrations.AlterField(
            model_name="reportevidence",
            name="url",
            field=models.URLField(blank=True, max_length=500, verbose_name="link"),
        ),
        migrations.AddConstraint(
            model_name="deliverableevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        models.Q(("url", ""), _negated=True),
                        models.Q(("title", ""), _negated=True),
                    ),
                    models.Q(
                        ("document__isnull", False),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", False),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", False),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", False),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    _connector="OR",
                ),
                name="deliverableevidence_is_exactly_one_thing",
                violation_error_message="Name exactly one: a document, an event, an instrument, an entry, or a link with a title.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        models.Q(("url", ""), _negated=True),
                        models.Q(("title", ""), _negated=True),
                    ),
                    models.Q(
                        ("document__isnull", False),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", False),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", False),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", False),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    _connector="OR",
                ),
                name="reportevidence_is_exactly_one_thing",
                violation_error_message="Name exactly one: a document, an event, an instrument, an entry, or a link with a title.",
            ),
        ),
    ]

"""Let an entry of the Encyclopedia show that a decision was carried out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("encyclopedia", "0003_roles"),
        ("taskforce", "0009_keep_texts_to_their_licence"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decisionevidence",
            name="decisionevidence_is_exactly_one_thing",
        ),
        migrations.AddField(
            model_name="decisionevidence",
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
            model_name="decisionevidence",
            name="url",
            field=models.URLField(blank=True, max_length=500, verbose_name="link"),
        ),
        migrations.AddConstraint(
            model_name="decisionevidence",
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
                name="decisionevidence_is_exactly_one_thing",
                violation_error_message="Name exactly one: a document, an event, an instrument, an entry, or a link with a title.",
            ),
        ),
    ]

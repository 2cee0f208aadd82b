"""Indexes in the order of the lists, where a page by key begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("taskforce", "0003_give_rows_a_public_id"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="instrumentevent",
            index=models.Index(fields=["-sort_on", "-id"], name="instrumentevent_by_day"),
        ),
    ]

"""Indexes in the order of the lists, where a page by key begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("encyclopedia", "0002_give_rows_a_public_id"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="work",
            index=models.Index(fields=["title_key", "id"], name="work_by_title"),
        ),
    ]

"""An index that alone answers how many entries are published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("encyclopedia", "0001_tables"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["part", "published_at"],
                condition=models.Q(status="published"),
                name="entry_published",
            ),
        ),
    ]

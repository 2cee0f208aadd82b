"""Tries of one account are forgotten together, and sessions of before, which nobody reads, go."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0010_access"), ("sessions", "0001_initial")]
    operations = [
        migrations.AddField(
            "trycount",
            "about",
            models.CharField(
                blank=True, db_index=True, default="", max_length=64, verbose_name="about"
            ),
            preserve_default=False,
        ),
        migrations.RunSQL("DELETE FROM django_session", migrations.RunSQL.noop),
    ]

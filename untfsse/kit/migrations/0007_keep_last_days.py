"""The days on which what stands in a calendar stood in public last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0006_readership"),
    ]

    operations = [
        migrations.AddField(
            model_name="publicstate",
            name="first_day",
            field=models.DateField(null=True, verbose_name="first day"),
        ),
        migrations.AddField(
            model_name="publicstate",
            name="last_day",
            field=models.DateField(null=True, verbose_name="last day"),
        ),
    ]

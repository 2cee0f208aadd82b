"""What search finds, written anew: by days, goals and languages."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import untfsse.kit.records.search


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0012_search_in_languages"),
        ("actionplan", "0003_index_list_orders"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="actionplan", name="actionplan_search"),
        migrations.RemoveField(model_name="actionplan", name="search"),
        migrations.AddField(
            model_name="actionplan",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["title"], [], ["summary"], ["note"], ["starts_on", "ends_on"], ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="actionplan",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="actionplan_search"
            ),
        ),
        migrations.RemoveIndex(model_name="activity", name="activity_search"),
        migrations.RemoveField(model_name="activity", name="search"),
        migrations.AddField(
            model_name="activity",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["title", "code"], [], ["description"], ["note"], ["due_on"], "sdgs"
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="activity_search"
            ),
        ),
        migrations.RemoveIndex(model_name="subgroup", name="subgroup_search"),
        migrations.RemoveField(model_name="subgroup", name="search"),
        migrations.AddField(
            model_name="subgroup",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["name"], [], [], ["note"], (), ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="subgroup",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="subgroup_search"
            ),
        ),
    ]

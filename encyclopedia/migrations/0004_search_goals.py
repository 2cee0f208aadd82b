"""What search finds, written anew: by goals and languages."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import untfsse.kit.records.search


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0012_search_in_languages"),
        ("encyclopedia", "0003_index_list_orders"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_search"),
        migrations.RemoveField(model_name="entry", name="search"),
        migrations.AddField(
            model_name="entry",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["title"],
                    ["title_knowledge_hub"],
                    ["summary"],
                    ["note", models.Value("entry of the encyclopedia", models.TextField())],
                    (),
                    "sdgs",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="entry_search"),
        ),
        migrations.RemoveIndex(model_name="work", name="work_search"),
        migrations.RemoveField(model_name="work", name="search"),
        migrations.AddField(
            model_name="work",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["title"], ["subtitle"], ["publisher", "funder", "lead"], ["note"], (), ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="work",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="work_search"),
        ),
    ]

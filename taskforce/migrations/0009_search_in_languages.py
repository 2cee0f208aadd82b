"""Names in languages, and all that search finds written anew: by days, goals and languages."""

import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import untfsse.kit.records.search


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0012_search_in_languages"),
        ("taskforce", "0008_keep_words_in_languages"),
    ]

    operations = [
        migrations.CreateModel(
            name="InstrumentTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        help_text="Names the row in the API, feeds and calendars; PostgreSQL keeps it.",
                        unique=True,
                        verbose_name="public id",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("name", models.CharField(max_length=400, verbose_name="name")),
                (
                    "source",
                    models.CharField(
                        help_text="Where it stands so, such as A/RES/77/281.",
                        max_length=200,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="link to the source"),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.SearchDocument(
                            ["name"], ["name"], (), (), (), ""
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "title in a language",
                "verbose_name_plural": "titles in languages",
                "ordering": ["instrument", "language"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        help_text="Names the row in the API, feeds and calendars; PostgreSQL keeps it.",
                        unique=True,
                        verbose_name="public id",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("name", models.CharField(max_length=400, verbose_name="name")),
                (
                    "source",
                    models.CharField(
                        help_text="Where it stands so, such as A/RES/77/281.",
                        max_length=200,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, max_length=500, verbose_name="link to the source"),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.SearchDocument(
                            ["name"], ["name"], (), (), (), ""
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "name in a language",
                "verbose_name_plural": "names in languages",
                "ordering": ["organization", "language", "name"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(["title"], (), (), (), (), ""),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="title_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.PlainText("title"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="formername",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["name"], ["name"], (), (), (), ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="identifier",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(["value"], (), (), (), (), ""),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="identifier",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="identifier_search"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    [], [], ["approved_text", "circulated_text"], (), (), ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="provision",
            name="label_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.PlainText("label"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="provision",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["label"], ["kind", "number"], (), (), (), ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.RemoveIndex(model_name="decision", name="decision_search"),
        migrations.RemoveField(model_name="decision", name="search"),
        migrations.AddField(
            model_name="decision",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["number"],
                    ["text"],
                    [],
                    ["note", models.Value("decision", models.TextField())],
                    (),
                    "",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="decision_search"
            ),
        ),
        migrations.RemoveIndex(model_name="document", name="document_search"),
        migrations.RemoveField(model_name="document", name="search"),
        migrations.AddField(
            model_name="document",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["title", "symbol"], [], ["summary"], ["note"], ["issued_on"], ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="document_search"
            ),
        ),
        migrations.RemoveIndex(model_name="meeting", name="meeting_search"),
        migrations.RemoveField(model_name="meeting", name="search"),
        migrations.AddField(
            model_name="meeting",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["title", "city"],
                    ["venue", "kind"],
                    ["summary"],
                    ["note", models.Value("meeting", models.TextField())],
                    ["starts_on", "ends_on"],
                    "",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="meeting_search"
            ),
        ),
        migrations.RemoveIndex(model_name="organization", name="organization_search"),
        migrations.RemoveField(model_name="organization", name="search"),
        migrations.AddField(
            model_name="organization",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["name", "acronym", "other_names"], [], ["description"], ["note"], (), ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="organization_search"
            ),
        ),
        migrations.RemoveIndex(model_name="person", name="person_search"),
        migrations.RemoveField(model_name="person", name="search"),
        migrations.AddField(
            model_name="person",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(["name"], (), (), (), (), ""),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="person_search"),
        ),
        migrations.RemoveIndex(model_name="policyinstrument", name="instrument_search"),
        migrations.RemoveField(model_name="policyinstrument", name="search"),
        migrations.AddField(
            model_name="policyinstrument",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["symbol", "short_title"],
                    ["title", "issuing_body", "issuing_acronym", "kind"],
                    ["summary"],
                    ["note"],
                    ["adopted_on"],
                    "sdgs",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="policyinstrument",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="instrument_search"
            ),
        ),
        migrations.RemoveIndex(model_name="update", name="update_search"),
        migrations.RemoveField(model_name="update", name="search"),
        migrations.AddField(
            model_name="update",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=untfsse.kit.records.search.SearchDocument(
                    ["title"], [], ["text"], ["note"], ["happened_on"], ""
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="update",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="update_search"),
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="agendaitem_search"
            ),
        ),
        migrations.AddIndex(
            model_name="agendaitem",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title_key"], name="agendaitem_like", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="formername",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="formername_search"
            ),
        ),
        migrations.AddIndex(
            model_name="minutes",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="minutes_search"
            ),
        ),
        migrations.AddIndex(
            model_name="provision",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="provision_search"
            ),
        ),
        migrations.AddIndex(
            model_name="provision",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["label_key"], name="provision_like", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddField(
            model_name="instrumenttitle",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="titles",
                to="taskforce.policyinstrument",
                verbose_name="instrument",
            ),
        ),
        migrations.AddField(
            model_name="organizationname",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="names",
                to="taskforce.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AddIndex(
            model_name="instrumenttitle",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="instrumenttitle_search"
            ),
        ),
        migrations.AddConstraint(
            model_name="instrumenttitle",
            constraint=models.UniqueConstraint(
                fields=("instrument", "language"),
                name="instrumenttitle_is_one_in_a_language",
                violation_error_message="The title in this language is already listed.",
            ),
        ),
        migrations.AddIndex(
            model_name="organizationname",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="organizationname_search"
            ),
        ),
        migrations.AddConstraint(
            model_name="organizationname",
            constraint=models.UniqueConstraint(
                fields=("organization", "language", "name"),
                name="organizationname_is_listed_once",
                violation_error_message="This name is already listed in this language.",
            ),
        ),
    ]

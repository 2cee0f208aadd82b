"""The tables of the Encyclopedia."""

import django.contrib.postgres.fields
import django.contrib.postgres.search
import django.core.validators
from django.db import migrations, models

import encyclopedia.models
import untfsse.kit.records.evidence
import untfsse.kit.records.sdg
import untfsse.kit.records.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kit", "0002_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authorship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sources",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Where this is known from. Readers see the list.",
                        validators=[untfsse.kit.records.evidence.validate_sources],
                        verbose_name="sources",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("high", "High: seen in a source"),
                            ("medium", "Medium: partly recalled or inferred"),
                            ("low", "Low: recalled only"),
                        ],
                        default="high",
                        help_text="Low: it stays hidden until it is verified.",
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody checked it against a source.",
                        null=True,
                        verbose_name="verified on",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ],
            options={
                "verbose_name": "authorship",
                "verbose_name_plural": "authorships",
                "ordering": ["entry", "position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Editorship",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sources",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Where this is known from. Readers see the list.",
                        validators=[untfsse.kit.records.evidence.validate_sources],
                        verbose_name="sources",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("high", "High: seen in a source"),
                            ("medium", "Medium: partly recalled or inferred"),
                            ("low", "Low: recalled only"),
                        ],
                        default="high",
                        help_text="Low: it stays hidden until it is verified.",
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody checked it against a source.",
                        null=True,
                        verbose_name="verified on",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead_editor", "Lead editor"), ("editor", "Editor")],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "affiliation",
                    models.CharField(blank=True, max_length=120, verbose_name="affiliation"),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ],
            options={
                "verbose_name": "editor",
                "verbose_name_plural": "editors",
                "ordering": ["work", "position"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Visitors see only what is published. A withdrawn record answers “gone”.",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it appears in public. A moment in the future plans its publication.",
                        null=True,
                        verbose_name="published at",
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True,
                        help_text="Readers of the old address are told this.",
                        max_length=300,
                        verbose_name="reason for withdrawal",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved")),
                (
                    "sources",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Where this is known from. Readers see the list.",
                        validators=[untfsse.kit.records.evidence.validate_sources],
                        verbose_name="sources",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("high", "High: seen in a source"),
                            ("medium", "Medium: partly recalled or inferred"),
                            ("low", "Low: recalled only"),
                        ],
                        default="high",
                        help_text="Low: it stays hidden until it is verified.",
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody checked it against a source.",
                        null=True,
                        verbose_name="verified on",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        error_messages={"unique": "This address is taken. Choose a different one."},
                        help_text="Part of the web address. Once published, an old one leads to the new one.",
                        max_length=120,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "[a-z0-9]", "An address needs a letter or a digit."
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What a reader should know about the facts above.",
                        verbose_name="note",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "title_knowledge_hub",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="title on the Knowledge Hub"
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True, help_text="In our own words.", verbose_name="summary"
                    ),
                ),
                (
                    "doi",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[encyclopedia.models.validate_doi],
                        verbose_name="DOI",
                    ),
                ),
                ("pages", models.CharField(blank=True, max_length=20, verbose_name="pages")),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known"),
                            ("all-rights-reserved", "All rights reserved"),
                            ("un-terms", "Terms of use of the United Nations"),
                            ("CC-BY-4.0", "Creative Commons Attribution 4.0"),
                            ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0"),
                            ("CC-BY-NC-SA-3.0-IGO", "Creative Commons BY-NC-SA 3.0 IGO"),
                            ("CC-BY-NC-ND-4.0", "Creative Commons BY-NC-ND 4.0"),
                            ("public-domain", "Public domain"),
                        ],
                        default="CC-BY-NC-ND-4.0",
                        help_text="It forbids adaptations: describe and link, never copy.",
                        max_length=24,
                        verbose_name="licence of the text",
                    ),
                ),
                (
                    "knowledge_hub_url",
                    models.URLField(blank=True, max_length=500, verbose_name="Knowledge Hub"),
                ),
                (
                    "publisher_url",
                    models.URLField(blank=True, max_length=500, verbose_name="publisher's page"),
                ),
                (
                    "publisher_url_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seen", "Found in a source"),
                            ("pattern", "Built from a known address scheme"),
                            ("derived", "Derived from the confirmed numbering"),
                            ("recalled", "From memory, to be checked"),
                        ],
                        max_length=10,
                        verbose_name="the publisher's link is",
                    ),
                ),
                (
                    "authors_confidence",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=8,
                        verbose_name="confidence in the authors",
                    ),
                ),
                (
                    "sdgs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Numbers of the Sustainable Development Goals, separated by commas.",
                        validators=[untfsse.kit.records.sdg.validate_goals],
                        verbose_name="SDGs",
                    ),
                ),
                (
                    "title_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.PlainText("title"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.SearchDocument(
                            ["title"], ["title_knowledge_hub"], ["summary"], ["note"]
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
                "ordering": ["number", "id"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="EntryRelation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "related entries",
                "verbose_name_plural": "related entries",
                "ordering": ["first", "second"],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("first_entry", models.PositiveSmallIntegerField(verbose_name="first entry")),
                ("last_entry", models.PositiveSmallIntegerField(verbose_name="last entry")),
            ],
            options={
                "verbose_name": "part",
                "verbose_name_plural": "parts",
                "ordering": ["work", "number"],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("author", "Author"),
                            ("tag", "Topic"),
                            ("sdg", "SDG"),
                            ("related", "Related entry"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        help_text="A name, a topic, a goal, or an entry's number.",
                        max_length=120,
                        verbose_name="value",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                        ],
                        db_index=True,
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
            ],
            options={
                "verbose_name": "suggestion",
                "verbose_name_plural": "suggestions",
                "ordering": ["entry", "kind", "value"],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Visitors see only what is published. A withdrawn record answers “gone”.",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it appears in public. A moment in the future plans its publication.",
                        null=True,
                        verbose_name="published at",
                    ),
                ),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True,
                        help_text="Readers of the old address are told this.",
                        max_length=300,
                        verbose_name="reason for withdrawal",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last saved")),
                (
                    "sources",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Where this is known from. Readers see the list.",
                        validators=[untfsse.kit.records.evidence.validate_sources],
                        verbose_name="sources",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("high", "High: seen in a source"),
                            ("medium", "Medium: partly recalled or inferred"),
                            ("low", "Low: recalled only"),
                        ],
                        default="high",
                        help_text="Low: it stays hidden until it is verified.",
                        max_length=8,
                        verbose_name="confidence",
                    ),
                ),
                (
                    "verified_on",
                    models.DateField(
                        blank=True,
                        help_text="The day somebody checked it against a source.",
                        null=True,
                        verbose_name="verified on",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        error_messages={"unique": "This address is taken. Choose a different one."},
                        help_text="Part of the web address. Once published, an old one leads to the new one.",
                        max_length=120,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "[a-z0-9]", "An address needs a letter or a digit."
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What a reader should know about the facts above.",
                        verbose_name="note",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("subtitle", models.CharField(blank=True, max_length=250, verbose_name="subtitle")),
                (
                    "publisher",
                    models.CharField(blank=True, max_length=120, verbose_name="publisher"),
                ),
                (
                    "publisher_places",
                    models.CharField(blank=True, max_length=120, verbose_name="places"),
                ),
                ("partner", models.CharField(blank=True, max_length=200, verbose_name="partner")),
                (
                    "lead",
                    models.CharField(
                        blank=True,
                        help_text="The body that led the work.",
                        max_length=200,
                        verbose_name="led by",
                    ),
                ),
                ("funder", models.CharField(blank=True, max_length=200, verbose_name="funded by")),
                (
                    "year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                ),
                (
                    "isbn_hardback",
                    models.CharField(
                        blank=True,
                        max_length=17,
                        validators=[encyclopedia.models.validate_isbn],
                        verbose_name="ISBN (hardback)",
                    ),
                ),
                (
                    "isbn_ebook",
                    models.CharField(
                        blank=True,
                        max_length=17,
                        validators=[encyclopedia.models.validate_isbn],
                        verbose_name="ISBN (e-book)",
                    ),
                ),
                (
                    "doi",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[encyclopedia.models.validate_doi],
                        verbose_name="DOI",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known"),
                            ("all-rights-reserved", "All rights reserved"),
                            ("un-terms", "Terms of use of the United Nations"),
                            ("CC-BY-4.0", "Creative Commons Attribution 4.0"),
                            ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0"),
                            ("CC-BY-NC-SA-3.0-IGO", "Creative Commons BY-NC-SA 3.0 IGO"),
                            ("CC-BY-NC-ND-4.0", "Creative Commons BY-NC-ND 4.0"),
                            ("public-domain", "Public domain"),
                        ],
                        max_length=24,
                        verbose_name="licence",
                    ),
                ),
                (
                    "licence_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="note on the licence"
                    ),
                ),
                (
                    "is_open_access",
                    models.BooleanField(blank=True, null=True, verbose_name="open access"),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("ar", "Arabic"),
                                ("bg", "Bulgarian"),
                                ("zh", "Chinese"),
                                ("hr", "Croatian"),
                                ("cs", "Czech"),
                                ("da", "Danish"),
                                ("nl", "Dutch"),
                                ("en", "English"),
                                ("et", "Estonian"),
                                ("fi", "Finnish"),
                                ("fr", "French"),
                                ("de", "German"),
                                ("el", "Greek"),
                                ("hu", "Hungarian"),
                                ("ga", "Irish"),
                                ("it", "Italian"),
                                ("ko", "Korean"),
                                ("lv", "Latvian"),
                                ("lt", "Lithuanian"),
                                ("mt", "Maltese"),
                                ("pl", "Polish"),
                                ("pt", "Portuguese"),
                                ("ro", "Romanian"),
                                ("ru", "Russian"),
                                ("sk", "Slovak"),
                                ("sl", "Slovenian"),
                                ("es", "Spanish"),
                                ("sv", "Swedish"),
                            ],
                            max_length=2,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="languages",
                    ),
                ),
                (
                    "publisher_url",
                    models.URLField(blank=True, max_length=500, verbose_name="publisher's page"),
                ),
                (
                    "knowledge_hub_url",
                    models.URLField(blank=True, max_length=500, verbose_name="Knowledge Hub"),
                ),
                (
                    "title_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.PlainText("title"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.SearchDocument(
                            ["title"], ["subtitle"], ["publisher", "funder", "lead"], ["note"]
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "work",
                "verbose_name_plural": "works",
                "ordering": ["title_key", "id"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
    ]

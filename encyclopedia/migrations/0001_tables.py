"""The tables of the Encyclopedia."""

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import encyclopedia.models
import untfsse.kit.records.evidence
import untfsse.kit.records.sdg
import untfsse.kit.records.search
from untfsse.kit.operations import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("encyclopedia", "0001_initial"),
        ("encyclopedia", "0002_give_rows_a_public_id"),
        ("encyclopedia", "0003_index_list_orders"),
        ("encyclopedia", "0004_search_goals"),
        ("encyclopedia", "0005_name_funder"),
    ]
    dependencies = [
        ("taskforce", "0001_tables"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Work",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "updated_at",
                            models.DateTimeField(auto_now=True, verbose_name="last saved"),
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
                                    ("high", "High: seen in a source with a web address"),
                                    (
                                        "medium",
                                        "Medium: seen on no web page, or partly recalled or inferred",
                                    ),
                                    ("low", "Low: recalled only"),
                                ],
                                default="medium",
                                help_text="High needs a source with a web address. Low stays hidden until verified.",
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
                            "verified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="verified by",
                            ),
                        ),
                        (
                            "internal_note",
                            models.TextField(
                                blank=True,
                                help_text="For the staff: what is open or recalled. Readers never see it.",
                                verbose_name="internal note",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                error_messages={
                                    "unique": "This address is taken. Choose a different one."
                                },
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
                        (
                            "subtitle",
                            models.CharField(blank=True, max_length=250, verbose_name="subtitle"),
                        ),
                        (
                            "publisher",
                            models.CharField(blank=True, max_length=120, verbose_name="publisher"),
                        ),
                        (
                            "publisher_places",
                            models.CharField(blank=True, max_length=120, verbose_name="places"),
                        ),
                        (
                            "partner",
                            models.CharField(blank=True, max_length=200, verbose_name="partner"),
                        ),
                        (
                            "lead",
                            models.CharField(
                                blank=True,
                                help_text="The body that led the work.",
                                max_length=200,
                                verbose_name="led by",
                            ),
                        ),
                        (
                            "funder",
                            models.CharField(blank=True, max_length=200, verbose_name="funded by"),
                        ),
                        (
                            "funding_organization",
                            models.ForeignKey(
                                blank=True,
                                help_text="If it is in the list of organizations.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="funding organization",
                            ),
                        ),
                        (
                            "editing_organization",
                            models.ForeignKey(
                                blank=True,
                                help_text="If it is in the list of organizations.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="editorial committee",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year"
                            ),
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
                            models.URLField(
                                blank=True, max_length=500, verbose_name="publisher's page"
                            ),
                        ),
                        (
                            "knowledge_hub_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Knowledge Hub"
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
                                    ["title"],
                                    ["subtitle"],
                                    ["publisher", "funder", "lead"],
                                    ["note"],
                                    (),
                                    "",
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "agenda_items",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Where a meeting spoke of it.",
                                related_name="+",
                                to="taskforce.agendaitem",
                                verbose_name="agenda items",
                            ),
                        ),
                        (
                            "updates",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="taskforce.update",
                                verbose_name="updates",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "work",
                        "verbose_name_plural": "works",
                        "ordering": ["title_key", "id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["title_key", "id"], name="work_by_title"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="work_search"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="work_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="work_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="work_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="work_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confidence", "low"),
                                        ("status", "published"),
                                        _negated=True,
                                    ),
                                    ("verified_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="work_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Part",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="encyclopedia.work",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=160, verbose_name="title")),
                        (
                            "first_entry",
                            models.PositiveSmallIntegerField(verbose_name="first entry"),
                        ),
                        ("last_entry", models.PositiveSmallIntegerField(verbose_name="last entry")),
                    ],
                    options={
                        "verbose_name": "part",
                        "verbose_name_plural": "parts",
                        "ordering": ["work", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("work", "number"),
                                name="part_has_its_own_number",
                                violation_error_message="Another part of this work has this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_entry__lte", models.F("last_entry"))),
                                name="part_ends_after_it_starts",
                                violation_error_message="The last entry comes before the first.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Editorship",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("high", "High: seen in a source with a web address"),
                                    (
                                        "medium",
                                        "Medium: seen on no web page, or partly recalled or inferred",
                                    ),
                                    ("low", "Low: recalled only"),
                                ],
                                default="medium",
                                help_text="High needs a source with a web address. Low stays hidden until verified.",
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
                            "verified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="verified by",
                            ),
                        ),
                        (
                            "internal_note",
                            models.TextField(
                                blank=True,
                                help_text="For the staff: what is open or recalled. Readers never see it.",
                                verbose_name="internal note",
                            ),
                        ),
                        (
                            "work",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="editorships",
                                to="encyclopedia.work",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.person",
                                verbose_name="person",
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
                            models.CharField(
                                blank=True, max_length=120, verbose_name="affiliation"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "editor",
                        "verbose_name_plural": "editors",
                        "ordering": ["work", "position"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="editorship_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="editorship_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.UniqueConstraint(
                                fields=("work", "person"),
                                name="editorship_is_listed_once",
                                violation_error_message="This editor is already listed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "updated_at",
                            models.DateTimeField(auto_now=True, verbose_name="last saved"),
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
                                    ("high", "High: seen in a source with a web address"),
                                    (
                                        "medium",
                                        "Medium: seen on no web page, or partly recalled or inferred",
                                    ),
                                    ("low", "Low: recalled only"),
                                ],
                                default="medium",
                                help_text="High needs a source with a web address. Low stays hidden until verified.",
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
                            "verified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="verified by",
                            ),
                        ),
                        (
                            "internal_note",
                            models.TextField(
                                blank=True,
                                help_text="For the staff: what is open or recalled. Readers never see it.",
                                verbose_name="internal note",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                error_messages={
                                    "unique": "This address is taken. Choose a different one."
                                },
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
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="encyclopedia.part",
                                verbose_name="part",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "title_knowledge_hub",
                            models.CharField(
                                blank=True,
                                max_length=250,
                                verbose_name="title on the Knowledge Hub",
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
                        (
                            "pages",
                            models.CharField(blank=True, max_length=20, verbose_name="pages"),
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
                                default="CC-BY-NC-ND-4.0",
                                help_text="It forbids adaptations: describe and link, never copy.",
                                max_length=24,
                                verbose_name="licence of the text",
                            ),
                        ),
                        (
                            "knowledge_hub_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="Knowledge Hub"
                            ),
                        ),
                        (
                            "publisher_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="publisher's page"
                            ),
                        ),
                        (
                            "publisher_url_status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("seen", "Found in a source"),
                                    ("pattern", "Built from a known address scheme"),
                                    ("derived", "Derived from the confirmed numbering"),
                                    ("recalled", "Not yet checked"),
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
                                help_text="The Sustainable Development Goals that it serves, by number.",
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
                                    ["title"],
                                    ["title_knowledge_hub"],
                                    ["summary"],
                                    [
                                        "note",
                                        models.Value(
                                            "entry of the encyclopedia", models.TextField()
                                        ),
                                    ],
                                    (),
                                    "sdgs",
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text="A comma-separated list of tags.",
                                through="taggit.TaggedItem",
                                to="taggit.Tag",
                                verbose_name="Tags",
                            ),
                        ),
                        (
                            "agenda_items",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="taskforce.agendaitem",
                                verbose_name="agenda items",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry",
                        "verbose_name_plural": "entries",
                        "ordering": ["number", "id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["number", "id"], name="entry_by_number"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="entry_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"], name="entry_like", opclasses=["gin_trgm_ops"]
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["sdgs"], name="entry_by_goal"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="entry_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="entry_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="entry_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="entry_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confidence", "low"),
                                        ("status", "published"),
                                        _negated=True,
                                    ),
                                    ("verified_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="entry_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "sdgs__contained_by",
                                        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
                                    )
                                ),
                                name="entry_sdgs_are_goals",
                                violation_error_message="The goals are numbers from 1 to 17.",
                            ),
                            models.UniqueConstraint(
                                fields=("part", "number"),
                                name="entry_has_its_own_number",
                                violation_error_message="Another entry has this number.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Authorship",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("high", "High: seen in a source with a web address"),
                                    (
                                        "medium",
                                        "Medium: seen on no web page, or partly recalled or inferred",
                                    ),
                                    ("low", "Low: recalled only"),
                                ],
                                default="medium",
                                help_text="High needs a source with a web address. Low stays hidden until verified.",
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
                            "verified_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="verified by",
                            ),
                        ),
                        (
                            "internal_note",
                            models.TextField(
                                blank=True,
                                help_text="For the staff: what is open or recalled. Readers never see it.",
                                verbose_name="internal note",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="authorships",
                                to="encyclopedia.entry",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.person",
                                verbose_name="person",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "authorship",
                        "verbose_name_plural": "authorships",
                        "ordering": ["entry", "position"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="authorship_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="authorship_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.UniqueConstraint(
                                fields=("entry", "person"),
                                name="authorship_is_listed_once",
                                violation_error_message="This author is already listed.",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("entry", "position"),
                                name="authorship_has_its_own_position",
                                violation_error_message="Another author has this position.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EntryRelation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="relations_as_first",
                                to="encyclopedia.entry",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="relations_as_second",
                                to="encyclopedia.entry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "related entries",
                        "verbose_name_plural": "related entries",
                        "ordering": ["first", "second"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="entryrelation_has_the_lower_id_first",
                                violation_error_message="Two different entries are related, and the pair is kept once.",
                            ),
                            models.UniqueConstraint(
                                fields=("first", "second"),
                                name="entryrelation_is_listed_once",
                                violation_error_message="These two entries are already related.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="decided on"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggestions",
                                to="encyclopedia.entry",
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
                    ],
                    options={
                        "verbose_name": "suggestion",
                        "verbose_name_plural": "suggestions",
                        "ordering": ["entry", "kind", "value"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "kind", "value"),
                                name="suggestion_is_made_once",
                                violation_error_message="This suggestion is already there.",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]

"""The tables of the action plans."""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.search
import django.core.validators
import django.db.models.functions.comparison
from django.db import migrations, models

import untfsse.kit.records.dates
import untfsse.kit.records.evidence
import untfsse.kit.records.sdg
import untfsse.kit.records.search
import untfsse.kit.records.tenure


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kit", "0002_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionPlan",
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
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "starts_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="from"
                    ),
                ),
                (
                    "ends_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="until"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_preparation", "In preparation"),
                            ("current", "Current"),
                            ("past", "Past"),
                        ],
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "document_url",
                    models.URLField(blank=True, max_length=500, verbose_name="document"),
                ),
                (
                    "starts_on_first",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.dates.FirstDay("starts_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "sort_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            untfsse.kit.records.dates.FirstDay("starts_on"),
                            untfsse.kit.records.dates.LastDay("starts_on"),
                            models.Value(datetime.date(1, 1, 1)),
                            output_field=models.DateField(),
                        ),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "possible_days",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.tenure.PossibleDays("starts_on", "ends_on"),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
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
                            ["title"], [], ["summary"], ["note"]
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "action plan",
                "verbose_name_plural": "action plans",
                "ordering": ["-sort_on", "-id"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                (
                    "is_area_inferred",
                    models.BooleanField(
                        default=False,
                        help_text="Tick if no source files the activity under this area.",
                        verbose_name="the area is our reading",
                    ),
                ),
                ("code", models.CharField(max_length=24, verbose_name="code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "kind",
                    models.CharField(
                        choices=[("activity", "Activity"), ("output", "Output")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "documented_state",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("ongoing", "Under way"),
                            ("done", "Done"),
                        ],
                        default="unknown",
                        help_text="What sources say. A progress report is something else.",
                        max_length=10,
                        verbose_name="state in public sources",
                    ),
                ),
                (
                    "documented_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="as of"
                    ),
                ),
                (
                    "baseline_due_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="first due on"
                    ),
                ),
                (
                    "due_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="due on"
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
                    "due_on_last",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.dates.LastDay("due_on"),
                        output_field=models.DateField(null=True),
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
                            ["title", "code"], [], ["description"], ["note"]
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["plan", "area__position", "code"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="ActivityOrganization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Lead"), ("support", "Support")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization of an activity",
                "verbose_name_plural": "organizations of an activity",
                "ordering": ["role", "id"],
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "due_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="due on"
                    ),
                ),
                (
                    "delivered_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="delivered on"
                    ),
                ),
                (
                    "due_on_last",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.dates.LastDay("due_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
            ],
            options={
                "verbose_name": "deliverable",
                "verbose_name_plural": "deliverables",
                "ordering": ["activity", "due_on", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DeliverableEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                (
                    "title",
                    models.CharField(blank=True, max_length=250, verbose_name="title of the link"),
                ),
            ],
            options={
                "verbose_name": "evidence of delivery",
                "verbose_name_plural": "evidence of delivery",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PriorityArea",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("priority", "Priority area"),
                            ("transversal", "Transversal area"),
                            ("theme", "Theme"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
            ],
            options={
                "verbose_name": "priority area",
                "verbose_name_plural": "priority areas",
                "ordering": ["plan", "position"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reported_on", models.DateField(verbose_name="reported on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("on_track", "On track"),
                            ("delayed", "Delayed"),
                            ("done", "Done"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("narrative", models.TextField(blank=True, verbose_name="narrative")),
            ],
            options={
                "verbose_name": "progress report",
                "verbose_name_plural": "progress reports",
                "ordering": ["activity", "-reported_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ReportEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                (
                    "title",
                    models.CharField(blank=True, max_length=250, verbose_name="title of the link"),
                ),
            ],
            options={
                "verbose_name": "evidence of a report",
                "verbose_name_plural": "evidence of reports",
                "ordering": ["id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SubGroup",
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sub_group", "Sub-group"),
                            ("working_group", "Working group"),
                            ("technical_working_group", "Technical working group"),
                            ("coordination", "Coordination"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "from_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="from"
                    ),
                ),
                (
                    "until_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True, null=True, verbose_name="until"
                    ),
                ),
                (
                    "from_on_first",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.dates.FirstDay("from_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.PlainText("name"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.search.SearchDocument(
                            ["name"], [], [], ["note"]
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "sub-group",
                "verbose_name_plural": "sub-groups",
                "ordering": ["plan", "area__position", "id"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="SubGroupSeat",
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
                    "from_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True,
                        help_text="The first day. Leave empty if unknown.",
                        null=True,
                        verbose_name="from",
                    ),
                ),
                (
                    "until_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True,
                        help_text="The last day. Leave empty while no end is known.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                (
                    "last_documented_on",
                    untfsse.kit.records.dates.PartialDateField(
                        blank=True,
                        help_text="The latest day on which a source shows it. This does not end it.",
                        null=True,
                        verbose_name="last documented",
                    ),
                ),
                (
                    "from_on_first",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.dates.FirstDay("from_on"),
                        output_field=models.DateField(null=True),
                    ),
                ),
                (
                    "certain_days",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.tenure.CertainDays(
                            "from_on", "until_on", "last_documented_on"
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "possible_days",
                    models.GeneratedField(
                        db_persist=True,
                        expression=untfsse.kit.records.tenure.PossibleDays("from_on", "until_on"),
                        output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Lead"), ("co_lead", "Co-lead"), ("member", "Member")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat in a sub-group",
                "verbose_name_plural": "seats in sub-groups",
                "ordering": ["sub_group", "role", "id"],
                "abstract": False,
            },
        ),
    ]

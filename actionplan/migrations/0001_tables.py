"""The tables of plans, sub-groups, activities and commitments."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import untfsse.kit.records.dates
import untfsse.kit.records.evidence
import untfsse.kit.records.sdg
import untfsse.kit.records.search
import untfsse.kit.records.tenure
from untfsse.kit.operations import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("actionplan", "0001_initial"),
        ("actionplan", "0002_give_rows_a_public_id"),
        ("actionplan", "0003_index_list_orders"),
        ("actionplan", "0004_search_days_and_goals"),
        ("actionplan", "0005_check_partial_dates"),
        ("actionplan", "0006_add_commitments"),
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
                    name="ActionPlan",
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
                        (
                            "adopted_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="The decision, if it is known.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.decision",
                                verbose_name="adopted by",
                            ),
                        ),
                        (
                            "adopted_at",
                            models.ForeignKey(
                                blank=True,
                                help_text="The meeting, if no decision is known.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.meeting",
                                verbose_name="adopted at",
                            ),
                        ),
                        (
                            "continues",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continued_by",
                                to="actionplan.actionplan",
                                verbose_name="continues",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.policyinstrument",
                                verbose_name="listed as instrument",
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
                                expression=untfsse.kit.records.tenure.PossibleDays(
                                    "starts_on", "ends_on"
                                ),
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
                                    ["title"],
                                    [],
                                    ["summary"],
                                    ["note"],
                                    ["starts_on", "ends_on"],
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
                        "verbose_name": "action plan",
                        "verbose_name_plural": "action plans",
                        "ordering": ["-sort_on", "-id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["-sort_on", "-id"], name="actionplan_by_day"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="actionplan_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"],
                                name="actionplan_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                            django.contrib.postgres.indexes.GistIndex(
                                fields=["possible_days"], name="actionplan_days"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="actionplan_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="actionplan_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="actionplan_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="actionplan_high_confidence_has_an_address",
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
                                name="actionplan_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("starts_on"), models.F("ends_on")
                                    )
                                ),
                                name="actionplan_ends_after_it_starts",
                                violation_error_message="The plan ends before it starts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("continues", models.F("id")), _negated=True),
                                name="actionplan_does_not_continue_itself",
                                violation_error_message="A plan does not continue itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PriorityArea",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="actionplan.actionplan",
                                verbose_name="plan",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="priorityarea_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="priorityarea_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="priorityarea_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="priorityarea_high_confidence_has_an_address",
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
                                name="priorityarea_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("plan", "position"),
                                name="priorityarea_has_its_own_position",
                                violation_error_message="Another area of this plan has this position.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="actionplan.actionplan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="actionplan.priorityarea",
                                verbose_name="area",
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
                            "arises_from",
                            models.ForeignKey(
                                blank=True,
                                help_text="The decision, if it is known.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.decision",
                                verbose_name="arises from",
                            ),
                        ),
                        (
                            "continues",
                            models.ForeignKey(
                                blank=True,
                                help_text="An activity of an earlier plan.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continued_by",
                                to="actionplan.activity",
                                verbose_name="continues",
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
                                help_text="The Sustainable Development Goals that it serves, by number.",
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
                                    ["title", "code"],
                                    [],
                                    ["description"],
                                    ["note"],
                                    ["due_on"],
                                    "sdgs",
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "provisions",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="taskforce.provision",
                                verbose_name="serves provisions",
                            ),
                        ),
                        (
                            "instruments",
                            models.ManyToManyField(
                                blank=True,
                                help_text="As a whole, where no provision is named.",
                                related_name="+",
                                to="taskforce.policyinstrument",
                                verbose_name="serves instruments",
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
                            "tags",
                            taggit.managers.TaggableManager(
                                blank=True,
                                help_text="A comma-separated list of tags.",
                                through="taggit.TaggedItem",
                                to="taggit.Tag",
                                verbose_name="Tags",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "activity",
                        "verbose_name_plural": "activities",
                        "ordering": ["plan", "area__position", "code"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="activity_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"],
                                name="activity_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["sdgs"], name="activity_by_goal"
                            ),
                            models.Index(fields=["due_on_last"], name="activity_by_due_day"),
                            models.Index(fields=["code", "id"], name="activity_by_code"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="activity_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="activity_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="activity_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="activity_high_confidence_has_an_address",
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
                                name="activity_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "sdgs__contained_by",
                                        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
                                    )
                                ),
                                name="activity_sdgs_are_goals",
                                violation_error_message="The goals are numbers from 1 to 17.",
                            ),
                            models.UniqueConstraint(
                                fields=("plan", "code"),
                                name="activity_has_its_own_code",
                                violation_error_message="Another activity of this plan has this code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("continues", models.F("id")), _negated=True),
                                name="activity_does_not_continue_itself",
                                violation_error_message="An activity does not continue itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityOrganization",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="organizations",
                                to="actionplan.activity",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="organization",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "Lead"),
                                    ("support", "Support"),
                                    ("funder", "Funding"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organization of an activity",
                        "verbose_name_plural": "organizations of an activity",
                        "ordering": ["role", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("activity", "organization"),
                                name="activityorganization_is_listed_once",
                                violation_error_message="This organization is already listed.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
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
                            "title",
                            models.CharField(
                                help_text="What, in our own words.",
                                max_length=200,
                                verbose_name="title",
                            ),
                        ),
                        (
                            "made_by",
                            models.CharField(
                                help_text="Who, as the source says it: a growing number of governments.",
                                max_length=200,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "made_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="made on"
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                blank=True, help_text="In our own words.", verbose_name="text"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.meeting",
                                verbose_name="made or told at",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.policyinstrument",
                                verbose_name="serves the instrument",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="actionplan.actionplan",
                                verbose_name="serves the plan",
                            ),
                        ),
                        (
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitments",
                                to="actionplan.activity",
                                verbose_name="serves the activity",
                            ),
                        ),
                        (
                            "made_on_first",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.FirstDay("made_on"),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "sort_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    untfsse.kit.records.dates.FirstDay("made_on"),
                                    untfsse.kit.records.dates.LastDay("made_on"),
                                    models.Value(datetime.date(1, 1, 1)),
                                    output_field=models.DateField(),
                                ),
                                output_field=models.DateField(),
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
                                    ["made_by"],
                                    ["text"],
                                    ["note", models.Value("commitment", models.TextField())],
                                    ["made_on"],
                                    "",
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "organizations",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Those among them that are named.",
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="organizations",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "commitment",
                        "verbose_name_plural": "commitments",
                        "ordering": ["-sort_on", "-id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["-sort_on", "-id"], name="commitment_by_day"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="commitment_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"],
                                name="commitment_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="commitment_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="commitment_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="commitment_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="commitment_high_confidence_has_an_address",
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
                                name="commitment_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("made_on__isnull", False)),
                                name="commitment_has_a_day",
                                violation_error_message="Say on which day it was made.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deliverable",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliverables",
                                to="actionplan.activity",
                                verbose_name="activity",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="deliverable_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="deliverable_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.UniqueConstraint(
                                fields=("activity", "title"),
                                name="deliverable_is_listed_once",
                                violation_error_message="This deliverable is already listed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliverableEvidence",
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
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.meeting",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "publication_slug",
                            models.SlugField(
                                blank=True, max_length=120, null=True, verbose_name="publication"
                            ),
                        ),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="title of the link"
                            ),
                        ),
                        (
                            "deliverable",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="actionplan.deliverable",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence of delivery",
                        "verbose_name_plural": "evidence of delivery",
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", True),
                                        models.Q(("url", ""), _negated=True),
                                        models.Q(("title", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("document__isnull", False),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", True),
                                        ("url", ""),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", False),
                                        ("publication_slug__isnull", True),
                                        ("url", ""),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", False),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", True),
                                        ("url", ""),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", False),
                                        ("url", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="deliverableevidence_is_exactly_one_thing",
                                violation_error_message="Name exactly one: a document, an event, an instrument, a publication, or a link with a title.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressReport",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="actionplan.activity",
                                verbose_name="activity",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="reported by",
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
                        "indexes": [
                            models.Index(
                                fields=["activity", "-reported_on", "-id"],
                                name="report_latest_first",
                            ),
                            models.Index(fields=["-reported_on", "-id"], name="report_by_day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("activity", "organization", "reported_on"),
                                name="progressreport_is_made_once_a_day",
                                violation_error_message="This organization already reported on that day.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportEvidence",
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
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.meeting",
                                verbose_name="event",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "publication_slug",
                            models.SlugField(
                                blank=True, max_length=120, null=True, verbose_name="publication"
                            ),
                        ),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="title of the link"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="actionplan.progressreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence of a report",
                        "verbose_name_plural": "evidence of reports",
                        "ordering": ["id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", True),
                                        models.Q(("url", ""), _negated=True),
                                        models.Q(("title", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("document__isnull", False),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", True),
                                        ("url", ""),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", False),
                                        ("publication_slug__isnull", True),
                                        ("url", ""),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", False),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", True),
                                        ("url", ""),
                                    ),
                                    models.Q(
                                        ("document__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("publication_slug__isnull", False),
                                        ("url", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="reportevidence_is_exactly_one_thing",
                                violation_error_message="Name exactly one: a document, an event, an instrument, a publication, or a link with a title.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubGroup",
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
                            "held_days",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.tenure.HeldDays(
                                    "from_on", "until_on", "last_documented_on"
                                ),
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        (
                            "possible_days",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.tenure.PossibleDays(
                                    "from_on", "until_on"
                                ),
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sub_groups",
                                to="actionplan.actionplan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sub_groups",
                                to="actionplan.priorityarea",
                                verbose_name="area",
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
                            "established_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="The decision, if it is known.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.decision",
                                verbose_name="established by",
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
                                    ["name"], [], [], ["note"], (), ""
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
                        "indexes": [
                            models.Index(fields=["name_key", "id"], name="subgroup_by_name"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="subgroup_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["name_key"],
                                name="subgroup_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("from_on"), models.F("until_on")
                                    ),
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("from_on"), models.F("last_documented_on")
                                    ),
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("last_documented_on"), models.F("until_on")
                                    ),
                                ),
                                name="subgroup_ends_after_it_starts",
                                violation_error_message="It ends before it starts, or was documented outside its dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="subgroup_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="subgroup_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="subgroup_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="subgroup_high_confidence_has_an_address",
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
                                name="subgroup_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubGroupSeat",
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
                            "held_days",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.tenure.HeldDays(
                                    "from_on", "until_on", "last_documented_on"
                                ),
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        (
                            "possible_days",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.tenure.PossibleDays(
                                    "from_on", "until_on"
                                ),
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        (
                            "sub_group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seats",
                                to="actionplan.subgroup",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="organization",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "Lead"),
                                    ("co_lead", "Co-lead"),
                                    ("member", "Member"),
                                ],
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("from_on"), models.F("until_on")
                                    ),
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("from_on"), models.F("last_documented_on")
                                    ),
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("last_documented_on"), models.F("until_on")
                                    ),
                                ),
                                name="subgroupseat_ends_after_it_starts",
                                violation_error_message="It ends before it starts, or was documented outside its dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="subgroupseat_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="subgroupseat_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("sub_group", "="),
                                    ("organization", "="),
                                    ("held_days", "&&"),
                                ],
                                name="subgroupseat_is_held_one_at_a_time",
                                violation_error_message="This organization already sits in the group in that time.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_on__isnull", True)),
                                fields=("sub_group", "organization"),
                                name="subgroupseat_without_end_is_the_only_one",
                                violation_error_message="This organization already sits in the group.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]

"""What the kit itself records: former addresses, changes, loaded rows, tasks, sessions, reports."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from untfsse.kit.operations import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("kit", "0002_tables"),
        ("kit", "0003_keep_public_log"),
        ("kit", "0006_readership"),
        ("kit", "0007_keep_last_days"),
        ("kit", "0008_background_tasks"),
        ("kit", "0010_access"),
        ("kit", "0011_settle_access"),
        ("kit", "0013_missed_searches"),
        ("kit", "0014_error_reports"),
    ]
    dependencies = [
        ("kit", "0001_dates_and_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="AccountSession",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="session key",
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        (
                            "expire_date",
                            models.DateTimeField(db_index=True, verbose_name="expire date"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "number",
                            models.UUIDField(db_index=True, null=True, verbose_name="number"),
                        ),
                        (
                            "device",
                            models.CharField(blank=True, max_length=200, verbose_name="device"),
                        ),
                        (
                            "address",
                            models.GenericIPAddressField(null=True, verbose_name="address"),
                        ),
                        ("began_at", models.DateTimeField(null=True, verbose_name="since")),
                        ("seen_at", models.DateTimeField(null=True, verbose_name="last seen")),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="TryCount",
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
                        ("key", models.CharField(max_length=64, unique=True, verbose_name="key")),
                        (
                            "about",
                            models.CharField(
                                blank=True, db_index=True, max_length=64, verbose_name="about"
                            ),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="tries")),
                        ("until", models.DateTimeField(db_index=True, verbose_name="until")),
                    ],
                    options={
                        "verbose_name": "count of tries",
                        "verbose_name_plural": "counts of tries",
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="PublicChange",
                    fields=[
                        (
                            "number",
                            models.BigIntegerField(
                                primary_key=True, serialize=False, verbose_name="number"
                            ),
                        ),
                        ("table", models.CharField(max_length=63, verbose_name="table")),
                        ("public_id", models.UUIDField(null=True, verbose_name="public id")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("published", "Published"),
                                    ("changed", "Changed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("deleted", "Deleted"),
                                    ("day", "A new day"),
                                ],
                                max_length=9,
                                verbose_name="what",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="when")),
                        ("is_own", models.BooleanField(verbose_name="of the row itself")),
                    ],
                    options={
                        "verbose_name": "public change",
                        "verbose_name_plural": "public changes",
                        "ordering": ["-number"],
                        "indexes": [
                            models.Index(fields=["made_at"], name="publicchange_by_moment")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicState",
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
                        ("public_id", models.UUIDField(unique=True, verbose_name="public id")),
                        ("table", models.CharField(max_length=63, verbose_name="table")),
                        ("row_id", models.BigIntegerField(verbose_name="row")),
                        (
                            "slug",
                            models.CharField(blank=True, max_length=200, verbose_name="address"),
                        ),
                        ("is_public", models.BooleanField(verbose_name="public")),
                        ("is_deleted", models.BooleanField(verbose_name="deleted")),
                        ("number", models.BigIntegerField(verbose_name="number")),
                        ("revision", models.IntegerField(verbose_name="revision")),
                        ("appeared_at", models.DateTimeField(verbose_name="first public")),
                        ("changed_at", models.DateTimeField(verbose_name="changed")),
                        ("own_changed_at", models.DateTimeField(verbose_name="itself changed")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        ("first_day", models.DateField(null=True, verbose_name="first day")),
                        ("last_day", models.DateField(null=True, verbose_name="last day")),
                    ],
                    options={
                        "verbose_name": "public state",
                        "verbose_name_plural": "public states",
                        "ordering": ["-number"],
                        "indexes": [
                            models.Index(fields=["table", "row_id"], name="publicstate_of_a_row"),
                            models.Index(fields=["table", "number"], name="publicstate_by_number"),
                            models.Index(
                                fields=["table", "changed_at"], name="publicstate_by_moment"
                            ),
                            models.Index(
                                condition=models.Q(("is_public", False)),
                                fields=["table", "slug"],
                                name="publicstate_gone_by_address",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Readership",
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
                    ],
                    options={
                        "permissions": [
                            ("members_readership", "Can read what is for members and observers"),
                            ("secretariat_readership", "Can read what is for the secretariat"),
                        ],
                        "managed": False,
                        "default_permissions": (),
                    },
                ),
                migrations.CreateModel(
                    name="FormerAddress",
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
                        ("noun", models.CharField(max_length=100)),
                        ("slug", models.CharField(max_length=200)),
                        ("record_id", models.BigIntegerField()),
                        ("left_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "former address",
                        "verbose_name_plural": "former addresses",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("noun", "slug"), name="formeraddress_leads_to_one_record"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ErrorReport",
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
                        ("path", models.CharField(max_length=300, verbose_name="page")),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=300, verbose_name="record"),
                        ),
                        ("text", models.TextField(verbose_name="what is wrong")),
                        (
                            "evidence_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="how it is known"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("mended", "Mended"),
                                    ("declined", "Declined"),
                                ],
                                default="open",
                                max_length=8,
                                verbose_name="state",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "reported_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="reported at"
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        ("sender", models.CharField(blank=True, editable=False, max_length=64)),
                    ],
                    options={
                        "verbose_name": "report of an error",
                        "verbose_name_plural": "reports of errors",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["id"],
                                name="errorreport_open",
                            ),
                            models.Index(
                                condition=models.Q(("sender", ""), _negated=True),
                                fields=["sender"],
                                name="errorreport_of_today",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "mended", "declined"])),
                                name="errorreport_state_is_known",
                                violation_error_message="A report is open, mended or declined.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("closed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="errorreport_says_when_it_was_closed",
                                violation_error_message="A closed report says when it was closed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ErrorReportContact",
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
                            "report",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact",
                                to="kit.errorreport",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                    ],
                    options={
                        "verbose_name": "contact of a report",
                        "verbose_name_plural": "contacts of reports",
                    },
                ),
                migrations.CreateModel(
                    name="Change",
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
                        ("table", models.CharField(max_length=63, verbose_name="table")),
                        ("row_id", models.BigIntegerField(verbose_name="row")),
                        (
                            "operation",
                            models.CharField(
                                choices=[
                                    ("INSERT", "Added"),
                                    ("UPDATE", "Changed"),
                                    ("DELETE", "Deleted"),
                                ],
                                max_length=6,
                                verbose_name="what",
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="when")),
                        (
                            "made_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                blank=True,
                                help_text="The admin, an import, a command …",
                                max_length=60,
                                verbose_name="through",
                            ),
                        ),
                        ("before", models.JSONField(null=True, verbose_name="before")),
                        ("after", models.JSONField(null=True, verbose_name="after")),
                        (
                            "transaction",
                            models.BigIntegerField(
                                db_index=True, editable=False, null=True, verbose_name="transaction"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change",
                        "verbose_name_plural": "history",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["table", "row_id", "-id"], name="change_of_a_row"),
                            models.Index(fields=["-made_at"], name="change_by_moment"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LoadedRow",
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
                        ("file", models.CharField(max_length=60, verbose_name="file")),
                        ("table", models.CharField(max_length=63, verbose_name="table")),
                        ("key", models.CharField(max_length=500, verbose_name="key in the files")),
                        ("record_id", models.BigIntegerField(verbose_name="record")),
                        (
                            "values",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="values",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "loaded row",
                        "verbose_name_plural": "loaded rows",
                        "ordering": ["table", "key"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("table", "key"), name="loadedrow_has_its_own_key"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MissedSearch",
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
                            "text",
                            models.CharField(
                                max_length=100, unique=True, verbose_name="searched for"
                            ),
                        ),
                        ("count", models.PositiveIntegerField(default=1, verbose_name="how often")),
                        ("first_on", models.DateField(verbose_name="first")),
                        ("last_on", models.DateField(verbose_name="last")),
                    ],
                    options={
                        "verbose_name": "search without a result",
                        "verbose_name_plural": "searches without a result",
                        "ordering": ["-count", "-last_on", "text"],
                    },
                ),
                migrations.CreateModel(
                    name="BackgroundTask",
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
                        ("path", models.CharField(max_length=200, verbose_name="function")),
                        ("arguments", models.JSONField(default=dict, verbose_name="arguments")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "every",
                            models.DurationField(blank=True, null=True, verbose_name="every"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("READY", "Ready"),
                                    ("RUNNING", "Running"),
                                    ("FAILED", "Failed"),
                                    ("SUCCESSFUL", "Successful"),
                                ],
                                default="READY",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "run_after",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="not before"
                            ),
                        ),
                        (
                            "enqueued_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="asked at"
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="last begun at"
                            ),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="last ended at"
                            ),
                        ),
                        (
                            "workers",
                            models.JSONField(blank=True, default=list, verbose_name="workers"),
                        ),
                        (
                            "done",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="done"),
                        ),
                        (
                            "total",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="of"),
                        ),
                        ("result", models.JSONField(blank=True, null=True, verbose_name="result")),
                        (
                            "error",
                            models.CharField(blank=True, max_length=2000, verbose_name="error"),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "verbose_name_plural": "tasks",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "SUCCESSFUL"), _negated=True),
                                fields=["run_after"],
                                name="task_to_be_done",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("every__isnull", False)),
                                fields=("path",),
                                name="task_is_scheduled_once",
                                violation_error_message="This task is in the schedule already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["READY", "RUNNING", "FAILED", "SUCCESSFUL"])
                                ),
                                name="task_state_is_known",
                                violation_error_message="A task is ready, running, done or failed.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]

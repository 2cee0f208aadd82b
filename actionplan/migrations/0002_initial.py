"""The tables of the action plans."""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import untfsse.kit.records.dates


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kit", "0002_tables"),
        ("actionplan", "0001_initial"),
        ("encyclopedia", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("taskforce", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="actionplan",
            name="adopted_at",
            field=models.ForeignKey(
                blank=True,
                help_text="The meeting, if no decision is known.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.meeting",
                verbose_name="adopted at",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="adopted_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The decision, if it is known.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.decision",
                verbose_name="adopted by",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="agenda_items",
            field=models.ManyToManyField(
                blank=True,
                help_text="Where a meeting spoke of it.",
                related_name="+",
                to="taskforce.agendaitem",
                verbose_name="agenda items",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued_by",
                to="actionplan.actionplan",
                verbose_name="continues",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="instrument",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.policyinstrument",
                verbose_name="listed as instrument",
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="updates",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="taskforce.update", verbose_name="updates"
            ),
        ),
        migrations.AddField(
            model_name="actionplan",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="agenda_items",
            field=models.ManyToManyField(
                blank=True,
                help_text="Where a meeting spoke of it.",
                related_name="+",
                to="taskforce.agendaitem",
                verbose_name="agenda items",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="arises_from",
            field=models.ForeignKey(
                blank=True,
                help_text="The decision, if it is known.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.decision",
                verbose_name="arises from",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                help_text="An activity of an earlier plan.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="continued_by",
                to="actionplan.activity",
                verbose_name="continues",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="instruments",
            field=models.ManyToManyField(
                blank=True,
                help_text="As a whole, where no provision is named.",
                related_name="+",
                to="taskforce.policyinstrument",
                verbose_name="serves instruments",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="actionplan.actionplan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="provisions",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="taskforce.provision",
                verbose_name="serves provisions",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="taggit.TaggedItem",
                to="taggit.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="activityorganization",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="organizations",
                to="actionplan.activity",
            ),
        ),
        migrations.AddField(
            model_name="activityorganization",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AddField(
            model_name="deliverable",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliverables",
                to="actionplan.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="deliverable",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="deliverableevidence",
            name="deliverable",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="actionplan.deliverable",
            ),
        ),
        migrations.AddField(
            model_name="deliverableevidence",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.document",
                verbose_name="document",
            ),
        ),
        migrations.AddField(
            model_name="deliverableevidence",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="encyclopedia.entry",
                verbose_name="entry of the Encyclopedia",
            ),
        ),
        migrations.AddField(
            model_name="deliverableevidence",
            name="instrument",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.policyinstrument",
                verbose_name="instrument",
            ),
        ),
        migrations.AddField(
            model_name="deliverableevidence",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.meeting",
                verbose_name="event",
            ),
        ),
        migrations.AddField(
            model_name="priorityarea",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="areas",
                to="actionplan.actionplan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="priorityarea",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="actionplan.priorityarea",
                verbose_name="area",
            ),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to="actionplan.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="progressreport",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.organization",
                verbose_name="reported by",
            ),
        ),
        migrations.AddField(
            model_name="reportevidence",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.document",
                verbose_name="document",
            ),
        ),
        migrations.AddField(
            model_name="reportevidence",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="encyclopedia.entry",
                verbose_name="entry of the Encyclopedia",
            ),
        ),
        migrations.AddField(
            model_name="reportevidence",
            name="instrument",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.policyinstrument",
                verbose_name="instrument",
            ),
        ),
        migrations.AddField(
            model_name="reportevidence",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.meeting",
                verbose_name="event",
            ),
        ),
        migrations.AddField(
            model_name="reportevidence",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="actionplan.progressreport",
            ),
        ),
        migrations.AddField(
            model_name="subgroup",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sub_groups",
                to="actionplan.priorityarea",
                verbose_name="area",
            ),
        ),
        migrations.AddField(
            model_name="subgroup",
            name="established_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The decision, if it is known.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.decision",
                verbose_name="established by",
            ),
        ),
        migrations.AddField(
            model_name="subgroup",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sub_groups",
                to="actionplan.actionplan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            model_name="subgroup",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddField(
            model_name="subgroupseat",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AddField(
            model_name="subgroupseat",
            name="sub_group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="seats",
                to="actionplan.subgroup",
            ),
        ),
        migrations.AddField(
            model_name="subgroupseat",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="verified by",
            ),
        ),
        migrations.AddIndex(
            model_name="actionplan",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="actionplan_search"
            ),
        ),
        migrations.AddIndex(
            model_name="actionplan",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title_key"], name="actionplan_like", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="actionplan",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["possible_days"], name="actionplan_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="actionplan_published_has_a_moment",
                violation_error_message="A published record needs the moment of publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="actionplan_withdrawn_has_a_reason",
                violation_error_message="Say why the record is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="actionplan_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confidence", "low"), ("status", "published"), _negated=True),
                    ("verified_on__isnull", False),
                    _connector="OR",
                ),
                name="actionplan_low_confidence_is_verified_before_published",
                violation_error_message="A record of low confidence cannot be published before it is verified.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    untfsse.kit.records.dates.InOrder(models.F("starts_on"), models.F("ends_on"))
                ),
                name="actionplan_ends_after_it_starts",
                violation_error_message="The plan ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("continues", models.F("id")), _negated=True),
                name="actionplan_does_not_continue_itself",
                violation_error_message="A plan does not continue itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activityorganization",
            constraint=models.UniqueConstraint(
                fields=("activity", "organization"),
                name="activityorganization_is_listed_once",
                violation_error_message="This organization is already listed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="deliverable_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverable",
            constraint=models.UniqueConstraint(
                fields=("activity", "title"),
                name="deliverable_is_listed_once",
                violation_error_message="This deliverable is already listed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliverableevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        models.Q(("url", ""), _negated=True),
                        models.Q(("title", ""), _negated=True),
                    ),
                    models.Q(
                        ("document__isnull", False),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", False),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", False),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", False),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    _connector="OR",
                ),
                name="deliverableevidence_is_exactly_one_thing",
                violation_error_message="Name exactly one: a document, an event, an instrument, an entry, or a link with a title.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityarea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="priorityarea_published_has_a_moment",
                violation_error_message="A published record needs the moment of publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityarea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="priorityarea_withdrawn_has_a_reason",
                violation_error_message="Say why the record is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityarea",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="priorityarea_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityarea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confidence", "low"), ("status", "published"), _negated=True),
                    ("verified_on__isnull", False),
                    _connector="OR",
                ),
                name="priorityarea_low_confidence_is_verified_before_published",
                violation_error_message="A record of low confidence cannot be published before it is verified.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priorityarea",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("plan", "position"),
                name="priorityarea_has_its_own_position",
                violation_error_message="Another area of this plan has this position.",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="activity_search"
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title_key"], name="activity_like", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sdgs"], name="activity_by_goal"
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["due_on_last"], name="activity_by_due_day"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="activity_published_has_a_moment",
                violation_error_message="A published record needs the moment of publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="activity_withdrawn_has_a_reason",
                violation_error_message="Say why the record is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="activity_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confidence", "low"), ("status", "published"), _negated=True),
                    ("verified_on__isnull", False),
                    _connector="OR",
                ),
                name="activity_low_confidence_is_verified_before_published",
                violation_error_message="A record of low confidence cannot be published before it is verified.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sdgs__contained_by",
                        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
                    )
                ),
                name="activity_sdgs_are_goals",
                violation_error_message="The goals are numbers from 1 to 17.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                fields=("plan", "code"),
                name="activity_has_its_own_code",
                violation_error_message="Another activity of this plan has this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("continues", models.F("id")), _negated=True),
                name="activity_does_not_continue_itself",
                violation_error_message="An activity does not continue itself.",
            ),
        ),
        migrations.AddIndex(
            model_name="progressreport",
            index=models.Index(
                fields=["activity", "-reported_on", "-id"], name="report_latest_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="progressreport",
            constraint=models.UniqueConstraint(
                fields=("activity", "organization", "reported_on"),
                name="progressreport_is_made_once_a_day",
                violation_error_message="This organization already reported on that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        models.Q(("url", ""), _negated=True),
                        models.Q(("title", ""), _negated=True),
                    ),
                    models.Q(
                        ("document__isnull", False),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", True),
                        ("meeting__isnull", False),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", True),
                        ("instrument__isnull", False),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    models.Q(
                        ("document__isnull", True),
                        ("entry__isnull", False),
                        ("instrument__isnull", True),
                        ("meeting__isnull", True),
                        ("url", ""),
                    ),
                    _connector="OR",
                ),
                name="reportevidence_is_exactly_one_thing",
                violation_error_message="Name exactly one: a document, an event, an instrument, an entry, or a link with a title.",
            ),
        ),
        migrations.AddIndex(
            model_name="subgroup",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="subgroup_search"
            ),
        ),
        migrations.AddIndex(
            model_name="subgroup",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["name_key"], name="subgroup_like", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="subgroup_published_has_a_moment",
                violation_error_message="A published record needs the moment of publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="subgroup_withdrawn_has_a_reason",
                violation_error_message="Say why the record is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="subgroup_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confidence", "low"), ("status", "published"), _negated=True),
                    ("verified_on__isnull", False),
                    _connector="OR",
                ),
                name="subgroup_low_confidence_is_verified_before_published",
                violation_error_message="A record of low confidence cannot be published before it is verified.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    untfsse.kit.records.dates.InOrder(models.F("from_on"), models.F("until_on"))
                ),
                name="subgroup_ends_after_it_starts",
                violation_error_message="The group ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    untfsse.kit.records.dates.InOrder(models.F("from_on"), models.F("until_on")),
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
        ),
        migrations.AddConstraint(
            model_name="subgroupseat",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="subgroupseat_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroupseat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("sub_group", "="), ("organization", "="), ("certain_days", "&&")],
                name="subgroupseat_is_held_one_at_a_time",
                violation_error_message="This organization already sits in the group in that time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subgroupseat",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)),
                fields=("sub_group", "organization"),
                name="subgroupseat_without_end_is_the_only_one",
                violation_error_message="This organization already sits in the group.",
            ),
        ),
    ]

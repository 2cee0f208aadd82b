"""The tables of the Encyclopedia."""

import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kit", "0002_tables"),
        ("encyclopedia", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("taskforce", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="authorship",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="authorship",
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
            model_name="editorship",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taskforce.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="editorship",
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
            model_name="entry",
            name="agenda_items",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="taskforce.agendaitem", verbose_name="agenda items"
            ),
        ),
        migrations.AddField(
            model_name="entry",
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
            model_name="entry",
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
            model_name="authorship",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="authorships",
                to="encyclopedia.entry",
            ),
        ),
        migrations.AddField(
            model_name="entryrelation",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="relations_as_first",
                to="encyclopedia.entry",
            ),
        ),
        migrations.AddField(
            model_name="entryrelation",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="relations_as_second",
                to="encyclopedia.entry",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="part",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="encyclopedia.part",
                verbose_name="part",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="suggestions",
                to="encyclopedia.entry",
            ),
        ),
        migrations.AddField(
            model_name="work",
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
            model_name="work",
            name="updates",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="taskforce.update", verbose_name="updates"
            ),
        ),
        migrations.AddField(
            model_name="work",
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
            model_name="part",
            name="work",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="parts",
                to="encyclopedia.work",
            ),
        ),
        migrations.AddField(
            model_name="editorship",
            name="work",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="editorships",
                to="encyclopedia.work",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorship",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="authorship_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorship",
            constraint=models.UniqueConstraint(
                fields=("entry", "person"),
                name="authorship_is_listed_once",
                violation_error_message="This author is already listed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorship",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("entry", "position"),
                name="authorship_has_its_own_position",
                violation_error_message="Another author has this position.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryrelation",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="entryrelation_has_the_lower_id_first",
                violation_error_message="Two different entries are related, and the pair is kept once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryrelation",
            constraint=models.UniqueConstraint(
                fields=("first", "second"),
                name="entryrelation_is_listed_once",
                violation_error_message="These two entries are already related.",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["number", "id"], name="entry_by_number"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="entry_search"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title_key"], name="entry_like", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["sdgs"], name="entry_by_goal"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="entry_published_has_a_moment",
                violation_error_message="A published record needs the moment of publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="entry_withdrawn_has_a_reason",
                violation_error_message="Say why the record is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="entry_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confidence", "low"), ("status", "published"), _negated=True),
                    ("verified_on__isnull", False),
                    _connector="OR",
                ),
                name="entry_low_confidence_is_verified_before_published",
                violation_error_message="A record of low confidence cannot be published before it is verified.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sdgs__contained_by",
                        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
                    )
                ),
                name="entry_sdgs_are_goals",
                violation_error_message="The goals are numbers from 1 to 17.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                fields=("part", "number"),
                name="entry_has_its_own_number",
                violation_error_message="Another entry has this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.UniqueConstraint(
                fields=("entry", "kind", "value"),
                name="suggestion_is_made_once",
                violation_error_message="This suggestion is already there.",
            ),
        ),
        migrations.AddIndex(
            model_name="work",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="work_search"),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="work_published_has_a_moment",
                violation_error_message="A published record needs the moment of publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawal_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="work_withdrawn_has_a_reason",
                violation_error_message="Say why the record is withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="work_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="work",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confidence", "low"), ("status", "published"), _negated=True),
                    ("verified_on__isnull", False),
                    _connector="OR",
                ),
                name="work_low_confidence_is_verified_before_published",
                violation_error_message="A record of low confidence cannot be published before it is verified.",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                fields=("work", "number"),
                name="part_has_its_own_number",
                violation_error_message="Another part of this work has this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_entry__lte", models.F("last_entry"))),
                name="part_ends_after_it_starts",
                violation_error_message="The last entry comes before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="editorship",
            constraint=models.CheckConstraint(
                condition=models.Q(("sources__jsonb_is_array", True)),
                name="editorship_sources_are_a_list",
                violation_error_message="Sources are a list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="editorship",
            constraint=models.UniqueConstraint(
                fields=("work", "person"),
                name="editorship_is_listed_once",
                violation_error_message="This editor is already listed.",
            ),
        ),
    ]

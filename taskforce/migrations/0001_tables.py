"""The tables of who sits, when it meets, what it decides and what it follows."""

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
import django_countries.fields
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import taskforce.fingerprint
import taskforce.models.meetings
import taskforce.models.people
import untfsse.kit.records.dates
import untfsse.kit.records.evidence
import untfsse.kit.records.sdg
import untfsse.kit.records.search
import untfsse.kit.records.tenure
from untfsse.kit.operations import CreateModels

SHA256 = """
CREATE FUNCTION sha256_of(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("taskforce", "0001_initial"),
        ("taskforce", "0003_give_rows_a_public_id"),
        ("taskforce", "0004_index_list_orders"),
        ("taskforce", "0005_keep_a_file_once_in_a_language"),
        ("taskforce", "0007_count_members_as_reported"),
        ("taskforce", "0008_keep_words_in_languages"),
        ("taskforce", "0009_search_in_languages"),
        ("taskforce", "0011_check_partial_dates"),
        ("taskforce", "0012_add_actors"),
        ("taskforce", "0013_index_numbers_and_days_to_come"),
        ("taskforce", "0014_index_what_is_published"),
    ]
    dependencies = [
        ("kit", "0001_dates_and_search"),
        # Of others before all of ours: for what they alter in rows that ours are related to, Django
        # would render every model of ours anew.
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SHA256),
        CreateModels(
            [
                migrations.CreateModel(
                    name="Organization",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "acronym",
                            models.CharField(blank=True, max_length=30, verbose_name="acronym"),
                        ),
                        (
                            "other_names",
                            models.CharField(
                                blank=True,
                                help_text="Names and acronyms also in use, separated by semicolons.",
                                max_length=300,
                                verbose_name="other names",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("un_specialized_agency", "UN specialized agency"),
                                    ("un_programme", "UN fund or programme"),
                                    ("un_regional_commission", "UN regional commission"),
                                    ("un_secretariat_body", "UN secretariat"),
                                    ("un_office", "UN office"),
                                    ("un_entity", "UN entity"),
                                    ("un_research_institute", "UN research institute"),
                                    ("un_special_programme", "UN special programme"),
                                    ("un_wto_agency", "Joint agency of the UN and the WTO"),
                                    ("intergovernmental", "Intergovernmental organization"),
                                    ("development_bank", "Development bank"),
                                    ("eu_body", "Body of the European Union"),
                                    ("umbrella_network", "Umbrella network"),
                                    ("local_government_network", "Network of local governments"),
                                    ("research_network", "Research network"),
                                    ("research_institute", "Research institute"),
                                    ("ngo", "Non-governmental organization"),
                                    ("government", "Government of a State"),
                                    ("public_authority", "Ministry or other public authority"),
                                    ("alliance", "Alliance"),
                                    ("body", "Conference or committee"),
                                ],
                                db_index=True,
                                max_length=32,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                help_text="A unit attends meetings for the organization it is part of.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="taskforce.organization",
                                verbose_name="part of",
                            ),
                        ),
                        ("website", models.URLField(blank=True, verbose_name="website")),
                        ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                        (
                            "country",
                            django_countries.fields.CountryField(
                                blank=True, max_length=2, verbose_name="country"
                            ),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="description")),
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
                                    ["name", "acronym", "other_names"],
                                    [],
                                    ["description"],
                                    ["note"],
                                    (),
                                    "",
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
                    ],
                    options={
                        "verbose_name": "organization",
                        "verbose_name_plural": "organizations",
                        "ordering": ["name_key", "id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["name_key", "id"], name="organization_by_name"),
                            models.Index(
                                condition=models.Q(("status", "published")),
                                fields=["country", "kind", "published_at"],
                                name="organization_published",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="organization_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["name_key"],
                                name="organization_like",
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
                                name="organization_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="organization_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="organization_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="organization_high_confidence_has_an_address",
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
                                name="organization_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="organization_is_not_part_of_itself",
                                violation_error_message="An organization is not part of itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerName",
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
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_names",
                                to="taskforce.organization",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "until_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="until"
                            ),
                        ),
                        (
                            "until_on_last",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.LastDay("until_on"),
                                output_field=models.DateField(null=True),
                            ),
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
                        "verbose_name": "former name",
                        "verbose_name_plural": "former names",
                        "ordering": ["until_on", "id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="formername_search"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organization", "name"),
                                name="formername_is_listed_once",
                                violation_error_message="This former name is already listed.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Identifier",
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
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="identifiers",
                                to="taskforce.organization",
                            ),
                        ),
                        (
                            "scheme",
                            models.CharField(
                                choices=[
                                    ("ror", "ROR"),
                                    ("wikidata", "Wikidata"),
                                    ("isni", "ISNI"),
                                ],
                                max_length=12,
                                verbose_name="register",
                            ),
                        ),
                        ("value", models.CharField(max_length=60, verbose_name="identifier")),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.search.SearchDocument(
                                    ["value"], (), (), (), (), ""
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "identifier",
                        "verbose_name_plural": "identifiers",
                        "ordering": ["scheme", "value"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="identifier_search"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "value"),
                                name="identifier_names_one_organization",
                                violation_error_message="This identifier belongs to another organization.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("title", models.CharField(max_length=250, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("founding", "Founding meeting"),
                                    ("regular", "Regular meeting"),
                                    ("special", "Special meeting"),
                                    ("technical_symposium", "Technical symposium"),
                                    ("conference", "Conference"),
                                    ("conference_session", "Session at a conference"),
                                    ("workshop", "Workshop"),
                                    ("webinar", "Webinar"),
                                    ("side_event", "Side event"),
                                    ("partner_event", "Event of a partner"),
                                    ("precursor_conference", "Conference before the Task Force"),
                                ],
                                db_index=True,
                                max_length=24,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "ordinal",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="47 for the 47th regular meeting; the founding meeting is the first.",
                                null=True,
                                verbose_name="number in its series",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("postponed", "Postponed"),
                                    ("held", "Held"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="planned",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "starts_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="starts on"
                            ),
                        ),
                        (
                            "ends_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True,
                                help_text="Empty for a meeting of one day.",
                                null=True,
                                verbose_name="ends on",
                            ),
                        ),
                        (
                            "starts_time",
                            models.TimeField(blank=True, null=True, verbose_name="starts at"),
                        ),
                        (
                            "ends_time",
                            models.TimeField(blank=True, null=True, verbose_name="ends at"),
                        ),
                        (
                            "time_zone",
                            models.CharField(
                                blank=True,
                                help_text="Of the two times: Europe/Zurich, America/New_York, UTC …",
                                max_length=40,
                                validators=[taskforce.models.meetings.validate_time_zone],
                                verbose_name="time zone",
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[
                                    ("in_person", "In person"),
                                    ("virtual", "Virtual"),
                                    ("hybrid", "Hybrid"),
                                    ("unknown", "Not known"),
                                ],
                                default="unknown",
                                max_length=12,
                                verbose_name="format",
                            ),
                        ),
                        (
                            "venue",
                            models.CharField(blank=True, max_length=200, verbose_name="venue"),
                        ),
                        ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                        (
                            "country",
                            django_countries.fields.CountryField(
                                blank=True, max_length=2, verbose_name="country"
                            ),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="summary")),
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
                            "reported_participants",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="participants reported"
                            ),
                        ),
                        (
                            "participants_wording",
                            models.CharField(
                                blank=True,
                                help_text="As the report puts it: “about 30”, “over 40”, “7 agencies”.",
                                max_length=60,
                                verbose_name="wording of the report",
                            ),
                        ),
                        (
                            "reported_members",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="members reported"
                            ),
                        ),
                        (
                            "reported_observers",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="observers reported"
                            ),
                        ),
                        (
                            "resource_persons",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="guests and resource persons"
                            ),
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
                            "starts_on_last",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.LastDay("starts_on"),
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
                            "series",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(kind="founding", then=models.Value("regular")),
                                    default=models.F("kind"),
                                ),
                                output_field=models.CharField(max_length=24, verbose_name="series"),
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
                        "verbose_name": "meeting",
                        "verbose_name_plural": "meetings",
                        "ordering": ["-sort_on", "-id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["-sort_on", "-id"], name="meeting_by_day"),
                            models.Index(
                                condition=models.Q(("status", "published")),
                                fields=["country", "published_at"],
                                name="meeting_published",
                            ),
                            models.Index(
                                condition=models.Q(("ordinal__isnull", False)),
                                fields=["series", "ordinal"],
                                name="meeting_by_number",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ("planned", "postponed"))),
                                fields=["starts_on_last", "id"],
                                name="meeting_to_come",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="meeting_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"],
                                name="meeting_like",
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
                                name="meeting_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="meeting_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="meeting_high_confidence_has_an_address",
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
                                name="meeting_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    untfsse.kit.records.dates.InOrder(
                                        models.F("starts_on"), models.F("ends_on")
                                    )
                                ),
                                name="meeting_ends_after_it_starts",
                                violation_error_message="The meeting ends before it starts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ends_time__isnull", True), ("starts_time__isnull", True)
                                    ),
                                    models.Q(("time_zone", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="meeting_times_have_a_time_zone",
                                violation_error_message="Times need a time zone.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind__in", ["founding", "regular"])),
                                fields=("ordinal",),
                                name="meeting_has_its_own_number_among_regular_ones",
                                violation_error_message="Another regular meeting has this number.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "technical_symposium")),
                                fields=("ordinal",),
                                name="meeting_has_its_own_number_among_symposia",
                                violation_error_message="Another technical symposium has this number.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingPartner",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="partners",
                                to="taskforce.meeting",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("organizer", "Organizer"), ("partner", "Partner")],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="organization",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True,
                                help_text="For bodies outside the list.",
                                max_length=200,
                                verbose_name="free name",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organizer or partner",
                        "verbose_name_plural": "organizers and partners",
                        "ordering": ["role", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), ("organization__isnull", False)),
                                    models.Q(
                                        ("organization__isnull", True),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="meetingpartner_is_an_organization_or_a_name",
                                violation_error_message="Choose an organization or write a name, not both.",
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "role", "organization", "name"),
                                name="meetingpartner_is_listed_once",
                                nulls_distinct=False,
                                violation_error_message="This body is already listed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JoinLink",
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
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="join_link",
                                to="taskforce.meeting",
                            ),
                        ),
                        ("url", models.URLField(max_length=500, verbose_name="address")),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Public"),
                                    ("members", "Members and observers"),
                                    ("secretariat", "Secretariat"),
                                ],
                                default="members",
                                help_text="Who sees it once it is published.",
                                max_length=12,
                                verbose_name="audience",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "join link",
                        "verbose_name_plural": "join links",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("audience", "public"), _negated=True),
                                name="joinlink_is_never_public",
                                violation_error_message="A join link is never public.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="taskforce.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="taskforce.organization",
                                verbose_name="organization",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("invited", "Invited"),
                                    ("present", "Present"),
                                    ("apologies", "Apologies"),
                                    ("absent", "Absent"),
                                ],
                                default="invited",
                                max_length=12,
                                verbose_name="attendance",
                            ),
                        ),
                        (
                            "on_behalf_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="on behalf of",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance",
                        "verbose_name_plural": "attendance",
                        "ordering": ["meeting", "organization__name_key"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "organization"),
                                name="attendance_is_listed_once",
                                violation_error_message="This organization is already listed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("on_behalf_of", models.F("organization")), _negated=True
                                ),
                                name="attendance_is_not_on_behalf_of_oneself",
                                violation_error_message="An organization does not attend on its own behalf.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Constituent",
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
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="constituents",
                                to="taskforce.organization",
                                verbose_name="body",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                help_text="Governments, member States, members …",
                                max_length=120,
                                verbose_name="who",
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="number"
                            ),
                        ),
                        (
                            "wording",
                            models.CharField(
                                blank=True,
                                help_text="What the source says, in our words.",
                                max_length=300,
                                verbose_name="wording",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part of a body",
                        "verbose_name_plural": "parts of bodies",
                        "ordering": ["body", "id"],
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
                                name="constituent_ends_after_it_starts",
                                violation_error_message="It ends before it starts, or was documented outside its dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="constituent_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="constituent_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.UniqueConstraint(
                                fields=("body", "label", "from_on"),
                                name="constituent_is_listed_once",
                                nulls_distinct=False,
                                violation_error_message="This part is already listed from that day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyInstrument",
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
                        ("title", models.CharField(max_length=400, verbose_name="official title")),
                        (
                            "title_language",
                            models.CharField(
                                blank=True,
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
                                help_text="Of the official title, where it is not English.",
                                max_length=2,
                                verbose_name="language of the title",
                            ),
                        ),
                        (
                            "short_title",
                            models.CharField(max_length=160, verbose_name="short title"),
                        ),
                        (
                            "symbol",
                            models.CharField(
                                blank=True,
                                help_text="A/RES/77/281, OECD/LEGAL/0472 …",
                                max_length=60,
                                verbose_name="symbol",
                            ),
                        ),
                        (
                            "issuing_body",
                            models.CharField(max_length=250, verbose_name="issuing body"),
                        ),
                        (
                            "issuing_acronym",
                            models.CharField(
                                blank=True, max_length=30, verbose_name="acronym of the body"
                            ),
                        ),
                        (
                            "issuing_organization",
                            models.ForeignKey(
                                blank=True,
                                help_text="If it is in the list of organizations.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="issued_instruments",
                                to="taskforce.organization",
                                verbose_name="issuing organization",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("resolution", "Resolution"),
                                    ("recommendation", "Recommendation"),
                                    ("declaration", "Declaration"),
                                    ("conclusions", "Conclusions"),
                                    ("law", "Law"),
                                    ("bill", "Bill"),
                                    ("strategy", "Strategy"),
                                    ("action_plan", "Action plan"),
                                ],
                                db_index=True,
                                max_length=16,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("global", "Global"),
                                    ("regional", "Regional"),
                                    ("national", "National"),
                                    ("subnational", "Subnational"),
                                    ("network", "Within a network"),
                                ],
                                db_index=True,
                                max_length=12,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "jurisdiction",
                            django_countries.fields.CountryField(
                                blank=True, max_length=746, multiple=True, verbose_name="countries"
                            ),
                        ),
                        (
                            "jurisdiction_region",
                            models.CharField(
                                blank=True,
                                help_text="A union or a province.",
                                max_length=80,
                                verbose_name="region",
                            ),
                        ),
                        (
                            "is_binding",
                            models.BooleanField(blank=True, null=True, verbose_name="binding"),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("in_process", "In process"),
                                    ("adopted", "Adopted"),
                                    ("in_force", "In force"),
                                    ("superseded", "Superseded"),
                                ],
                                db_index=True,
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "session",
                            models.CharField(blank=True, max_length=160, verbose_name="session"),
                        ),
                        (
                            "adopted_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="adopted on"
                            ),
                        ),
                        (
                            "issued_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="published on"
                            ),
                        ),
                        (
                            "in_force_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="in force on"
                            ),
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
                            "official_url",
                            models.URLField(
                                blank=True, max_length=500, verbose_name="official link"
                            ),
                        ),
                        (
                            "official_url_status",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("seen", "Found in a source"),
                                    ("pattern", "Built from a known address scheme"),
                                    ("derived", "Derived from the confirmed numbering"),
                                    ("recalled", "Not yet checked"),
                                ],
                                max_length=10,
                                verbose_name="the link is",
                            ),
                        ),
                        (
                            "other_urls",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=500),
                                blank=True,
                                default=list,
                                help_text="Separated by commas.",
                                verbose_name="other links",
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
                                verbose_name="licence of the text",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                blank=True, help_text="In our own words.", verbose_name="summary"
                            ),
                        ),
                        (
                            "parties_note",
                            models.TextField(blank=True, verbose_name="note on the parties"),
                        ),
                        (
                            "is_structure_complete",
                            models.BooleanField(
                                default=False, verbose_name="all provisions are listed"
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
                            "adopted_on_first",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.FirstDay("adopted_on"),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "sort_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    untfsse.kit.records.dates.FirstDay("adopted_on"),
                                    untfsse.kit.records.dates.LastDay("adopted_on"),
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
                        "verbose_name": "policy instrument",
                        "verbose_name_plural": "policy instruments",
                        "ordering": ["-sort_on", "-id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["-sort_on", "-id"], name="instrument_by_day"),
                            models.Index(
                                condition=models.Q(("status", "published")),
                                fields=["jurisdiction", "published_at"],
                                name="instrument_published",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="instrument_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"],
                                name="instrument_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["sdgs"], name="instrument_by_goal"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="policyinstrument_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="policyinstrument_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="policyinstrument_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="policyinstrument_high_confidence_has_an_address",
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
                                name="policyinstrument_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "sdgs__contained_by",
                                        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
                                    )
                                ),
                                name="policyinstrument_sdgs_are_goals",
                                violation_error_message="The goals are numbers from 1 to 17.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("symbol", ""), _negated=True),
                                fields=("symbol",),
                                name="policyinstrument_symbol_names_one_text",
                                violation_error_message="Another instrument has this symbol.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda_items",
                                to="taskforce.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="taskforce.agendaitem",
                                verbose_name="under",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=250, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("adoption", "Adoption of the agenda"),
                                    ("approval_of_minutes", "Approval of minutes"),
                                    ("update", "Update"),
                                    ("decision", "For decision"),
                                    ("discussion", "Discussion"),
                                    ("other_business", "Other business"),
                                ],
                                default="discussion",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("minutes_text", models.TextField(blank=True, verbose_name="minutes")),
                        (
                            "carried_over_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="carried_over_to",
                                to="taskforce.agendaitem",
                                verbose_name="carried over from",
                            ),
                        ),
                        (
                            "approves_minutes_of",
                            models.ForeignKey(
                                blank=True,
                                help_text="The earlier meeting whose minutes are approved under this item.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approval_items",
                                to="taskforce.meeting",
                                verbose_name="approves the minutes of",
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
                                    ["title"], (), (), (), (), ""
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "presenters",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="presented by",
                            ),
                        ),
                        (
                            "instruments",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The instruments this item is about.",
                                related_name="agenda_items",
                                to="taskforce.policyinstrument",
                                verbose_name="instruments",
                            ),
                        ),
                        (
                            "meetings",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The meetings this item is about: a side event, a conference.",
                                related_name="spoken_of_in",
                                to="taskforce.meeting",
                                verbose_name="other meetings",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "agenda item",
                        "verbose_name_plural": "agenda items",
                        "ordering": [
                            "meeting",
                            django.db.models.functions.comparison.Coalesce(
                                "parent__number", "number"
                            ),
                            models.OrderBy(models.F("parent__number"), nulls_first=True),
                            "number",
                        ],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="agendaitem_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"],
                                name="agendaitem_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="agendaitem_is_not_under_itself",
                                violation_error_message="An item is not under itself.",
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "approves_minutes_of"),
                                name="agendaitem_approves_minutes_once",
                                violation_error_message="Another item already approves these minutes.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approves_minutes_of", models.F("meeting")), _negated=True
                                ),
                                name="agendaitem_approves_earlier_minutes",
                                violation_error_message="A meeting does not approve its own minutes.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="taskforce.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "agenda_item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="taskforce.agendaitem",
                                verbose_name="agenda item",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                error_messages={"unique": "Another decision has this number."},
                                help_text="UNTFSSE/2022/SM/D3: year, meeting, decision.",
                                max_length=40,
                                unique=True,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decides", "Decides"),
                                    ("requests", "Requests"),
                                    ("agrees", "Agrees"),
                                    ("welcomes", "Welcomes"),
                                    ("notes", "Notes"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="text")),
                        (
                            "follow_up",
                            models.CharField(
                                choices=[
                                    ("no_information", "No word yet"),
                                    ("open", "Open"),
                                    ("partly", "Partly implemented"),
                                    ("implemented", "Implemented"),
                                    ("elapsed", "Elapsed"),
                                    ("superseded", "Superseded"),
                                ],
                                db_index=True,
                                default="no_information",
                                help_text="“No word yet” is what readers see until somebody tells more.",
                                max_length=16,
                                verbose_name="follow-up",
                            ),
                        ),
                        (
                            "follow_up_on",
                            models.DateField(
                                blank=True,
                                help_text="The day of that information.",
                                null=True,
                                verbose_name="follow-up known on",
                            ),
                        ),
                        (
                            "due_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="due on"
                            ),
                        ),
                        (
                            "is_due_before_next_meeting",
                            models.BooleanField(
                                default=False,
                                help_text="The due day then follows the day of that meeting.",
                                verbose_name="due before the next meeting",
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supersedes",
                                to="taskforce.decision",
                                verbose_name="superseded by",
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
                            "text_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.search.PlainText("text"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "search",
                            models.GeneratedField(
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
                        (
                            "addressees",
                            models.ManyToManyField(
                                blank=True,
                                related_name="addressed_decisions",
                                to="taskforce.organization",
                                verbose_name="addressed to",
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
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "ordering": ["-meeting__sort_on", "number"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="decision_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["text_key"],
                                name="decision_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                            models.Index(fields=["due_on_last"], name="decision_by_due_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="decision_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decision_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="decision_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="decision_high_confidence_has_an_address",
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
                                name="decision_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("superseded_by__isnull", True),
                                    ("follow_up", "superseded"),
                                    _connector="OR",
                                ),
                                name="decision_superseded_says_so",
                                violation_error_message="A decision with a successor is superseded.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("superseded_by", models.F("id")), _negated=True
                                ),
                                name="decision_does_not_supersede_itself",
                                violation_error_message="A decision does not supersede itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="taskforce.organization",
                                verbose_name="organization",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[("member", "Member"), ("observer", "Observer")],
                                max_length=10,
                                verbose_name="category",
                            ),
                        ),
                        (
                            "admitted_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="The decision that gave this seat, if it is known.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admitted_seats",
                                to="taskforce.decision",
                                verbose_name="admitted by",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="The decision that ended this seat, if it is known.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ended_seats",
                                to="taskforce.decision",
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                blank=True,
                                help_text="How the beginning is known.",
                                max_length=300,
                                verbose_name="basis",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "ordering": ["organization", "from_on", "id"],
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
                                name="seat_ends_after_it_starts",
                                violation_error_message="It ends before it starts, or was documented outside its dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="seat_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="seat_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("organization", "="), ("held_days", "&&")],
                                name="seat_is_held_one_at_a_time",
                                violation_error_message="This organization already holds a seat in that time. End the other one first.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until_on__isnull", True)),
                                fields=("organization",),
                                name="seat_without_end_is_the_only_one",
                                violation_error_message="This organization already holds a seat without an end. End that one first.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Provision",
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
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="provisions",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="taskforce.provision",
                                verbose_name="within",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("preambular", "Preambular paragraph"),
                                    ("operative", "Operative paragraph"),
                                    ("operative_theme", "Operative theme"),
                                    ("part", "Part"),
                                    ("title", "Title"),
                                    ("chapter", "Chapter"),
                                    ("article", "Article"),
                                    ("paragraph", "Paragraph"),
                                    ("point", "Point"),
                                    ("building_block", "Building block"),
                                    ("principle", "Principle"),
                                    ("guiding_principle", "Guiding principle"),
                                    ("output", "Output"),
                                    ("theme", "Theme"),
                                    ("topic", "Topic"),
                                    ("advocacy_area", "Advocacy area"),
                                    ("priority", "Priority"),
                                    ("pillar", "Pillar"),
                                    ("area", "Area"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                blank=True,
                                help_text="As printed: IV, 4, 1.2, 5 bis.",
                                max_length=20,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "label",
                            models.CharField(
                                help_text="In our own words.", max_length=300, verbose_name="label"
                            ),
                        ),
                        (
                            "label_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.search.PlainText("label"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.search.SearchDocument(
                                    ["label"], ["kind", "number"], (), (), (), ""
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
                    ],
                    options={
                        "verbose_name": "provision",
                        "verbose_name_plural": "provisions",
                        "ordering": ["instrument", "position"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="provision_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["label_key"],
                                name="provision_like",
                                opclasses=["gin_trgm_ops"],
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("instrument", "kind", "number"),
                                name="provision_is_keyed_by_kind_and_number",
                                violation_error_message="Another provision has this kind and number.",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("instrument", "position"),
                                name="provision_has_its_own_position",
                                violation_error_message="Another provision has this position.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentEvent",
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
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="taskforce.policyinstrument",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("tabled", "Tabled"),
                                    ("discussed", "Discussed"),
                                    ("agreed", "Agreed"),
                                    ("adopted", "Adopted"),
                                    ("promulgated", "Promulgated"),
                                    ("published", "Published"),
                                    ("in_force", "In force"),
                                    ("period", "Start or end of its period"),
                                    ("implemented", "Implementing act"),
                                    ("amended", "Amended"),
                                    ("superseded", "Superseded"),
                                    ("vetoed", "Vetoed"),
                                    ("reported_on", "Reported on"),
                                    ("deadline", "Deadline"),
                                    ("event", "Event"),
                                ],
                                max_length=14,
                                verbose_name="step",
                            ),
                        ),
                        (
                            "wording",
                            models.CharField(
                                help_text="What the source calls the step.",
                                max_length=60,
                                verbose_name="wording",
                            ),
                        ),
                        (
                            "happened_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="date"
                            ),
                        ),
                        (
                            "detail",
                            models.CharField(blank=True, max_length=400, verbose_name="detail"),
                        ),
                        (
                            "happened_on_first",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.FirstDay("happened_on"),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "sort_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    untfsse.kit.records.dates.FirstDay("happened_on"),
                                    untfsse.kit.records.dates.LastDay("happened_on"),
                                    models.Value(datetime.date(1, 1, 1)),
                                    output_field=models.DateField(),
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "verbose_name_plural": "steps",
                        "ordering": ["instrument", "sort_on", "id"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["-sort_on", "-id"], name="instrumentevent_by_day")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="instrumentevent_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="instrumentevent_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.UniqueConstraint(
                                fields=("instrument", "wording", "happened_on", "detail"),
                                name="instrumentevent_is_listed_once",
                                nulls_distinct=False,
                                violation_error_message="This step is already listed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentParty",
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
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="taskforce.policyinstrument",
                            ),
                        ),
                        (
                            "country",
                            django_countries.fields.CountryField(
                                blank=True, max_length=2, verbose_name="country"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                                    ("chair", "Chair"),
                                    ("co_chair", "Co-chair"),
                                    ("coordinator", "Coordinator"),
                                    ("main_sponsor", "Main sponsor"),
                                    ("sponsor", "Sponsor"),
                                    ("co_sponsor", "Co-sponsor"),
                                    ("adherent", "Adherent"),
                                    ("signatory", "Signatory"),
                                    ("addressee", "Addressee"),
                                ],
                                max_length=14,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "under",
                            models.ForeignKey(
                                blank=True,
                                help_text="The alliance in whose name it acted, if a source says so.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="under",
                            ),
                        ),
                        (
                            "detail",
                            models.CharField(blank=True, max_length=200, verbose_name="detail"),
                        ),
                    ],
                    options={
                        "verbose_name": "party",
                        "verbose_name_plural": "parties",
                        "ordering": ["instrument", "role", "country", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="instrumentparty_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="instrumentparty_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("country", ""), _negated=True),
                                        ("organization__isnull", True),
                                    ),
                                    models.Q(("country", ""), ("organization__isnull", False)),
                                    _connector="OR",
                                ),
                                name="instrumentparty_is_a_country_or_an_organization",
                                violation_error_message="Choose a country or an organization, exactly one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("under__isnull", True),
                                    ("organization__isnull", True),
                                    models.Q(("under", models.F("organization")), _negated=True),
                                    _connector="OR",
                                ),
                                name="instrumentparty_acts_under_another",
                                violation_error_message="A party does not act under itself.",
                            ),
                            models.UniqueConstraint(
                                fields=("instrument", "country", "organization", "role"),
                                name="instrumentparty_is_listed_once",
                                nulls_distinct=False,
                                violation_error_message="This party is already listed in this role.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentRelation",
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
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="relations",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cites", "Cites"),
                                    ("implements", "Implements"),
                                    ("supersedes", "Supersedes"),
                                    ("amends", "Amends"),
                                    ("complements", "Complements"),
                                    ("follows_up", "Follows up"),
                                    ("responds_to", "Responds to"),
                                    ("supports", "Supports"),
                                ],
                                max_length=14,
                                verbose_name="relation",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inverse_relations",
                                to="taskforce.policyinstrument",
                                verbose_name="other instrument",
                            ),
                        ),
                        (
                            "target_label",
                            models.CharField(
                                blank=True,
                                help_text="If it is not in the list.",
                                max_length=200,
                                verbose_name="other text",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "relation",
                        "verbose_name_plural": "relations",
                        "ordering": ["source", "kind", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="instrumentrelation_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="instrumentrelation_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("target__isnull", False), ("target_label", "")),
                                    models.Q(
                                        ("target__isnull", True),
                                        models.Q(("target_label", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="instrumentrelation_has_one_target",
                                violation_error_message="Choose an instrument or write its name, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", models.F("target")), _negated=True),
                                name="instrumentrelation_is_with_another_text",
                                violation_error_message="An instrument has no relation with itself.",
                            ),
                            models.UniqueConstraint(
                                fields=("source", "kind", "target", "target_label"),
                                name="instrumentrelation_is_listed_once",
                                nulls_distinct=False,
                                violation_error_message="This relation is already listed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                        ("title", models.CharField(max_length=250, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("agenda", "Agenda"),
                                    ("minutes", "Minutes"),
                                    ("report", "Report"),
                                    ("slides", "Slides"),
                                    ("text", "Text of an instrument"),
                                    ("statement", "Statement"),
                                    ("paper", "Paper"),
                                    ("recording", "Recording"),
                                    ("other", "Other"),
                                ],
                                db_index=True,
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "symbol",
                            models.CharField(blank=True, max_length=60, verbose_name="symbol"),
                        ),
                        (
                            "issued_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="issued on"
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="taskforce.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Public"),
                                    ("members", "Members and observers"),
                                    ("secretariat", "Secretariat"),
                                ],
                                default="public",
                                help_text="Who sees it once it is published.",
                                max_length=12,
                                verbose_name="audience",
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
                                default="",
                                max_length=24,
                                verbose_name="licence",
                            ),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="summary")),
                        (
                            "issued_on_first",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.FirstDay("issued_on"),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "sort_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    untfsse.kit.records.dates.FirstDay("issued_on"),
                                    untfsse.kit.records.dates.LastDay("issued_on"),
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
                                    ["title", "symbol"],
                                    [],
                                    ["summary"],
                                    ["note"],
                                    ["issued_on"],
                                    "",
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
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "ordering": ["-sort_on", "-id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["-sort_on", "-id"], name="document_by_day"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="document_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"],
                                name="document_like",
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
                                name="document_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="document_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="document_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="document_high_confidence_has_an_address",
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
                                name="document_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("instrument__isnull", True), ("meeting__isnull", False)
                                    ),
                                    models.Q(
                                        ("instrument__isnull", False), ("meeting__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="document_has_exactly_one_owner",
                                violation_error_message="A document belongs to a meeting or to an instrument, to exactly one.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DecisionEvidence",
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
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="taskforce.decision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence of implementation",
                        "verbose_name_plural": "evidence of implementation",
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
                                name="decisionevidence_is_exactly_one_thing",
                                violation_error_message="Name exactly one: a document, an event, an instrument, a publication, or a link with a title.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rendition",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="renditions",
                                to="taskforce.document",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
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
                                verbose_name="language",
                            ),
                        ),
                        ("url", models.URLField(blank=True, max_length=500, verbose_name="link")),
                        (
                            "file",
                            models.FileField(
                                blank=True,
                                max_length=200,
                                upload_to="documents/",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "file_name",
                            models.CharField(
                                blank=True, editable=False, max_length=160, verbose_name="file name"
                            ),
                        ),
                        (
                            "bytes",
                            models.PositiveBigIntegerField(
                                blank=True, editable=False, null=True, verbose_name="bytes"
                            ),
                        ),
                        (
                            "sha256",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=64,
                                validators=[
                                    django.core.validators.RegexValidator("^[0-9a-f]{64}$")
                                ],
                                verbose_name="SHA-256",
                            ),
                        ),
                        (
                            "media_type",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=120,
                                verbose_name="media type",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rendition",
                        "verbose_name_plural": "renditions",
                        "ordering": ["language", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("url", ""), models.Q(("file", ""), _negated=True)),
                                    models.Q(models.Q(("url", ""), _negated=True), ("file", "")),
                                    _connector="OR",
                                ),
                                name="rendition_is_a_file_or_a_link",
                                violation_error_message="Give a file or a link, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("file", ""),
                                    models.Q(
                                        models.Q(("sha256", ""), _negated=True),
                                        ("bytes__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="rendition_file_has_size_and_hash",
                                violation_error_message="A file needs its size and its hash.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("file", ""), _negated=True),
                                fields=("document", "language", "sha256"),
                                name="rendition_file_is_kept_once_in_a_language",
                                violation_error_message="This file is kept with this document already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
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
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="minutes",
                                to="taskforce.meeting",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("circulated", "Circulated"),
                                    ("approved", "Approved"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("public", "Public"),
                                    ("members", "Members and observers"),
                                    ("secretariat", "Secretariat"),
                                ],
                                default="members",
                                help_text="Who sees it once it is published.",
                                max_length=12,
                                verbose_name="audience",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        (
                            "circulated_on",
                            models.DateField(blank=True, null=True, verbose_name="circulated on"),
                        ),
                        (
                            "circulated_text",
                            models.TextField(
                                blank=True, editable=False, verbose_name="circulated text"
                            ),
                        ),
                        (
                            "circulated_sha256",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=64,
                                verbose_name="hash of the circulated text",
                            ),
                        ),
                        (
                            "approved_at_meeting",
                            models.ForeignKey(
                                blank=True,
                                help_text="The later meeting that approved them.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approved_minutes",
                                to="taskforce.meeting",
                                verbose_name="approved at",
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(
                                blank=True, editable=False, null=True, verbose_name="approved on"
                            ),
                        ),
                        (
                            "approved_text",
                            models.TextField(
                                blank=True, editable=False, verbose_name="approved text"
                            ),
                        ),
                        (
                            "approved_sha256",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=64,
                                verbose_name="hash of the approved text",
                            ),
                        ),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.search.SearchDocument(
                                    [], [], ["approved_text", "circulated_text"], (), (), ""
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "minutes",
                        "verbose_name_plural": "minutes",
                        "ordering": ["-meeting__sort_on", "-id"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="minutes_search"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(
                                        ("approved_at_meeting__isnull", False),
                                        models.Q(("approved_sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_approved_at_a_meeting_with_a_hash",
                                violation_error_message="Approved minutes name the meeting that approved them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_at_meeting", models.F("meeting")), _negated=True
                                ),
                                name="minutes_are_approved_at_a_later_meeting",
                                violation_error_message="A later meeting approves minutes.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    ("circulated_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="minutes_circulated_on_a_day",
                                violation_error_message="Say on which day the minutes were circulated.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("circulated_sha256", ""), ("circulated_text", "")),
                                    (
                                        "circulated_sha256",
                                        taskforce.fingerprint.Fingerprint("circulated_text"),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_circulated_hash_is_of_its_text",
                                violation_error_message="The hash is not that of the text.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_sha256", ""), ("approved_text", "")),
                                    (
                                        "approved_sha256",
                                        taskforce.fingerprint.Fingerprint("approved_text"),
                                    ),
                                    _connector="OR",
                                ),
                                name="minutes_approved_hash_is_of_its_text",
                                violation_error_message="The hash is not that of the text.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Corrigendum",
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
                            "minutes",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrigenda",
                                to="taskforce.minutes",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("made_on", models.DateField(verbose_name="made on")),
                        ("text", models.TextField(verbose_name="text")),
                    ],
                    options={
                        "verbose_name": "corrigendum",
                        "verbose_name_plural": "corrigenda",
                        "ordering": ["minutes", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("minutes", "number"),
                                name="corrigendum_has_its_own_number",
                                violation_error_message="Another corrigendum has this number.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationName",
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
                            models.URLField(
                                blank=True, max_length=500, verbose_name="link to the source"
                            ),
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
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="taskforce.organization",
                                verbose_name="organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "name in a language",
                        "verbose_name_plural": "names in languages",
                        "ordering": ["organization", "language", "name"],
                        "abstract": False,
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="organizationname_search"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organization", "language", "name"),
                                name="organizationname_is_listed_once",
                                violation_error_message="This name is already listed in this language.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentTitle",
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
                            models.URLField(
                                blank=True, max_length=500, verbose_name="link to the source"
                            ),
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
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="titles",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "title in a language",
                        "verbose_name_plural": "titles in languages",
                        "ordering": ["instrument", "language"],
                        "abstract": False,
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="instrumenttitle_search"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("instrument", "language"),
                                name="instrumenttitle_is_one_in_a_language",
                                violation_error_message="The title in this language is already listed.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "orcid",
                            models.CharField(
                                blank=True,
                                max_length=19,
                                validators=[taskforce.models.people.validate_orcid],
                                verbose_name="ORCID iD",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="taskforce.organization",
                                verbose_name="organization",
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
                                    ["name"], (), (), (), (), ""
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ["name_key", "id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["name_key", "id"], name="person_by_name"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="person_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["name_key"], name="person_like", opclasses=["gin_trgm_ops"]
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="person_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="person_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="person_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="person_high_confidence_has_an_address",
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
                                name="person_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("orcid", ""), _negated=True),
                                fields=("orcid",),
                                name="person_orcid_names_one_person",
                                violation_error_message="Another person has this ORCID iD.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonContact",
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
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact",
                                to="taskforce.person",
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
                        ),
                        (
                            "telephone",
                            models.CharField(blank=True, max_length=40, verbose_name="telephone"),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                        "verbose_name_plural": "contacts",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", ""), ("telephone", ""), _negated=True),
                                name="personcontact_says_something",
                                violation_error_message="Write an e-mail address or a telephone number.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Office",
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
                        ("title", models.CharField(max_length=80, verbose_name="title")),
                        (
                            "slug",
                            models.SlugField(max_length=60, unique=True, verbose_name="address"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                help_text="The order in which offices are listed.",
                                unique=True,
                                verbose_name="position",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "office",
                        "verbose_name_plural": "offices",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Term",
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
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="taskforce.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="taskforce.person",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                help_text="For which the office is held.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="taskforce.organization",
                                verbose_name="organization",
                            ),
                        ),
                        (
                            "position_held",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="post at the organization"
                            ),
                        ),
                        (
                            "welcomed_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="The decision that named or welcomed the holder, if it is known.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="welcomed_terms",
                                to="taskforce.decision",
                                verbose_name="welcomed by",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "term of office",
                        "verbose_name_plural": "terms of office",
                        "ordering": ["office", "from_on", "id"],
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
                                name="term_ends_after_it_starts",
                                violation_error_message="It ends before it starts, or was documented outside its dates.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="term_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="term_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.UniqueConstraint(
                                fields=("office", "organization", "from_on"),
                                name="term_is_listed_once",
                                nulls_distinct=False,
                                violation_error_message="This term is already listed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProvisionText",
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
                            "provision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="taskforce.provision",
                                verbose_name="provision",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
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
                                verbose_name="language",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="text")),
                        (
                            "source",
                            models.URLField(
                                blank=True,
                                help_text="Where these words were taken from.",
                                max_length=500,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "sha256",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func("text", function="public.sha256_of"),
                                output_field=models.CharField(max_length=64),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "words of a provision",
                        "verbose_name_plural": "words of provisions",
                        "ordering": ["provision", "language"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="provisiontext_says_something",
                                violation_error_message="Write the words.",
                            ),
                            models.UniqueConstraint(
                                fields=("provision", "language"),
                                name="provisiontext_is_kept_once_in_a_language",
                                violation_error_message="Its words are already there in this language.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProvisionRelation",
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
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="provision_relations",
                                to="taskforce.policyinstrument",
                                verbose_name="later text",
                            ),
                        ),
                        (
                            "earlier_instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="later_provision_relations",
                                to="taskforce.policyinstrument",
                                verbose_name="earlier text",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("carried_over", "Carried over"),
                                    ("strengthened", "Strengthened"),
                                    ("weakened", "Weakened"),
                                    ("new", "New"),
                                    ("dropped", "Dropped"),
                                ],
                                max_length=14,
                                verbose_name="what became of it",
                            ),
                        ),
                        (
                            "provision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="earlier_relations",
                                to="taskforce.provision",
                                verbose_name="provision of the later text",
                            ),
                        ),
                        (
                            "earlier_provision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="later_relations",
                                to="taskforce.provision",
                                verbose_name="provision of the earlier text",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comparison of provisions",
                        "verbose_name_plural": "comparisons of provisions",
                        "ordering": ["instrument", "earlier_instrument", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="provisionrelation_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="provisionrelation_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("earlier_provision__isnull", True),
                                        ("kind", "new"),
                                        ("provision__isnull", False),
                                    ),
                                    models.Q(
                                        ("earlier_provision__isnull", False),
                                        ("kind", "dropped"),
                                        ("provision__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("kind__in", ["new", "dropped"]), _negated=True),
                                        ("earlier_provision__isnull", False),
                                        ("provision__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="provisionrelation_names_what_it_is_about",
                                violation_error_message="What is new has no earlier provision, what is dropped no later one; all else has both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("instrument", models.F("earlier_instrument")), _negated=True
                                ),
                                name="provisionrelation_is_with_another_text",
                                violation_error_message="Choose another text as the earlier one.",
                            ),
                            models.UniqueConstraint(
                                fields=(
                                    "instrument",
                                    "earlier_instrument",
                                    "provision",
                                    "earlier_provision",
                                ),
                                name="provisionrelation_is_said_once",
                                nulls_distinct=False,
                                violation_error_message="This is already said of these provisions.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportedCount",
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
                            "reported_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="for the day"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[("member", "Member"), ("observer", "Observer")],
                                max_length=10,
                                verbose_name="category",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        (
                            "wording",
                            models.CharField(
                                blank=True,
                                help_text="What the source counts, in our words.",
                                max_length=300,
                                verbose_name="wording",
                            ),
                        ),
                        (
                            "reported_on_first",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.FirstDay("reported_on"),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "sort_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    untfsse.kit.records.dates.FirstDay("reported_on"),
                                    untfsse.kit.records.dates.LastDay("reported_on"),
                                    models.Value(datetime.date(1, 1, 1)),
                                    output_field=models.DateField(),
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reported count",
                        "verbose_name_plural": "reported counts",
                        "ordering": ["sort_on", "category", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="reportedcount_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="reportedcount_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reported_on__isnull", False)),
                                name="reportedcount_has_a_day",
                                violation_error_message="Say for which day it is counted.",
                            ),
                            models.UniqueConstraint(
                                fields=("reported_on", "category", "wording"),
                                name="reportedcount_is_listed_once",
                                violation_error_message="This count is already listed.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuggestedGoal",
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
                        ("value", models.CharField(max_length=120, verbose_name="value")),
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
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggested_goals",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suggested goal",
                        "verbose_name_plural": "suggested goals",
                        "ordering": ["instrument", "value"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("instrument", "value"),
                                name="suggestedgoal_is_made_once",
                                violation_error_message="This suggestion is already there.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "value__in",
                                        [
                                            "1",
                                            "2",
                                            "3",
                                            "4",
                                            "5",
                                            "6",
                                            "7",
                                            "8",
                                            "9",
                                            "10",
                                            "11",
                                            "12",
                                            "13",
                                            "14",
                                            "15",
                                            "16",
                                            "17",
                                        ],
                                    )
                                ),
                                name="suggestedgoal_is_a_goal",
                                violation_error_message="The goals are numbers from 1 to 17.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SuggestedTopic",
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
                        ("value", models.CharField(max_length=120, verbose_name="value")),
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
                            "provision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="suggested_topics",
                                to="taskforce.provision",
                                verbose_name="provision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "suggested topic",
                        "verbose_name_plural": "suggested topics",
                        "ordering": ["provision", "value"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("provision", "value"),
                                name="suggestedtopic_is_made_once",
                                violation_error_message="This suggestion is already there.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Update",
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
                        ("title", models.CharField(max_length=250, verbose_name="title")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("meeting", "Meeting"),
                                    ("event", "Event"),
                                    ("membership", "Membership"),
                                    ("governance", "Governance"),
                                    ("publication", "Publication"),
                                    ("policy_milestone", "Policy milestone"),
                                    ("un_resolution", "UN resolution"),
                                    ("un_report", "UN report"),
                                    ("milestone", "Milestone"),
                                    ("recognition", "Award or recognition"),
                                    ("call", "Call with a deadline"),
                                    ("vacancy", "Vacancy"),
                                ],
                                db_index=True,
                                max_length=18,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "happened_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="date"
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        (
                            "deadline_on",
                            models.DateField(blank=True, null=True, verbose_name="deadline"),
                        ),
                        (
                            "happened_on_first",
                            models.GeneratedField(
                                db_persist=True,
                                expression=untfsse.kit.records.dates.FirstDay("happened_on"),
                                output_field=models.DateField(null=True),
                            ),
                        ),
                        (
                            "sort_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    untfsse.kit.records.dates.FirstDay("happened_on"),
                                    untfsse.kit.records.dates.LastDay("happened_on"),
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
                                    ["title"], [], ["text"], ["note"], ["happened_on"], ""
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        (
                            "meetings",
                            models.ManyToManyField(
                                blank=True,
                                related_name="updates",
                                to="taskforce.meeting",
                                verbose_name="meetings",
                            ),
                        ),
                        (
                            "organizations",
                            models.ManyToManyField(
                                blank=True,
                                related_name="updates",
                                to="taskforce.organization",
                                verbose_name="organizations",
                            ),
                        ),
                        (
                            "instruments",
                            models.ManyToManyField(
                                blank=True,
                                related_name="updates",
                                to="taskforce.policyinstrument",
                                verbose_name="instruments",
                            ),
                        ),
                        (
                            "documents",
                            models.ManyToManyField(
                                blank=True,
                                related_name="updates",
                                to="taskforce.document",
                                verbose_name="documents",
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
                        "verbose_name": "update",
                        "verbose_name_plural": "updates",
                        "ordering": ["-sort_on", "-id"],
                        "abstract": False,
                        "default_permissions": ("add", "change", "delete", "view", "publish"),
                        "indexes": [
                            models.Index(fields=["-sort_on", "-id"], name="update_by_day"),
                            models.Index(
                                condition=models.Q(("status", "published")),
                                fields=["published_at"],
                                name="update_published",
                            ),
                            models.Index(
                                condition=models.Q(("deadline_on__isnull", False)),
                                fields=["deadline_on", "id"],
                                name="update_by_deadline",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["search"], name="update_search"
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["title_key"], name="update_like", opclasses=["gin_trgm_ops"]
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="update_published_has_a_moment",
                                violation_error_message="A published record needs the moment of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(("withdrawal_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="update_withdrawn_has_a_reason",
                                violation_error_message="Say why the record is withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="update_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="update_high_confidence_has_an_address",
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
                                name="update_low_confidence_is_verified_before_published",
                                violation_error_message="A record of low confidence cannot be published before it is verified.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
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
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="votes",
                                to="taskforce.policyinstrument",
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                blank=True,
                                choices=[("committee", "In committee"), ("plenary", "In plenary")],
                                max_length=10,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "body",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="voting body"
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("consensus", "By consensus"),
                                    ("unanimous", "Unanimously"),
                                    ("recorded_vote", "By a recorded vote"),
                                    ("without_a_vote", "Without a vote"),
                                ],
                                max_length=16,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "taken_on",
                            untfsse.kit.records.dates.PartialDateField(
                                blank=True, null=True, verbose_name="taken on"
                            ),
                        ),
                        (
                            "in_favour",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty says that it is not known; 0 says that nobody voted so.",
                                null=True,
                                verbose_name="in favour",
                            ),
                        ),
                        (
                            "against",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="against"
                            ),
                        ),
                        (
                            "abstentions",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="abstentions"
                            ),
                        ),
                        (
                            "countries_in_favour",
                            django_countries.fields.CountryField(
                                blank=True,
                                max_length=746,
                                multiple=True,
                                verbose_name="voted in favour",
                            ),
                        ),
                        (
                            "countries_against",
                            django_countries.fields.CountryField(
                                blank=True,
                                max_length=746,
                                multiple=True,
                                verbose_name="voted against",
                            ),
                        ),
                        (
                            "countries_abstaining",
                            django_countries.fields.CountryField(
                                blank=True, max_length=746, multiple=True, verbose_name="abstained"
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="note on the vote"
                            ),
                        ),
                        (
                            "sort_on",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    untfsse.kit.records.dates.FirstDay("taken_on"),
                                    untfsse.kit.records.dates.LastDay("taken_on"),
                                    models.Value(datetime.date(1, 1, 1)),
                                    output_field=models.DateField(),
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote",
                        "verbose_name_plural": "votes",
                        "ordering": ["instrument", "sort_on", "id"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sources__jsonb_is_array", True)),
                                name="vote_sources_are_a_list",
                                violation_error_message="Sources are a list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confidence", "high"), _negated=True),
                                    ("sources__jsonb_has_address", True),
                                    _connector="OR",
                                ),
                                name="vote_high_confidence_has_an_address",
                                violation_error_message="High confidence needs a source with a web address: add one, or choose medium.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("mode", "without_a_vote"), _negated=True),
                                    models.Q(
                                        ("abstentions__isnull", True),
                                        ("against__isnull", True),
                                        ("in_favour__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="vote_counts_only_what_was_cast",
                                violation_error_message="Without a vote there is nothing to count.",
                            ),
                            models.UniqueConstraint(
                                fields=("instrument", "body", "taken_on"),
                                name="vote_is_listed_once",
                                nulls_distinct=False,
                                violation_error_message="The vote of this body on this day is already listed.",
                            ),
                        ],
                    },
                ),
            ]
        ),
        # Made with its table, Django forgets that a rule waits when it also compares nulls.
        migrations.AddConstraint(
            "agendaitem",
            models.UniqueConstraint(
                fields=["meeting", "parent", "number"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                name="agendaitem_has_its_own_number",
                violation_error_message="Another item of this agenda has this number.",
            ),
        ),
    ]

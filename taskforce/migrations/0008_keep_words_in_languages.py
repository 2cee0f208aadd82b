"""Words of provisions by language, what became of them, and votes: rows of their own."""

import datetime

import django.contrib.postgres.functions
import django.db.models.deletion
import django.db.models.functions.comparison
import django_countries.fields
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import untfsse.kit.records.dates
import untfsse.kit.records.evidence

SHA256 = """
CREATE FUNCTION sha256_of(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(words, 'UTF8')), 'hex')
$$;
"""

# Words and votes move to rows of their own. The rule of licences follows the words: whoever writes
# some holds the instrument until the end, so that nobody changes its licence meanwhile.
MOVE = """
INSERT INTO taskforce_provisiontext (provision_id, language, text, source)
SELECT provision.id, coalesce(nullif(instrument.title_language, ''), 'en'), provision.text, ''
FROM taskforce_provision AS provision
JOIN taskforce_policyinstrument AS instrument ON instrument.id = provision.instrument_id
WHERE provision.text <> '';

INSERT INTO taskforce_vote (
  instrument_id, stage, body, mode, taken_on, in_favour, against, abstentions,
  countries_in_favour, countries_against, countries_abstaining, note,
  sources, confidence, verified_on, verified_by_id, internal_note)
SELECT id, '', vote_body, vote_mode, voted_on, votes_in_favour, votes_against, abstentions,
  '', '', '', vote_note, sources, confidence, verified_on, verified_by_id, ''
FROM taskforce_policyinstrument
WHERE vote_mode <> '' OR voted_on IS NOT NULL OR vote_body <> '' OR vote_note <> ''
  OR votes_in_favour IS NOT NULL OR votes_against IS NOT NULL OR abstentions IS NOT NULL;

SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
MOVE_BACK = """
UPDATE taskforce_policyinstrument AS instrument
SET vote_mode = vote.mode, voted_on = vote.taken_on, vote_body = vote.body,
  votes_in_favour = vote.in_favour, votes_against = vote.against,
  abstentions = vote.abstentions, vote_note = vote.note
FROM (
  SELECT DISTINCT ON (instrument_id) * FROM taskforce_vote ORDER BY instrument_id, id
) AS vote WHERE vote.instrument_id = instrument.id;

UPDATE taskforce_provision AS provision SET text = words.text
FROM taskforce_provisiontext AS words, taskforce_policyinstrument AS instrument
WHERE words.provision_id = provision.id AND instrument.id = provision.instrument_id
  AND words.language = coalesce(nullif(instrument.title_language, ''), 'en');

SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
BEFORE = """
DROP TRIGGER keep_texts_to_their_licence ON taskforce_provision;
"""
LICENCES = """
CREATE OR REPLACE FUNCTION keep_texts_to_their_licence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  showable text[] := ARRAY['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC-BY-NC-SA-3.0-IGO', 'public-domain'];
  is_broken boolean;
BEGIN
  IF TG_TABLE_NAME = 'taskforce_provisiontext' THEN
    -- Held until the end, so that nobody changes the licence or moves the provision meanwhile.
    PERFORM 1 FROM public.taskforce_provision AS provision
      JOIN public.taskforce_policyinstrument AS instrument ON instrument.id = provision.instrument_id
      WHERE provision.id = NEW.provision_id AND instrument.licence = ANY (showable) FOR SHARE;
    is_broken := NOT FOUND;
  ELSIF TG_TABLE_NAME = 'taskforce_provision' THEN
    PERFORM 1 FROM public.taskforce_policyinstrument AS instrument
      WHERE instrument.id = NEW.instrument_id AND instrument.licence = ANY (showable) FOR SHARE;
    is_broken := NOT FOUND AND EXISTS (
      SELECT 1 FROM public.taskforce_provisiontext AS words WHERE words.provision_id = NEW.id);
  ELSE
    is_broken := NEW.licence <> ALL (showable) AND EXISTS (
      SELECT 1 FROM public.taskforce_provision AS provision
      JOIN public.taskforce_provisiontext AS words ON words.provision_id = provision.id
      WHERE provision.instrument_id = NEW.id);
  END IF;
  IF is_broken THEN
    RAISE check_violation USING
      MESSAGE = 'the licence does not let the text be shown',
      TABLE = TG_TABLE_NAME, CONSTRAINT = 'provision_text_is_under_a_licence_to_show';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER keep_texts_to_their_licence
  BEFORE INSERT OR UPDATE OF text, provision_id ON taskforce_provisiontext
  FOR EACH ROW EXECUTE FUNCTION public.keep_texts_to_their_licence();
CREATE TRIGGER keep_texts_to_their_licence
  BEFORE UPDATE OF instrument_id ON taskforce_provision
  FOR EACH ROW WHEN (NEW.instrument_id <> OLD.instrument_id)
  EXECUTE FUNCTION public.keep_texts_to_their_licence();
"""
LICENCES_BACK = """
DROP TRIGGER keep_texts_to_their_licence ON taskforce_provision;
DROP TRIGGER keep_texts_to_their_licence ON taskforce_provisiontext;

CREATE OR REPLACE FUNCTION keep_texts_to_their_licence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  showable text[] := ARRAY['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC-BY-NC-SA-3.0-IGO', 'public-domain'];
  is_broken boolean;
BEGIN
  IF TG_TABLE_NAME = 'taskforce_provision' THEN
    PERFORM 1 FROM public.taskforce_policyinstrument AS instrument
      WHERE instrument.id = NEW.instrument_id AND instrument.licence = ANY (showable) FOR SHARE;
    is_broken := NOT FOUND;
  ELSE
    is_broken := NEW.licence <> ALL (showable) AND EXISTS (
      SELECT 1 FROM public.taskforce_provision AS provision
      WHERE provision.instrument_id = NEW.id AND provision.text <> '');
  END IF;
  IF is_broken THEN
    RAISE check_violation USING
      MESSAGE = 'the licence does not let the text be shown',
      TABLE = TG_TABLE_NAME, CONSTRAINT = 'provision_text_is_under_a_licence_to_show';
  END IF;
  RETURN NEW;
END $$;
"""
BACK_BEFORE = """
CREATE TRIGGER keep_texts_to_their_licence
  BEFORE INSERT OR UPDATE OF text, instrument_id ON taskforce_provision
  FOR EACH ROW WHEN (NEW.text <> '') EXECUTE FUNCTION public.keep_texts_to_their_licence();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("taskforce", "0007_count_members_as_reported"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(SHA256, "DROP FUNCTION sha256_of;"),
        migrations.AddField(
            model_name="provision",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="taggit.TaggedItem",
                to="taggit.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.AlterField(
            model_name="provision",
            name="kind",
            field=models.CharField(
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
        migrations.CreateModel(
            name="ProvisionRelation",
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
                    "internal_note",
                    models.TextField(
                        blank=True,
                        help_text="For the staff: what is open or recalled. Readers never see it.",
                        verbose_name="internal note",
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
                    "earlier_instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="later_provision_relations",
                        to="taskforce.policyinstrument",
                        verbose_name="earlier text",
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
            name="ProvisionText",
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
                (
                    "provision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="taskforce.provision",
                        verbose_name="provision",
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
            name="Vote",
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
                    "internal_note",
                    models.TextField(
                        blank=True,
                        help_text="For the staff: what is open or recalled. Readers never see it.",
                        verbose_name="internal note",
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
                ("body", models.CharField(blank=True, max_length=120, verbose_name="voting body")),
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
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="against"),
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
                        blank=True, max_length=746, multiple=True, verbose_name="voted in favour"
                    ),
                ),
                (
                    "countries_against",
                    django_countries.fields.CountryField(
                        blank=True, max_length=746, multiple=True, verbose_name="voted against"
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
                    models.CharField(blank=True, max_length=300, verbose_name="note on the vote"),
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
        migrations.RunSQL(MOVE, MOVE_BACK),
        migrations.RunSQL(BEFORE, BACK_BEFORE),
        migrations.RemoveField(
            model_name="policyinstrument",
            name="abstentions",
        ),
        migrations.RemoveField(
            model_name="policyinstrument",
            name="vote_body",
        ),
        migrations.RemoveField(
            model_name="policyinstrument",
            name="vote_mode",
        ),
        migrations.RemoveField(
            model_name="policyinstrument",
            name="vote_note",
        ),
        migrations.RemoveField(
            model_name="policyinstrument",
            name="voted_on",
        ),
        migrations.RemoveField(
            model_name="policyinstrument",
            name="votes_against",
        ),
        migrations.RemoveField(
            model_name="policyinstrument",
            name="votes_in_favour",
        ),
        migrations.RemoveField(
            model_name="provision",
            name="text",
        ),
        migrations.RunSQL(LICENCES, LICENCES_BACK),
    ]

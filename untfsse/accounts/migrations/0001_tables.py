"""Focal points and what happened to accounts; what keeps the history of accounts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import untfsse.accounts.models
from untfsse.kit.operations import CreateModels

# Attached to tables by `untfsse.accounts.history`.
HISTORY = """
CREATE FUNCTION keep_account_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hidden text[] := coalesce(TG_ARGV::text[], '{}');
  row_before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - hidden END;
  row_after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - hidden END;
BEGIN
  IF row_before IS DISTINCT FROM row_after THEN
    INSERT INTO public.kit_change
      ("table", row_id, operation, made_at, made_by_id, origin, before, after, transaction)
    VALUES (
      TG_TABLE_NAME,
      (coalesce(row_after, row_before) ->> 'id')::bigint,
      TG_OP,
      clock_timestamp(),
      nullif(current_setting('portal.actor', true), '')::int,
      left(coalesce(current_setting('portal.origin', true), ''), 60),
      row_before,
      row_after,
      pg_current_xact_id()::text::bigint
    );
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_keep_account_history"),
    ]
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("kit", "0002_records"),
        ("taskforce", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Account",
                    fields=[],
                    options={
                        "verbose_name": "account",
                        "verbose_name_plural": "accounts",
                        "ordering": ["last_name", "username"],
                        "proxy": True,
                    },
                    bases=("auth.user",),
                    managers=[
                        ("objects", untfsse.accounts.models.AccountManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="FocalPoint",
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
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="focal_point",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
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
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="taskforce.person",
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "focal point",
                        "verbose_name_plural": "focal points",
                    },
                ),
                migrations.CreateModel(
                    name="AccountEvent",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("signed-in", "Signed in"),
                                    ("signed-out", "Signed out"),
                                    ("failed", "Wrong name or password"),
                                    ("code-failed", "Wrong code"),
                                    ("locked", "Locked for a while"),
                                    ("unlocked", "Lock lifted"),
                                    ("invited", "Invited"),
                                    ("joined", "Invitation accepted"),
                                    ("reset-asked", "New password asked for"),
                                    ("password", "Password changed"),
                                    ("address", "Mail address changed"),
                                    ("factor-added", "Second factor added"),
                                    ("factor-removed", "Second factor removed"),
                                    ("codes-made", "Recovery codes made"),
                                    ("sessions-ended", "Sessions ended"),
                                ],
                                max_length=20,
                                verbose_name="what",
                            ),
                        ),
                        (
                            "happened_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="when"),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(blank=True, max_length=150, verbose_name="name tried"),
                        ),
                        ("address", models.GenericIPAddressField(null=True, verbose_name="from")),
                        (
                            "device",
                            models.CharField(blank=True, max_length=200, verbose_name="device"),
                        ),
                    ],
                    options={
                        "verbose_name": "event of an account",
                        "verbose_name_plural": "events of accounts",
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["account", "-id"], name="event_of_an_account"),
                            models.Index(fields=["-happened_at"], name="event_by_moment"),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(HISTORY),
    ]

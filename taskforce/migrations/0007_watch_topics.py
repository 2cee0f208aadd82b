"""PostgreSQL watches the shared topics as it does every noun: history, control characters."""

from django.db import migrations

from untfsse.kit.history.triggers import HISTORY, TEXT, attach


class Migration(migrations.Migration):
    """Topics are printed in feeds and pages like any other text."""

    dependencies = [
        ("taskforce", "0006_let_agenda_numbers_swap"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [attach(HISTORY, ["taggit_tag"]), attach(TEXT, ["taggit_tag"])]

"""Find the topics of a noun, and what is filed under one, without its other nouns."""

from django.db import migrations

INDEX = """
CREATE INDEX taggeditem_by_noun_and_topic
  ON taggit_taggeditem (content_type_id, tag_id, object_id)
"""
BACK = "DROP INDEX taggeditem_by_noun_and_topic"


class Migration(migrations.Migration):
    dependencies = [
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("taskforce", "0014_index_what_is_published"),
    ]
    operations = [migrations.RunSQL(INDEX, BACK)]

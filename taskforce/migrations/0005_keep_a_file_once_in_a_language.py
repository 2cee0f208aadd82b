"""The same file is kept once in a language of a document."""

from django.db import migrations, models

# Of rows with the same file the first stays; the history keeps the others.
ONCE = """
DELETE FROM taskforce_rendition AS later USING taskforce_rendition AS first
WHERE later.id > first.id AND later.file <> '' AND first.file <> ''
  AND (later.document_id, later.language, later.sha256)
    = (first.document_id, first.language, first.sha256);
"""


class Migration(migrations.Migration):
    dependencies = [("taskforce", "0004_index_list_orders")]
    operations = [
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "rendition",
            models.UniqueConstraint(
                fields=["document", "language", "sha256"],
                condition=~models.Q(file=""),
                name="rendition_file_is_kept_once_in_a_language",
                violation_error_message="This file is kept with this document already.",
            ),
        ),
    ]

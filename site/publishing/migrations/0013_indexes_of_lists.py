from django.db import migrations

from publishing.newest_first import NewestFirstIndex

COLUMNS = ["removal", "-published_at", "content_id"]


class Migration(migrations.Migration):
    """Add indexes in the order of lists, newest first."""

    dependencies = [("publishing", "0012_pages_of_documents")]

    operations = [
        migrations.RemoveIndex("publisheddocument", "document_newest_first"),
        migrations.RemoveIndex("publisheddocument", "document_by_type"),
        migrations.AddIndex(
            "publisheddocument", NewestFirstIndex(fields=["locale", *COLUMNS], name="document_newest")
        ),
        migrations.AddIndex(
            "publisheddocument", NewestFirstIndex(fields=["locale", "type", *COLUMNS], name="document_newest_of_type")
        ),
    ]

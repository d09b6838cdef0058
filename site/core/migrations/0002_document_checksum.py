import hashlib

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def sum_up(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in checksums. A document whose file is lost keeps an empty one; its next save reports the problem."""
    for document in apps.get_model("core", "ContentDocument").objects.filter(sha256="").iterator():
        if document.file.storage.exists(document.file.name):
            with document.file.open("rb") as file:
                document.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            document.save(update_fields=["sha256"])


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AddField(
            "contentdocument",
            "sha256",
            models.CharField(blank=True, db_default="", editable=False, max_length=64, verbose_name="SHA-256"),
        ),
        migrations.RunPython(sum_up, migrations.RunPython.noop, elidable=True),
    ]

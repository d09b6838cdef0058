from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.files.pdf import page_count


def count_pages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in page counts. A document whose file is lost keeps none; its next save reports the problem."""
    for document in apps.get_model("core", "ContentDocument").objects.filter(file__iendswith=".pdf").iterator():
        if document.file.storage.exists(document.file.name):
            with document.file.open("rb") as file:
                document.pages = page_count(file)
            document.save(update_fields=["pages"])


class Migration(migrations.Migration):
    dependencies = [("core", "0004_average_colour")]

    operations = [
        migrations.AddField(
            "contentdocument", "pages", models.PositiveIntegerField(editable=False, null=True, verbose_name="pages")
        ),
        migrations.RunPython(count_pages, migrations.RunPython.noop, elidable=True),
    ]

from contextlib import suppress

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.models.content_image import average_colour


def look_at_pictures(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in average colours. A lost or damaged picture keeps none; its next save reports the problem."""
    for image in apps.get_model("core", "ContentImage").objects.filter(average_colour="").iterator():
        if image.file.storage.exists(image.file.name):
            with suppress(OSError), image.file.open("rb") as file:
                image.average_colour = average_colour(file)
                image.save(update_fields=["average_colour"])


class Migration(migrations.Migration):
    dependencies = [("core", "0003_index_of_the_frame")]

    operations = [
        migrations.AddField(
            "contentimage",
            "average_colour",
            models.CharField(blank=True, db_default="", editable=False, max_length=7, verbose_name="average colour"),
        ),
        migrations.RunPython(look_at_pictures, migrations.RunPython.noop, elidable=True),
    ]

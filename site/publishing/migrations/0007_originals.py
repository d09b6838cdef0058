"""Record which original pictures press releases show, for documents that have not been rebuilt since."""

import json
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("content", "content"),
    ("image", "image"),
    ("original", "original of an image"),
    ("document", "document"),
    ("topic", "topic"),
    ("office", "office settings"),
]


def note_originals(apps, schema_editor):
    Document = apps.get_model("publishing", "PublishedDocument")
    Dependency = apps.get_model("publishing", "DocumentDependency")
    Image = apps.get_model("core", "ContentImage")
    releases = Document.objects.filter(type="press_release", removal="")
    for number, full in releases.values_list("pk", "full").iterator():
        addresses = [picture["original"]["url"] for picture in json.loads(full).get("pictures", [])]
        names = [unquote(urlsplit(address).path).removeprefix(settings.MEDIA_URL) for address in addresses]
        images = Image.objects.filter(file__in=names).values_list("pk", flat=True)
        Dependency.objects.bulk_create(
            [Dependency(document_id=number, kind="original", key=str(image)) for image in images],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_large_changes"), ("core", "0007_earlier_versions")]

    operations = [
        migrations.AlterField("documentdependency", "kind", models.CharField(max_length=8, choices=KINDS)),
        migrations.RunPython(note_originals, migrations.RunPython.noop),
    ]

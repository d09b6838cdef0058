from pathlib import Path
from uuid import uuid4

import yaml
from django.db import migrations

GLOSSARY = Path(__file__).resolve().parents[1] / "starter_glossary.yaml"


def load(apps, schema_editor):
    groups = yaml.safe_load(GLOSSARY.read_text(encoding="utf-8"))
    SynonymGroup = apps.get_model("search", "SynonymGroup")
    SynonymGroup.objects.bulk_create(
        SynonymGroup(**{f"in_{language}": "\n".join(expressions) for language, expressions in group.items()})
        for group in groups
    )
    VocabularyVersion = apps.get_model("search", "VocabularyVersion")
    VocabularyVersion.objects.create(pk=1, token=uuid4().hex)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_vocabulary")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

"""Keep the names of topics in rows, one for each language."""

import django.db.models.deletion
from django.db import migrations, models

from core.migrations._columns_to_rows import columns_to_rows, text


class Migration(migrations.Migration):
    dependencies = [("core", "0013_longer_language_codes")]

    operations = [
        migrations.AlterModelOptions(
            name="topic",
            options={
                "base_manager_name": "objects",
                "ordering": ["slug"],
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
            },
        ),
        migrations.CreateModel(
            name="TopicName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=35, verbose_name="language")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="core.topic"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("owner", "language"), name="one_name_of_topic")],
            },
        ),
        *columns_to_rows("core", "topic", "topicname", {"name": text(120)}),
    ]

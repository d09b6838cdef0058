import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0010_openings")]

    operations = [
        migrations.AddField("publisheddocument", "page_number", models.IntegerField(null=True)),
        migrations.AddField("publisheddocument", "card_picture", models.TextField(blank=True, db_default="")),
        migrations.AddField("sequence", "token", models.UUIDField(default=uuid.uuid4, null=True)),
    ]

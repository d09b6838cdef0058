from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index_position")]

    operations = []

from django.db import migrations


class Migration(migrations.Migration):
    """Delete the models but keep their tables until the next release, because processes of the previous release write
    to them while the site is upgraded.
    """

    dependencies = [
        ('search', '0006_admin_index'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='ChangedObject'),
                migrations.DeleteModel(name='IndexingTurn'),
            ],
        ),
    ]

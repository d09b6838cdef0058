from django.db import migrations


class Migration(migrations.Migration):
    """The models go; their tables stay until the release after this one, for processes of the release before write to
    them while the site is upgraded.
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

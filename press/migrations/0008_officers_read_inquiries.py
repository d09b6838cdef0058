from django.db import migrations


def take_from_communications(apps, schema_editor):
    """Let only press officers read inquiries, because they answer them; communications staff as such no longer do."""
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="press", content_type__model="inquiry"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Communications"):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('press', '0007_saved_filters'),
    ]

    operations = [migrations.RunPython(take_from_communications, migrations.RunPython.noop)]

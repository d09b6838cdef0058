"""Encrypt what was stored in clear before."""

from django.db import migrations

from core.security.encryption import encrypt


def encrypt_stored(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, name, email, question FROM press_inquiry")
        for number, *texts in cursor.fetchall():
            tokens = [encrypt(text) if text else text for text in texts]
            cursor.execute(
                "UPDATE press_inquiry SET name = %s, email = %s, question = %s WHERE id = %s", [*tokens, number]
            )


class Migration(migrations.Migration):

    dependencies = [("press", "0003_press_desk")]

    operations = [migrations.RunPython(encrypt_stored, migrations.RunPython.noop)]

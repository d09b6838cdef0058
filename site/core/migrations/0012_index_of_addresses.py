from django.db import migrations


def create_index(apps, schema_editor):
    # An address may be longer than PostgreSQL's B-tree indexes allow.
    kind = "USING hash " if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"CREATE INDEX core_addresses ON wagtailcore_page {kind}(url_path)")


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP INDEX core_addresses")


class Migration(migrations.Migration):
    """Index pages by address, so that one is found without scanning all pages. Wagtail's table has no such index."""

    dependencies = [("core", "0011_page_counts_by_the_worker"), ("wagtailcore", "0094_alter_page_locale")]

    operations = [migrations.RunPython(create_index, drop_index)]

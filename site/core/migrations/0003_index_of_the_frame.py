from django.db import migrations


class Migration(migrations.Migration):
    """Index pages by language and depth, so that the home page and the pages right below it, which every page needs for
    its menus, are found without scanning all pages of a language. Wagtail's table has no index on depth.
    """

    dependencies = [("core", "0002_document_checksum"), ("wagtailcore", "0094_alter_page_locale")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX core_frame ON wagtailcore_page (locale_id, depth)",
            "DROP INDEX core_frame",
        )
    ]

"""The tables of the embedded search engine. They are filled after the migrations (search.engines.embedded.indexer)."""

from django.db import migrations, models

TEXT = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE search_embeddedtext USING fts5(
            title, summary, body, meta, names, words, sequence, beginnings, identifiers, tokenize = 'ascii'
        )
        """,
    ],
    "postgresql": [
        """
        CREATE TABLE search_embeddedtext (
            id bigint PRIMARY KEY REFERENCES search_embeddedentry ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
            stems tsvector NOT NULL,
            words tsvector NOT NULL,
            beginnings tsvector NOT NULL
        )
        """,
        # Ranking reads whole vectors: unpacking them took most of its time.
        """
        ALTER TABLE search_embeddedtext
            ALTER COLUMN stems SET STORAGE EXTERNAL, ALTER COLUMN words SET STORAGE EXTERNAL
        """,
        # Without a pending list, which every search would have to scan.
        "CREATE INDEX search_embeddedtext_stems ON search_embeddedtext USING gin (stems) WITH (fastupdate = off)",
        """
        CREATE INDEX search_embeddedtext_beginnings ON search_embeddedtext USING gin (beginnings)
            WITH (fastupdate = off)
        """,
    ],
}


def create_text(apps, schema_editor):
    for statement in TEXT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_text(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_embeddedtext")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index_position")]

    operations = [
        migrations.CreateModel(
            name="EmbeddedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_id", models.UUIDField()),
                ("language", models.CharField(max_length=2)),
                ("seq", models.BigIntegerField()),
                ("type", models.CharField(max_length=20)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("body", models.TextField()),
                ("facets", models.TextField()),
                ("languages", models.CharField(max_length=60)),
                ("words", models.TextField()),
                ("published", models.BigIntegerField(null=True)),
                ("updated", models.BigIntegerField()),
                ("expires", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("content_id", "language"), name="one_entry_for_content")
                ],
            },
        ),
        migrations.CreateModel(
            name="EmbeddedWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("word", models.CharField(max_length=64)),
                ("bare", models.CharField(max_length=64)),
                ("surface", models.CharField(max_length=64)),
                ("roots", models.CharField(max_length=64)),
                ("documents", models.IntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("language", "word"), name="one_row_for_word")],
                "indexes": [models.Index(fields=["language", "bare"], name="words_by_beginning")],
            },
        ),
        migrations.RunPython(create_text, drop_text),
    ]

"""Migration operations that move the texts of columns, one for each language (name_en), into rows, and back.

The columns stay in the database, empty by default, so that processes of the release before keep working while the new
ones start; a later release may drop them.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

# The languages that had columns.
LANGUAGES = ("ar", "en", "fr")
# A column that must not be empty gets this one's text if its own language has none.
_FIRST = "en"


def columns_to_rows(
    app: str, model: str, text_model: str, fields: dict[str, Any], *, stem_of: str = "", needed: bool = True
) -> list[Any]:
    """Return the operations, after those that create `text_model`. `fields`: the columns as they are from now on, by
    the name of the text. `stem_of`: what the names of the columns begin with, if not with the name of the text.
    `needed`: whether each language needs a text, so that going back gives it another one's.
    """
    stems = {text: stem_of or text for text in fields}
    names = [(f"{stems[text]}_{language}", field) for text, field in fields.items() for language in LANGUAGES]

    def to_rows(apps: Any, schema_editor: Any) -> None:
        texts = apps.get_model(app, text_model)._base_manager
        for row in apps.get_model(app, model)._base_manager.all():
            for language in LANGUAGES:
                found = {text: str(getattr(row, f"{stem}_{language}")) for text, stem in stems.items()}
                if any(found.values()):
                    texts.create(owner_id=row.pk, language=language, **found)

    def to_columns(apps: Any, schema_editor: Any) -> None:
        for row in apps.get_model(app, model)._base_manager.all():
            texts = {text.language: text for text in apps.get_model(app, text_model)._base_manager.filter(owner=row)}
            for text, stem in stems.items():
                first = getattr(texts.get(_FIRST), text, "") if needed else ""
                for language in LANGUAGES:
                    setattr(row, f"{stem}_{language}", getattr(texts.get(language), text, "") or first)
            row.save()

    return [
        *(migrations.AlterField(model, name, field) for name, field in names),
        migrations.RunPython(to_rows, to_columns),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model, name) for name, _field in names]
        ),
    ]


def text(length: int) -> Any:
    """Return the column of a text, which those who write rows without it leave empty."""
    return models.CharField(max_length=length, default="", db_default="")

"""What is indexed beside upstream's fields: the same texts once more, as their language asks.

For every language there is an object field (`text_ar` and so on) that mirrors upstream's text fields by their names,
down to the fields that gather all others. A page fills that of its own language alone; what has no language of its own
(a picture, a topic) fills all.
"""

from __future__ import annotations

from typing import Any

from modelsearch.backends.elasticsearch9 import Elasticsearch9Mapping
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from .analysis import LANGUAGES, beginnings, text

Json = dict[str, Any]

# The languages that an object's text is indexed in.
LANGUAGES_FIELD = "text_languages"
ALL_TEXT = "_all_text"
ALL_AUTOCOMPLETE = "_edgengrams"


def text_field(language: str, name: str) -> str:
    """Upstream's field of that name, as that language asks."""
    return f"text_{language}.{name}"


def languages_of(obj: Any) -> tuple[str, ...]:
    """The language of the object's text; all where it says none."""
    locale = getattr(obj, "locale", None)
    language = getattr(locale, "language_code", "") or getattr(obj, "language", "")
    return (language,) if language in LANGUAGES else LANGUAGES


class Mapping(Elasticsearch9Mapping):
    def get_mapping(self) -> Json:
        mapping: Json = super().get_mapping()
        properties = mapping["properties"]
        names = [name for name in properties if name.startswith(ALL_TEXT)]
        properties[LANGUAGES_FIELD] = {"type": "keyword"}
        for language in LANGUAGES:
            fields = self._language_properties(self.model.get_search_fields(), language)
            fields |= dict.fromkeys(names, text(language))
            fields[ALL_AUTOCOMPLETE] = beginnings(language)
            properties[f"text_{language}"] = {"properties": fields}
        return mapping

    def get_document(self, obj: Any) -> Json:
        document: Json = super().get_document(obj)
        texts = self._texts(self.model.get_search_fields(), document)
        texts[ALL_AUTOCOMPLETE] = document[ALL_AUTOCOMPLETE]
        languages = languages_of(obj)
        texts_by_language = {f"text_{language}": texts for language in languages}
        return {**document, LANGUAGES_FIELD: list(languages), **texts_by_language}

    def _language_properties(self, fields: list[Any], language: str) -> Json:
        properties: Json = {}
        for field in fields:
            name = self.get_field_column_name(field)
            if isinstance(field, RelatedFields):
                related = type(self)(field.get_field(self.model).related_model)
                properties[name] = {"properties": related._language_properties(field.fields, language)}
            elif isinstance(field, AutocompleteField):
                properties[name] = beginnings(language)
            elif self._is_text(field):
                gathered = [ALL_TEXT, *([self.get_boost_field_name(field.boost)] if field.boost else [])]
                copies = [text_field(language, target) for target in gathered]
                properties[name] = {**text(language), "copy_to": copies}
        return properties

    def _texts(self, fields: list[Any], document: Any) -> Json:
        """The texts of a document or of a part of it."""
        texts: Json = {}
        for field in fields:
            value = document.get(self.get_field_column_name(field))
            if isinstance(field, RelatedFields) and value:
                related = type(self)(field.get_field(self.model).related_model)
                parts = value if isinstance(value, list) else [value]
                texts[self.get_field_column_name(field)] = [related._texts(field.fields, part) for part in parts]
            elif value and (isinstance(field, AutocompleteField) or self._is_text(field)):
                texts[self.get_field_column_name(field)] = value
        return texts

    def _is_text(self, field: Any) -> bool:
        return isinstance(field, SearchField) and self.get_field_mapping(field)[1]["type"] == "text"

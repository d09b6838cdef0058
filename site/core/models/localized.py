"""Texts that a row has in each language, such as the name of a topic: a row for each language, not a column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from core.languages.declared import LANGUAGE_CODES, reader_language
from core.languages.field import LanguageField
from core.languages.language import TextIn


class LocalizedText(models.Model):
    """The texts of a row in one language. Subclasses have the foreign key `owner`, whose related name is `texts`, and
    the texts.
    """

    language = LanguageField(_("language"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.language)


class WithTexts(models.Manager):
    def get_queryset(self) -> models.QuerySet[Any]:
        """Return rows with each text as a value, named like name_en: no more queries, and fit to sort and search by."""
        model: Any = self.model
        texts: Any = model._meta.get_field("texts").related_model
        own = texts._default_manager.filter(owner=OuterRef("pk"))
        values = {
            f"{column}_{code}": Subquery(own.filter(language=code).values(column)[:1])
            for column in model.localized_columns
            for code in LANGUAGE_CODES
        }
        annotated: models.QuerySet[Any] = super().get_queryset().annotate(**values)
        return annotated

    # For type checkers, which do not know that texts such as `names` can be given too.
    def create(self, **fields: Any) -> Any:
        return super().create(**fields)


class Localized(models.Model):
    """A row with texts in each language (`LocalizedText`). What is given to `texts_in` is stored when the row is."""

    localized_columns: ClassVar[tuple[str, ...]] = ("name",)

    objects = WithTexts()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.name(reader_language())

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._store()

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._given().clear()
        self._forget()

    def name(self, language: str) -> str:
        """Return the name in a language or, marked as such, in the default language."""
        return self.text("name", language)

    @property
    def names(self) -> dict[str, str]:
        """The names by language, of those languages that have one. May be set, before the row is saved."""
        return self.texts_of("name")

    @names.setter
    def names(self, names: Mapping[str, str]) -> None:
        self.give("name", names)

    def text(self, column: str, language: str) -> str:
        own = self.texts_of(column)
        if text := own.get(language):
            return text
        return next((TextIn(own[code], code) for code in (settings.LANGUAGE_CODE, *own) if code in own), "")

    def texts_of(self, column: str) -> dict[str, str]:
        """Return the texts of a column by language, in the order of the site's languages."""
        found = self._stored(column) | self._given().get(column, {})
        return {code: found[code] for code in LANGUAGE_CODES if found.get(code)}

    def give(self, column: str, texts: Mapping[str, str]) -> None:
        """Set the texts of some languages; `save` stores them."""
        self._given().setdefault(column, {}).update(texts)

    def _given(self) -> dict[str, dict[str, str]]:
        given: dict[str, dict[str, str]] = self.__dict__.setdefault("_given_texts", {})
        return given

    def _stored(self, column: str) -> dict[str, Any]:
        """Return what is stored: as it was fetched with the row, or else from the texts."""
        names = {code: f"{column}_{code}" for code in LANGUAGE_CODES}
        if any(name in self.__dict__ for name in names.values()):
            return {code: self.__dict__.get(name) for code, name in names.items()}
        texts: Any = getattr(self, "texts")  # noqa: B009 -- the subclass's relation, which no type knows
        return {row.language: getattr(row, column) for row in texts.all()} if self.pk else {}

    def _store(self) -> None:
        """Write the texts that were given, and delete the rows of languages that have none left."""
        given = self._given()
        for language in {code for texts in given.values() for code in texts}:
            values = {column: texts[language] for column, texts in given.items() if language in texts}
            texts: Any = getattr(self, "texts")  # noqa: B009 -- see above
            texts.update_or_create(language=language, defaults=values)
        given.clear()
        self._forget()

    def _forget(self) -> None:
        getattr(self, "_prefetched_objects_cache", {}).pop("texts", None)
        for column in self.localized_columns:
            for code in LANGUAGE_CODES:
                self.__dict__.pop(f"{column}_{code}", None)

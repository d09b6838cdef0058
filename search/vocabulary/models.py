"""What editors define about words: which mean the same, and which page they should lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.languages import LANGUAGE_CODES

LONGEST_EXPRESSION = 80


class VocabularyVersion(models.Model):
    """One row that changes with every change of the vocabulary, in the same transaction, so that every process sees
    that its copy is outdated.

    `token`: never the same twice, even if a transaction was rolled back.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token


def vocabulary_changed() -> None:
    VocabularyVersion.objects.update_or_create(pk=1, defaults={"token": uuid4().hex})


def lines_of(text: str) -> list[str]:
    """Return expressions typed one per line, without empty lines and repetitions."""
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))


class ExpressionsField(models.TextField):
    """Expressions of one language, one per line."""

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        lines = lines_of(super().clean(value, model_instance) or "")
        if any(len(line) > LONGEST_EXPRESSION for line in lines):
            raise ValidationError(
                _("An expression has at most %(length)s characters."), params={"length": LONGEST_EXPRESSION}
            )
        return "\n".join(lines)


class Expressions(models.Model):
    """Expressions in each language."""

    in_ar = ExpressionsField(_("in Arabic"), blank=True, help_text=_("One expression a line."))
    in_en = ExpressionsField(_("in English"), blank=True, help_text=_("One expression a line."))
    in_fr = ExpressionsField(_("in French"), blank=True, help_text=_("One expression a line."))

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        vocabulary_changed()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        vocabulary_changed()
        return deleted

    def expressions(self) -> Mapping[str, list[str]]:
        """Return the expressions as typed, by language."""
        return {language: lines_of(getattr(self, f"in_{language}")) for language in LANGUAGE_CODES}


class SynonymGroup(Expressions):
    """Expressions that mean the same, in one language and across languages: a search for one finds the others."""

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["in_en", "in_fr", "in_ar", "pk"]

    def __str__(self) -> str:
        return " = ".join(dict.fromkeys(_first_of_each(self.expressions())))

    def clean(self) -> None:
        if sum(map(len, self.expressions().values())) < 2:
            raise ValidationError(_("Give at least two expressions that mean the same."))


class PromotedResult(Expressions):
    """A page that is shown above the results of certain searches."""

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("recommended page")
        verbose_name_plural = _("recommended pages")
        ordering = ["in_en", "in_fr", "in_ar", "pk"]

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(_first_of_each(self.expressions())))

    def clean(self) -> None:
        if not any(self.expressions().values()):
            raise ValidationError(_("Give at least one search that should lead to this page."))


def _first_of_each(expressions: Mapping[str, list[str]]) -> Iterable[str]:
    return (lines[0] for language in ("en", "fr", "ar") if (lines := expressions[language]))

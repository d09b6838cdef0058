"""What editors define about words: which mean the same, and which page they should lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.languages.declared import LANGUAGE_CODES, default_first
from core.models.localized import Localized, LocalizedText

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


def checked_lines(text: str) -> str:
    """Return expressions typed one per line, tidied. Raise ValidationError for one that is too long."""
    lines = lines_of(text)
    if any(len(line) > LONGEST_EXPRESSION for line in lines):
        raise ValidationError(
            _("An expression has at most %(length)s characters."), params={"length": LONGEST_EXPRESSION}
        )
    return "\n".join(lines)


class ExpressionsField(models.TextField):
    """Expressions of one language, one per line."""


class Expressions(Localized):
    """Expressions in each language."""

    localized_columns = ("expressions",)

    class Meta(Localized.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        vocabulary_changed()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        vocabulary_changed()
        return deleted

    @property
    def lines(self) -> dict[str, str]:
        """The expressions by language, one per line. May be set, before the row is saved."""
        return self.texts_of("expressions")

    @lines.setter
    def lines(self, lines: Mapping[str, str]) -> None:
        self.give("expressions", lines)

    def expressions(self) -> Mapping[str, list[str]]:
        """Return the expressions as typed, by language."""
        typed = self.lines
        return {language: lines_of(typed.get(language, "")) for language in LANGUAGE_CODES}


class ExpressionsText(LocalizedText):
    """Expressions of one language."""

    expressions = ExpressionsField(_("expressions"), blank=True)

    class Meta(LocalizedText.Meta):
        abstract = True


class SynonymGroup(Expressions):
    """Expressions that mean the same, in one language and across languages: a search for one finds the others."""

    class Meta(Expressions.Meta):
        abstract = False
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " = ".join(dict.fromkeys(_first_of_each(self.expressions())))

    def clean(self) -> None:
        if sum(map(len, self.expressions().values())) < 2:
            raise ValidationError(_("Give at least two expressions that mean the same."))


class SynonymText(ExpressionsText):
    """The expressions of a group in one language."""

    owner = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="texts")

    class Meta(ExpressionsText.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["owner", "language"], name="one_text_of_synonyms")]


class PromotedResult(Expressions):
    """A page that is shown above the results of certain searches."""

    page = models.ForeignKey(Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    class Meta(Expressions.Meta):
        abstract = False
        verbose_name = _("recommended page")
        verbose_name_plural = _("recommended pages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(dict.fromkeys(_first_of_each(self.expressions())))

    def clean(self) -> None:
        if not any(self.expressions().values()):
            raise ValidationError(_("Give at least one search that should lead to this page."))


class PromotedText(ExpressionsText):
    """The searches of one language that lead to a page."""

    owner = models.ForeignKey(PromotedResult, on_delete=models.CASCADE, related_name="texts")

    class Meta(ExpressionsText.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["owner", "language"], name="one_text_of_promoted_result")]


def _first_of_each(expressions: Mapping[str, list[str]]) -> Iterable[str]:
    return (lines[0] for language in default_first() if (lines := expressions[language]))

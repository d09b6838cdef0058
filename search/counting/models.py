from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages.field import LanguageField


class SearchCount(models.Model):
    """How often the same words were searched for in one language on one day, with nothing about who searched.

    `results`: how many items were found the last time.
    """

    day = models.DateField(_("day"))
    language = LanguageField(_("language"))
    text = models.CharField(_("words"), max_length=80)
    results = models.PositiveIntegerField(_("results"))
    count = models.PositiveIntegerField(_("searches"))

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [models.UniqueConstraint(fields=["day", "language", "text"], name="one_count_for_day_and_text")]

    def __str__(self) -> str:
        return self.text

"""Who is on duty at a desk, and who stands in for whom: from a first to a last day, after which it ends by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from .desk import Desk

_DAYS_PANEL = FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")])


def _officer(label: Any) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"is_active": True},
        verbose_name=label,
    )


class DaysModel(models.Model):
    """Whole days in the office's time zone, including the last one."""

    officers: tuple[str, ...] = ()
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes after the first. Enter a later day.")})
        for name in self.officers:
            officer = getattr(self, name, None) if getattr(self, f"{name}_id") else None
            if officer and not officer.has_perm("press.answer_inquiry"):
                raise ValidationError({name: _("Choose somebody who may answer press inquiries.")})


class Duty(DaysModel):
    """An officer on duty for a desk, who is notified of urgent matters outside working hours."""

    officers = ("officer",)
    officer = _officer(_("officer"))
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="duties", verbose_name=_("press desk"))

    panels = [FieldPanel("officer"), FieldPanel("desk"), _DAYS_PANEL]

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duty roster")
        ordering = ["-first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.officer} – {self.desk}"


class Cover(DaysModel):
    """An absent officer and the colleague who stands in and gets the notices of the absent officer's inquiries."""

    officers = ("absent", "covered_by")
    absent = _officer(_("who is absent"))
    covered_by = _officer(_("who stands in"))

    panels = [FieldPanel("absent"), FieldPanel("covered_by"), _DAYS_PANEL]

    class Meta:
        verbose_name = _("cover")
        verbose_name_plural = _("absences and cover")
        ordering = ["-first_day", "pk"]

    def __str__(self) -> str:
        return f"{self.absent} → {self.covered_by}"

    def clean(self) -> None:
        super().clean()
        if self.absent_id and self.absent_id == self.covered_by_id:
            raise ValidationError({"covered_by": _("Nobody can stand in for themselves. Choose a colleague.")})

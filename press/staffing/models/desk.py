"""Press desks, and which inquiries go to which desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.editing.localized_form import localized_form, localized_panels
from core.languages.field import LanguageField
from core.models.localized import Localized, LocalizedText
from core.places.countries import country_choices

from .notices import NoticeSwitches, desk_switches_panel


class Desk(Localized, NoticeSwitches):
    """Officers who answer inquiries together. One is the duty desk, for everything that no rule sends elsewhere."""

    email = models.EmailField(
        _("e-mail"), max_length=254, help_text=_("New inquiries are announced to this address, without their text.")
    )
    phone = models.CharField(
        _("duty telephone"),
        max_length=40,
        blank=True,
        help_text=_("Shown to journalists in a hurry. Empty: the telephone of the duty desk, then that of the office."),
    )
    signal = models.CharField(
        _("Signal"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_("A number or user name of Signal, for journalists at risk. The duty desk's is shown on the form."),
    )
    language = LanguageField(
        _("language of the mails to the desk"),
        default=settings.LANGUAGE_CODE,
        db_default=settings.LANGUAGE_CODE,
    )
    is_duty = models.BooleanField(
        _("duty desk"), default=False, help_text=_("Gets every inquiry that no rule sends to another desk.")
    )

    base_form_class = localized_form({"name": _("name")}, longest=120)
    panels = [
        *localized_panels("name"),
        FieldPanel("email"),
        FieldPanel("phone"),
        FieldPanel("signal"),
        FieldPanel("is_duty"),
        FieldPanel("language"),
        desk_switches_panel,
    ]

    class Meta(Localized.Meta):
        verbose_name = _("press desk")
        verbose_name_plural = _("press desks")
        ordering = ["-is_duty", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_duty"],
                condition=models.Q(is_duty=True),
                name="one_duty_desk",
                violation_error_message=_("Another desk is the duty desk already. Change that one first."),
            )
        ]


class DeskName(LocalizedText):
    """The name of a desk in one language."""

    owner = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=120)

    class Meta(LocalizedText.Meta):
        constraints = [models.UniqueConstraint(fields=["owner", "language"], name="one_name_of_desk")]


class RoutingRule(models.Model):
    """Sends inquiries on a topic, in a language and about a country to a desk. An empty field matches any; the first
    rule that fits decides.
    """

    sort_order = models.PositiveIntegerField(
        _("order"), null=True, blank=True, help_text=_("The lowest is asked first. Empty: after all others.")
    )
    topic = models.ForeignKey(
        "core.Topic", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    language = LanguageField(_("language"), blank=True)
    country = models.CharField(_("country"), max_length=3, choices=country_choices, blank=True)
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="rules", verbose_name=_("press desk"))

    panels = [
        FieldPanel("sort_order"),
        FieldPanel("topic"),
        FieldPanel("language"),
        FieldPanel("country"),
        FieldPanel("desk"),
    ]

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering = [models.F("sort_order").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return f"{self.sort_order} → {self.desk}"

    def clean(self) -> None:
        if not (self.topic or self.language or self.country):
            raise ValidationError(_("Choose a topic, a language or a country. The duty desk gets everything else."))

    def fits(self, *, topic_id: Any, language: str, country: str) -> bool:
        return self.topic_id in (None, topic_id) and self.language in ("", language) and self.country in ("", country)

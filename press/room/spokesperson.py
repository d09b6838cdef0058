"""Who speaks for the office, on which topics and in which languages."""

from __future__ import annotations

from typing import Any

from babel import Locale as Cldr
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.languages import reader_language
from core.models import ContentImage, Topic
from core.models.countries import CountriesField
from core.places.countries import alphabetical

# The languages in which the region's media hold interviews (ISO 639).
SPOKEN_LANGUAGES = ("ar", "en", "fr", "am", "de", "es", "fa", "it", "ku", "pt", "ru", "so", "ti", "tr", "ur", "zh")


def spoken_language_name(code: str) -> str:
    """Return the name of a language as CLDR gives it in the reader's language."""
    name = str(Cldr.parse(reader_language()).languages[code])
    return capfirst(name) if reader_language() == "fr" else name


def spoken_language_choices() -> list[tuple[str, str]]:
    """Return the site's own languages first, then the others by name."""
    named = [(code, spoken_language_name(code)) for code in SPOKEN_LANGUAGES]
    return [*named[:3], *sorted(named[3:], key=lambda choice: alphabetical(choice[1]))]


def validate_spoken_languages(codes: list[str]) -> None:
    if not set(codes) <= set(SPOKEN_LANGUAGES):
        raise ValidationError(_("Choose languages from the list."))


class SpokenLanguagesField(models.JSONField):
    """A list of codes from SPOKEN_LANGUAGES, each once, in that order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_spoken_languages]

    def get_prep_value(self, value: Any) -> Any:
        return sorted(set(value or []), key=SPOKEN_LANGUAGES.index)

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            choices=spoken_language_choices,
            widget=forms.CheckboxSelectMultiple,
        )


class Spokesperson(models.Model):
    """A person with name and role in every language, so that nobody is missing in any of them.

    Everything here is public: telephone and e-mail are those that journalists may use.
    """

    name_ar = models.CharField(_("name in Arabic"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_fr = models.CharField(_("name in French"), max_length=160)
    role_ar = models.CharField(_("role in Arabic"), max_length=160)
    role_en = models.CharField(_("role in English"), max_length=160)
    role_fr = models.CharField(_("role in French"), max_length=160)
    languages = SpokenLanguagesField(_("languages"), help_text=_("Those in which they give interviews."))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    countries = CountriesField(_("countries"))
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        help_text=_("Everybody sees it. Leave empty where journalists are to ask the press desk."),
    )
    email = models.EmailField(_("e-mail"), max_length=254, blank=True, help_text=_("Everybody sees it."))
    picture = models.ForeignKey(
        ContentImage, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Lower numbers come first."))
    is_listed = models.BooleanField(_("listed in the press room"), default=True)

    panels = [
        MultiFieldPanel([FieldPanel("name_ar"), FieldPanel("name_en"), FieldPanel("name_fr")], heading=_("Name")),
        MultiFieldPanel([FieldPanel("role_ar"), FieldPanel("role_en"), FieldPanel("role_fr")], heading=_("Role")),
        MultiFieldPanel(
            [
                FieldPanel("languages"),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("countries"),
            ],
            heading=_("What they speak about"),
        ),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email")], heading=_("Contact")),
        FieldPanel("picture"),
        MultiFieldPanel([FieldPanel("order"), FieldPanel("is_listed")], heading=_("Press room")),
    ]

    class Meta:
        verbose_name = _("spokesperson")
        verbose_name_plural = _("spokespeople")
        ordering = ["order", "name_en", "pk"]

    def __str__(self) -> str:
        return self.name((get_language() or "en")[:2])

    def name(self, language: str) -> str:
        """Return the name in `language` ("ar", "en" or "fr")."""
        return str(getattr(self, f"name_{language}", self.name_en))

    def role(self, language: str) -> str:
        return str(getattr(self, f"role_{language}", self.role_en))

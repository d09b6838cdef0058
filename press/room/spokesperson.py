"""Who speaks for the office, on which topics and in which languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from core.editing.localized_form import localized_form, localized_panels
from core.languages.declared import LANGUAGE_CODES, language_in_sentence
from core.languages.language import capitalized
from core.models import ContentImage, Topic
from core.models.countries import CountriesField
from core.models.localized import Localized, LocalizedText
from core.places.countries import alphabetical

# The languages of the site, and others in which the region's media hold interviews (ISO 639).
SPOKEN_LANGUAGES = (*LANGUAGE_CODES, "am", "de", "es", "fa", "it", "ku", "pt", "ru", "so", "ti", "tr", "ur", "zh")


def spoken_language_name(code: str) -> str:
    """Return the name of a language as CLDR gives it in the reader's language."""
    return capitalized(language_in_sentence(code))


def spoken_language_choices() -> list[tuple[str, str]]:
    """Return the site's own languages first, then the others by name."""
    named = [(code, spoken_language_name(code)) for code in SPOKEN_LANGUAGES]
    own = len(LANGUAGE_CODES)
    return [*named[:own], *sorted(named[own:], key=lambda choice: alphabetical(choice[1]))]


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


class Spokesperson(Localized):
    """A person with name and role in every language, so that nobody is missing in any of them.

    Everything here is public: telephone and e-mail are those that journalists may use.
    """

    languages = SpokenLanguagesField(_("languages"), help_text=_("Those in which they give interviews."))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    countries = CountriesField(_("countries"))
    phone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        help_text=_("Everybody sees it. Leave empty if journalists should ask the press desk."),
    )
    email = models.EmailField(_("e-mail"), max_length=254, blank=True, help_text=_("Everybody sees it."))
    picture = models.ForeignKey(
        ContentImage, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Lower numbers come first."))
    is_listed = models.BooleanField(_("listed in the press room"), default=True)

    localized_columns = ("name", "role")
    base_form_class = localized_form({"name": _("name"), "role": _("role")}, longest=160)
    panels = [
        MultiFieldPanel(localized_panels("name"), heading=_("Name")),
        MultiFieldPanel(localized_panels("role"), heading=_("Role")),
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

    class Meta(Localized.Meta):
        verbose_name = _("spokesperson")
        verbose_name_plural = _("spokespeople")
        ordering = ["order", "pk"]

    def place(self) -> tuple[int, str, int]:
        """Return a key that sorts people as the press room lists them."""
        return self.order, self.names.get(settings.LANGUAGE_CODE, ""), self.pk

    @property
    def roles(self) -> dict[str, str]:
        """The roles by language, of those languages that have one. May be set, before the row is saved."""
        return self.texts_of("role")

    @roles.setter
    def roles(self, roles: Mapping[str, str]) -> None:
        self.give("role", roles)

    def role(self, language: str) -> str:
        return self.text("role", language)


class SpokespersonText(LocalizedText):
    """What a spokesperson is called, and does, in one language."""

    owner = models.ForeignKey(Spokesperson, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=160)

    class Meta(LocalizedText.Meta):
        constraints = [models.UniqueConstraint(fields=["owner", "language"], name="one_text_of_spokesperson")]

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, StructBlock, URLBlock
from wagtail.fields import StreamField
from wagtail.models import Locale

from core.blocks.notice import NOTICE_KINDS
from core.web.process_memory import kept


class OfficeSettings(models.Model):
    """What the site says about the office on every page, in one language."""

    locale = models.OneToOneField(
        Locale, on_delete=models.CASCADE, related_name="office_settings", verbose_name=_("language")
    )
    name = models.CharField(_("name of the office"), max_length=160)
    organization = models.CharField(_("name of the organization"), max_length=160)
    contact_email = models.EmailField(_("contact e-mail"), max_length=254)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.TextField(_("address"), blank=True)
    social_links = StreamField(
        [
            (
                "link",
                StructBlock(
                    [("label", CharBlock(label=capfirst(_("name")))), ("url", URLBlock(label=capfirst(_("address"))))]
                ),
            )
        ],
        verbose_name=_("social media"),
        blank=True,
    )
    boilerplate = models.TextField(
        _("about the organization"),
        blank=True,
        default="",
        db_default="",
        help_text=_("The paragraph at the end of every press release in this language. One or two plain paragraphs."),
    )
    press_picture_terms = models.TextField(
        _("terms for press pictures"),
        blank=True,
        default="",
        db_default="",
        help_text=_("What the press may do with the pictures of press releases; stands beside them and in press kits."),
    )
    exit_address = models.URLField(
        _("second everyday site"),
        blank=True,
        default="",
        db_default="",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_(
            "On pages for people at risk, a second way out beside “Exit this page”: a site that draws no attention in "
            "your countries, such as one for the weather. Begins with https:// or http://. Leave empty for none."
        ),
    )
    licence = models.CharField(
        _("licence"),
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "The one under which others may use the texts, by its usual name. Leave empty if none has been decided on."
        ),
    )
    licence_url = models.URLField(_("address of the licence"), max_length=255, blank=True, default="", db_default="")
    terms_url = models.URLField(_("address of the terms of use"), max_length=255, blank=True, default="", db_default="")
    credit_line = models.CharField(
        _("how to name the source"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text=_("Stands beside what others republish. Empty: the name of the organization."),
    )
    notice_kind = models.CharField(_("kind of notice"), max_length=10, choices=NOTICE_KINDS, default="warning")
    notice = models.TextField(
        _("emergency notice"),
        blank=True,
        help_text=_("Shown above every page in this language. Leave empty for none."),
    )

    panels = [
        FieldPanel("locale"),
        FieldPanel("name"),
        FieldPanel("organization"),
        MultiFieldPanel(
            [
                FieldPanel("contact_email"),
                FieldPanel("contact_phone"),
                FieldPanel("address"),
                FieldPanel("social_links"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel([FieldPanel("boilerplate"), FieldPanel("press_picture_terms")], heading=_("Press")),
        MultiFieldPanel(
            [
                FieldPanel("licence"),
                FieldPanel("licence_url"),
                FieldPanel("terms_url"),
                FieldPanel("credit_line"),
            ],
            heading=_("Use by others"),
        ),
        MultiFieldPanel([FieldPanel("notice_kind"), FieldPanel("notice")], heading=_("Emergency notice")),
        MultiFieldPanel([FieldPanel("exit_address")], heading=_("People at risk")),
    ]

    class Meta:
        verbose_name = _("office settings")
        verbose_name_plural = _("office settings")
        ordering = ["locale__language_code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.locale.language_code})"

    @classmethod
    def in_language(cls, language: str) -> OfficeSettings:
        """Return those of a language, empty ones if nobody has entered any. Do not modify them: pages share them."""
        found = cls.objects.filter(locale__language_code=language)
        return kept(f"office-{language}", lambda: found.first() or cls._empty())

    @classmethod
    def _empty(cls) -> OfficeSettings:
        return cls(**{field.name: "" for field in cls._meta.concrete_fields if field.has_db_default()})

    def clean(self) -> None:
        super().clean()
        if self.licence_url and not self.licence:
            raise ValidationError({"licence": _("Name the licence that the address is of.")})

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Topic(index.Indexed, models.Model):
    """A subject that content is about: one row with its name in every language, so that a page and its translations
    always have the same topics, and no language can lack a name.
    """

    slug = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use lower-case letters, digits and hyphens."))],
        help_text=_("The topic's name in addresses and for partner sites. It does not change."),
    )
    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)

    panels = [FieldPanel("name_ar"), FieldPanel("name_en"), FieldPanel("name_fr"), FieldPanel("slug")]
    search_fields = [
        index.SearchField("name_ar"),
        index.SearchField("name_en"),
        index.SearchField("name_fr"),
        index.AutocompleteField("name_ar"),
        index.AutocompleteField("name_en"),
        index.AutocompleteField("name_fr"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name((get_language() or "en")[:2])

    def name(self, language: str) -> str:
        """Return the name in `language` ("ar", "en" or "fr")."""
        return str(getattr(self, f"name_{language}", self.name_en))

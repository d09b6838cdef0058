from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.editing.localized_form import localized_form, localized_panels
from core.processing.unit_of_work import unit_of_work

from .localized import Localized, LocalizedText


class Topic(index.Indexed, Localized):
    """A subject that content is about: one row with its name in every language, so that a page and its translations
    always have the same topics.
    """

    slug = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use lower-case letters, digits and hyphens."))],
        help_text=_("The topic's name in addresses and for partner sites. It does not change."),
    )

    base_form_class = localized_form({"name": _("name")}, longest=120)
    panels = [*localized_panels("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("every_name"), index.AutocompleteField("every_name")]

    class Meta(Localized.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]

    @property
    def every_name(self) -> str:
        """The names in all languages, by which editors find the topic."""
        return " ".join(self.names.values())

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whatever follows a topic reads its names once they are stored.
        with unit_of_work():
            super().save(*args, **kwargs)


class TopicName(LocalizedText):
    """The name of a topic in one language."""

    owner = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=120)

    class Meta(LocalizedText.Meta):
        constraints = [models.UniqueConstraint(fields=["owner", "language"], name="one_name_of_topic")]

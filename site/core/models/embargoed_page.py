"""Pages that are published on a day, and may be under embargo until then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from core.processing.unit_of_work import unit_of_work
from core.publication.contents import lock_content

from .corrected_page import CorrectedPage


class EmbargoedPage(CorrectedPage):
    """A page of a content that may be under embargo: no language is public before the same moment."""

    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Cairo time. No language is public before; what is published in the meantime waits for then."),
    )

    embargo_panels = [FieldPanel("embargo_until")]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page with its content's embargo, whatever this page says: only
        `core.embargo.set_embargo` changes it.
        """
        with unit_of_work():
            if self._state.adding:
                self._join_content()
            elif not kwargs.get("update_fields"):
                list(Page.objects.filter(pk=self.pk).select_for_update(no_key=True).values_list("pk"))
                self.embargo_until = self._stored(pk=self.pk)
            super().save(*args, **kwargs)

    def _join_content(self) -> None:
        """Give a page that is added to an existing content, such as a translation, the embargo of the others."""
        if lock_content(self.translation_key):
            self.embargo_until = self._stored(translation_key=self.translation_key)

    def _stored(self, **which: Any) -> datetime | None:
        stored = type(self)._default_manager.filter(**which)
        until: datetime | None = stored.aggregate(latest=models.Max("embargo_until"))["latest"]
        return until

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Keep the current embargo, which is not part of a version: no version restores an old one or drops it."""
        page = super().with_content_json(content)
        page.embargo_until = self.embargo_until
        return page

    @property
    def end_of_embargo(self) -> datetime | None:
        """The moment when the content may be published; None if no embargo holds it. An embargo that an editor is
        setting comes from the form; otherwise the stored row counts, not a value that may have been read from it a
        while ago.
        """
        until = self.embargo_until
        if self.pk and not getattr(self, "embargo_is_new", False):
            until = self._stored(translation_key=self.translation_key)
        return until if until and until > timezone.now() else None

"""The languages of a content side by side: what is public, and what would be published when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from core.languages.declared import LANGUAGE_CODES, direction, language_name
from core.publication.contents import pages_of, scheduled_revisions
from publishing.gate import verdict


@dataclass
class LanguageVersion:
    """One language of a content. `page` is None if the content does not exist in it."""

    language: str
    page: Any
    user: Any

    @property
    def name(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @cached_property
    def revision(self) -> Revision | None:
        """Return the newest version, which is the one that a schedule publishes."""
        return self.page and self.page.get_latest_revision()

    @cached_property
    def latest(self) -> Any:
        """Return the page as in its newest version."""
        return self.page and self.page.get_latest_revision_as_object()

    @cached_property
    def moment(self) -> datetime | None:
        """Return when it will be published, or None if it is not scheduled."""
        revision = scheduled_revisions(self.page).first() if self.page else None
        return revision.approved_go_live_at if revision else None

    @property
    def is_overdue(self) -> bool:
        return bool(self.moment and self.moment <= timezone.now())

    @cached_property
    def may_publish(self) -> bool:
        return bool(self.page and self.page.permissions_for_user(self.user).can_publish())

    @property
    def has_news(self) -> bool:
        """Return whether there is anything that is not published yet."""
        return bool(self.page and (not self.page.live or self.page.has_unpublished_changes))

    @property
    def can_be_scheduled(self) -> bool:
        return self.may_publish and self.has_news

    @cached_property
    def problems(self) -> list[str]:
        """Return the reasons why it could not be published as it is now."""
        if not self.has_news:
            return []
        return [refusal.sentence for refusal in verdict(self.latest, self.user).refusals]

    @property
    def state(self) -> str:
        if self.page is None:
            return _("Not translated yet")
        if self.is_overdue:
            return _("Should be out, and is not")
        if self.moment:
            return _("Live, with a scheduled change") if self.page.live else _("Scheduled")
        if self.page.live:
            return _("Live, with a draft that is not out") if self.page.has_unpublished_changes else _("Live")
        return _("Draft")


def versions_of(page: Page, user: Any) -> list[LanguageVersion]:
    """Return the content of a page in every language of the site. Aliases do not count as versions."""
    pages = pages_of(page.translation_key).filter(alias_of=None)
    found = {item.locale.language_code: item for item in pages.specific()}
    return [LanguageVersion(language, found.get(language), user) for language in LANGUAGE_CODES]

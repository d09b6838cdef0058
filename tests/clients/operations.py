"""Operations of editors on a page, and the check of a partner's copy after them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from core.models import ContentImage, Topic
from home.models import ProgrammePage, SectionPage, StandardPage
from mena_content import Client, MemoryStore
from mena_content.types import Locale as PublicLocale
from news.models import NewsIndexPage, NewsPage
from publishing.models import PublishedDocument

LANGUAGES: tuple[PublicLocale, ...] = ("ar", "en", "fr")
Crawl = dict[tuple[str, str], Any]


def crawl(client: Client) -> Crawl:
    """Return all public content as the lists of the API show it, by id and language."""
    found = [item for language in LANGUAGES for item in client.iter_items(locale=language)]
    return {(item["content_id"], item["locale"]): item for item in found}


def assert_exact(store: MemoryStore, client: Client) -> None:
    """Fail unless the copy equals a fresh crawl, and its ETags equal those of the published documents."""
    copy = {tuple(key): entry.item for key, entry in store.entries.items()}
    assert json.dumps(copy_of(copy), sort_keys=True) == json.dumps(copy_of(crawl(client)), sort_keys=True)
    published = PublishedDocument.objects.filter(removal="").values_list("content_id", "locale", "digest")
    assert {(*key, entry.etag) for key, entry in store.entries.items()} == {
        (str(content_id), locale, digest) for content_id, locale, digest in published
    }


def copy_of(items: dict[Any, Any]) -> dict[str, Any]:
    return {" ".join(key): item for key, item in items.items()}


def news(slug: str = "sample-documents-to-carry") -> NewsPage:
    page: NewsPage = NewsPage.objects.get(slug=slug, locale__language_code="en")
    return page


def rename() -> None:
    page = news()
    page.title = f"{page.title} (corrected)"
    page.save_revision().publish()


def unpublish() -> None:
    news().unpublish()


def publish_again() -> None:
    page = news()
    page.save_revision().publish()


def restrict_section() -> None:
    section = news().get_parent()
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)


def lift_restrictions() -> None:
    for restriction in PageViewRestriction.objects.all():
        restriction.delete()


def expire() -> None:
    page = news("sample-fair-recruitment")
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()


def translate() -> None:
    page = news()
    french = Locale.objects.get(language_code="fr")
    if not page.has_translation(french):
        page.copy_for_translation(french).save_revision().publish()


def rename_section() -> None:
    section = NewsIndexPage.objects.get(locale__language_code="en")
    section.slug = f"{section.slug}-x"
    section.save_revision().publish()


def edit_topic() -> None:
    topic = Topic.objects.get(slug="migration-health")
    topic.names = {"fr": f"{topic.name('fr')} !"}
    topic.save()


def edit_image() -> None:
    image = ContentImage.objects.get(pk=ProgrammePage.objects.exclude(lead_image=None).first().lead_image_id)
    image.credit = f"{image.credit} and somebody else"
    image.save()


def move() -> None:
    section: Page = SectionPage.objects.get(locale__language_code="en")
    StandardPage.objects.get(slug="contact", locale__language_code="en").move(section, pos="last-child")


def delete() -> None:
    found = NewsPage.objects.filter(slug="sample-remittances", locale__language_code="ar").first()
    if found:
        found.delete()


def edit_draft() -> None:
    page = news()
    page.title = "A draft"
    page.save_revision()


OPERATIONS: list[Callable[[], None]] = [
    rename,
    unpublish,
    publish_again,
    restrict_section,
    lift_restrictions,
    expire,
    translate,
    rename_section,
    edit_topic,
    edit_image,
    move,
    delete,
    edit_draft,
]

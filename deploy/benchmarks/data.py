"""The content for benchmarks: the starter and sample content, more news, and a section of 500 pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from wagtail.models import Locale, Page

from bundles.loader import load
from bundles.reader import read_bundle
from core.models import ContentImage, Topic
from core.processing.unit_of_work import unit_of_work
from home.models import HomePage, StandardPage
from news.models import NewsIndexPage, NewsPage

CONTENT = Path(__file__).resolve().parents[2] / "home" / "content"
MORE_NEWS = 60
SUBTREE_PAGES = 500


def load_content() -> None:
    for folder in ("starter", "sample"):
        load(read_bundle(CONTENT / folder))
    with unit_of_work():
        _add_news()
        _add_subtree()


def subtree() -> Page:
    """Return the top page of the section of SUBTREE_PAGES pages."""
    page: Page = Page.objects.get(slug="benchmark-section")
    return page


def _add_news() -> None:
    """Add news in three languages, each with a picture, topics and countries, like those of the sample content."""
    model = NewsPage.objects.filter(locale__language_code="en").exclude(body="[]").order_by("pk")[0]
    images = list(ContentImage.objects.order_by("pk"))
    topics = list(Topic.objects.order_by("slug")[:2])
    others = list(Locale.objects.exclude(language_code="en"))
    for number in range(MORE_NEWS):
        page = NewsPage(
            title=f"News {number} of the benchmark",
            slug=f"benchmark-{number}",
            summary=f"What news {number} says.",
            date=model.date - timedelta(days=number),
            lead_image=images[number % len(images)],
            lead_image_is_decorative=True,
            countries=["EGY", "JOR"],
            body=model.body.get_prep_value(),
            locale=Locale.objects.get(language_code="en"),
        )
        NewsIndexPage.objects.get(locale=page.locale).add_child(instance=page)
        page.topics = topics
        page.save_revision().publish()
        for locale in others:
            page.copy_for_translation(locale).save_revision().publish()


def _add_subtree() -> None:
    home = HomePage.objects.get(locale__language_code="en")
    top = home.add_child(instance=StandardPage(title="Section", slug="benchmark-section", locale=home.locale))
    for number in range(SUBTREE_PAGES - 1):
        body = [("rich_text", f"<p>Text {number} of a page.</p>")]
        page = StandardPage(title=f"Page {number}", slug=f"page-{number}", locale=home.locale, body=body)
        top.add_child(instance=page)

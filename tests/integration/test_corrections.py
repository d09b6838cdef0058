"""Corrections of news items, publications and press releases appear wherever the text does."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from events.models import EventPage
from news.models import NewsPage
from press.releases.page import PressReleasePage
from research.models import PublicationPage
from tests.editing import Editing
from tests.factories import LANGUAGES, make_page

pytestmark = pytest.mark.django_db

FEEDS = {NewsPage: "news", PublicationPage: "publications", PressReleasePage: "press-releases", EventPage: "events"}
of_every_type = pytest.mark.parametrize("model", list(FEEDS))
TEXT = "The figure was <34>; see www.example.org."
DAYS = {"ar": "3 نوفمبر 2026", "en": "3 November 2026", "fr": "3 novembre 2026"}
HEADINGS = {"ar": "تصويبات", "en": "Corrections", "fr": "Rectificatifs"}


def corrected_page(model: Any, language: str, *texts: str, **fields: Any) -> Any:
    """Create a public page with corrections of the same day, the latest last."""
    correction = model._meta.get_field("corrections").related_model
    corrections = [correction(date=date(2026, 11, 3), text=text) for text in texts]
    body = [("rich_text", "<p>The body of the page.</p>")]
    fields[{PublicationPage: "date_issued", EventPage: "start_date"}.get(model, "date")] = date(2026, 11, 2)
    return make_page(model, language, corrections=corrections, body=body, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
@of_every_type
def test_a_correction_stands_above_the_text_in_page_api_and_feeds(
    client: Client, model: type[Page], language: str
) -> None:
    page = corrected_page(model, language, TEXT)
    html = client.get(page.url).content.decode()
    shown = 'see <bdi dir="ltr">www.example.org</bdi>' if language == "ar" else "see www.example.org"
    assert html.index(HEADINGS[language]) < html.index(DAYS[language]) < html.index(shown)
    assert html.index("The figure was &lt;34&gt;;") < html.index("The body of the page.")

    item = client.get(f"/api/v1/items/{page.translation_key}?locale={language}").json()
    assert item["corrections"] == [{"date": "2026-11-03", "text": TEXT}]
    linked = client.get(f"/api/v1/items/{page.translation_key}.jsonld?locale={language}").json()
    comment = [{"@type": "CorrectionComment", "datePublished": "2026-11-03", "text": TEXT}]
    # In schema.org an event is not a work, so it cannot have corrections.
    assert linked.get("correction") == (None if model is EventPage else comment)

    feed = client.get(f"/api/v1/feeds/{FEEDS[model]}.json?locale={language}").json()
    [content] = [entry["content_html"] for entry in feed["items"] if entry["title"] == page.title]
    assert content.index(HEADINGS[language]) < content.index(shown) < content.index("The body of the page.")
    for form in ("atom", "rss"):
        answer = client.get(f"/api/v1/feeds/{FEEDS[model]}.{form}?locale={language}")
        assert "The figure was &amp;lt;34" in answer.content.decode()


@of_every_type
def test_a_page_without_corrections_says_nothing_of_them(client: Client, model: type[Page]) -> None:
    page = corrected_page(model, "en")
    assert 'id="corrections"' not in client.get(page.url).content.decode()
    assert client.get(f"/api/v1/items/{page.translation_key}?locale=en").json()["corrections"] == []
    assert "correction" not in client.get(f"/api/v1/items/{page.translation_key}.jsonld?locale=en").json()


@of_every_type
def test_each_language_has_its_own_corrections(editing: Editing, client: Client, model: type[Page]) -> None:
    page = corrected_page(model, "en", "Wrong in English.")
    [french] = editing.translate(page, "fr")
    french.corrections = []
    french.save_revision().publish()
    answers = {
        language: client.get(f"/api/v1/items/{page.translation_key}?locale={language}").json()["corrections"]
        for language in ("en", "fr")
    }
    assert ([item["text"] for item in answers["en"]], answers["fr"]) == (["Wrong in English."], [])
    assert "Wrong in English." not in client.get(french.url).content.decode()


@pytest.mark.slow
def test_a_bundle_keeps_corrections_and_the_order_of_those_of_one_day(tmp_path: Path) -> None:
    pages = [corrected_page(model, "en", "First.", "Second.", slug="corrected") for model in FEEDS]
    call_command("export_content", str(tmp_path), stdout=StringIO())
    files = list(tmp_path.glob("*/corrected.en.md"))
    assert len(files) == len(pages)
    assert all(file.read_text().index("Second.") < file.read_text().index("First.") for file in files)
    assert "Nothing to change" in load(tmp_path)
    for file in files:
        file.write_text(file.read_text().replace("First.", "The first."))
    assert load(tmp_path).count("1 updated") == len(pages)
    assert "Nothing to change" in load(tmp_path)
    for page in pages:
        assert [item.text for item in type(page).objects.get(pk=page.pk).corrections.all()] == ["Second.", "The first."]


def load(folder: Path) -> str:
    output = StringIO()
    call_command("load_content", str(folder), stdout=output, stderr=StringIO())
    return output.getvalue()


@pytest.mark.parametrize(("model", "most"), [(NewsPage, 12), (PublicationPage, 15), (PressReleasePage, 15)])
def test_queries_do_not_grow_with_corrections(
    client: Client, django_assert_max_num_queries: Any, model: type[Page], most: int
) -> None:
    page = corrected_page(model, "en", *["Wrong."] * 5)
    with django_assert_max_num_queries(most):
        assert client.get(page.url).status_code == 200

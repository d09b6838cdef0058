"""What readers, partners, journalists and editors get of a language that the site has just been given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from lxml import etree, html
from pytest_django import DjangoDbBlocker
from wagtail.models import Page
from wagtail.users.models import UserProfile

from accounts.models import User
from bundles.exporter import export
from bundles.loader import load
from bundles.reader import read_bundle
from core.content_types.registry import content_types
from core.languages.versions import public_pages
from core.models import Topic
from core.places.countries import countries, country_name
from press.staffing.models.desk import Desk
from tests.admin_views import address_of, admin_views, values_of_the_site
from tests.api.contract import problems_of
from tests.crawl import crawl
from tests.press_inquiries import address, queued, typed
from tests.search_engines import Searched, elasticsearch_prefix, make_document, searched

from .kurdish import CODE, TEXT, TITLE, translate_site, write_catalogue

__all__ = ["elasticsearch_prefix", "searched"]
pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
_UNTRANSLATED: list[Page] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The loaded site, with its pages in Kurdish."""
    with django_db_blocker.unblock():
        _UNTRANSLATED[:] = translate_site()


@pytest.fixture
def kurdish_words(tmp_path: Path) -> Iterator[None]:
    """A catalogue with every message, in which no text of the site's own is in another language."""
    write_catalogue(ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po", tmp_path)
    with override_settings(LOCALE_PATHS=[*settings.LOCALE_PATHS, tmp_path]):
        for declared in content_types():
            vars(declared).pop("labels", None)
        yield
    for declared in content_types():
        vars(declared).pop("labels", None)


def pages() -> list[Page]:
    return list(public_pages(Page.objects.filter(locale__language_code=CODE, depth__gt=1)))


def unmarked(document: Any) -> set[str]:
    """Return the names that Kurdish lacks, of topics and countries, that no element says to be of another language."""
    names = {topic.name("en") for topic in Topic.objects.all()} | {country_name(code, "en") for code in countries()}
    shown = [text for text in document.xpath("//body//text()") if text.strip() in names]
    return {text for text in shown if text.getparent().xpath("ancestor-or-self::*[@lang][1]/@lang")[-1] == CODE}


def test_every_page_is_kurdish_and_says_so_of_whatever_is_not(client: Client, kurdish_words: None) -> None:
    found = pages()
    assert len(found) > 40
    faults, marked = {}, 0
    for page in found:
        response = client.get(page.url)
        assert response.status_code == 200, page.url
        document = html.fromstring(response.content)
        assert (document.get("lang"), document.get("dir")) == (CODE, "rtl"), page.url
        marked += len(document.xpath("//main//*[@lang='en'][@dir='ltr']"))
        if left := unmarked(document):
            faults[page.url] = left
    assert faults == {}
    assert marked > 50


def test_nothing_that_can_be_reached_from_kurdish_pages_fails(client: Client) -> None:
    client.raise_request_exception = True
    bodies = crawl(client, [f"/{CODE}/", "/sitemap.xml", f"/{CODE}/nothing-here/"], most=4000)
    assert sum(address.startswith(f"/{CODE}/") for address in bodies) > 60


def test_page_without_kurdish_says_in_which_languages_it_exists(client: Client, kurdish_words: None) -> None:
    assert len(_UNTRANSLATED) == 2
    for page in _UNTRANSLATED:
        response = client.get(page.url.replace("/en/", f"/{CODE}/", 1))
        document = html.fromstring(response.content)
        assert (response.status_code, document.get("lang")) == (200, CODE)
        assert set(document.xpath("//main//a[@hreflang]/@lang")) >= {"en"}
        assert unmarked(document) == set()


def test_other_languages_name_kurdish_in_their_bar_and_head(client: Client) -> None:
    document = html.fromstring(client.get("/en/").content)
    entries = document.xpath("//nav[contains(@class,'language')]//*[@lang]")
    assert [(entry.get("lang"), entry.get("dir")) for entry in entries][-1] == (CODE, "rtl")
    assert f"/{CODE}/" in document.xpath(f"//link[@rel='alternate'][@hreflang='{CODE}']/@href")[0]


def test_style_sheet_knows_the_language_by_its_script() -> None:
    sheet = Path(str(finders.find("css/site.css"))).read_text()
    assert f":lang(ar),:lang({CODE}),:lang(und-Arab){{--font:" in sheet


def test_search_page_finds_kurdish_and_counts_it_for_other_languages(client: Client, kurdish_words: None) -> None:
    document = html.fromstring(client.get(f"/{CODE}/search/", {"q": "هەولێر"}).content)
    assert len(document.xpath("//li[@class='result']")) > 5
    assert unmarked(document) == set()
    suggestions = client.get("/api/v1/suggest", {"q": "کۆچ", "locale": CODE}).json()
    assert suggestions["items"]
    assert suggestions["dir"] == "rtl"
    english = html.fromstring(client.get("/en/search/", {"q": "هەولێر"}).content)
    assert english.xpath(f"//a[@hreflang='{CODE}']")


@pytest.mark.parametrize("typed_word", ["كۆچبەران", "کۆچبه‌ران", "کۆچبەران"])
def test_letters_are_found_as_any_keyboard_has_them(searched: Searched, typed_word: str) -> None:
    document = make_document("ڕاپۆرتی کۆچبەران", CODE)
    searched.add(document)
    assert document.content_id in searched.ids(typed_word, CODE)


def test_other_languages_stay_apart_from_kurdish(searched: Searched) -> None:
    kurdish, arabic = make_document("کۆچبەران", CODE), make_document("مهاجرون كۆچبەران", "ar")
    searched.add(kurdish, arabic)
    found = searched.ids("کۆچبەران", CODE)
    assert kurdish.content_id in found
    assert arabic.content_id not in found
    assert kurdish.content_id not in searched.ids("مهاجرون", "ar")


def test_api_speaks_kurdish(client: Client) -> None:
    contract: Any = client.get("/api/v1/openapi.json").json()
    assert CODE in str(contract["components"])
    found = client.get("/api/v1/items", {"locale": CODE, "facets": "topic,country,type"}).json()
    assert found["items"]
    for item in found["items"]:
        assert (item["locale"], item["dir"]) == (CODE, "rtl")
    content = found["items"][0]["content_id"]
    for path in (f"items/{content}", "search", "navigation", "changes", "vocabularies/topics", "suggest"):
        query = {"locale": CODE, "q": "کۆچ"} if path in ("search", "suggest") else {"locale": CODE}
        query = query if path.split("/")[0] not in ("changes", "vocabularies") else {}
        response: Any = client.get(f"/api/v1/{path}", query)
        assert response.status_code == 200, path
        if "javascript" not in response["Content-Type"]:
            assert problems_of("GET", f"/api/v1/{path}", "", response) == []


def test_vocabularies_have_no_name_of_another_language_in_place_of_a_kurdish_one(client: Client) -> None:
    for name in ("topics", "countries"):
        terms = client.get(f"/api/v1/vocabularies/{name}").json()["terms"]
        assert terms
        assert all(set(term["labels"]) == {"ar", "en", "fr"} for term in terms)


@pytest.mark.parametrize("name", ["news", "publications", "press-releases", "events"])
def test_feeds_are_kurdish(client: Client, name: str) -> None:
    for form in ("atom", "json", "rss"):
        response = client.get(f"/api/v1/feeds/{name}.{form}", {"locale": CODE})
        if response.status_code == 200 and form == "atom":
            feed = etree.fromstring(response.content)
            assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == CODE
        assert response.status_code in (200, 404)


def test_bundle_with_kurdish_is_written_and_read_again(tmp_path: Path) -> None:
    counts = export(tmp_path / "bundle")
    kurdish = list((tmp_path / "bundle").rglob(f"*.{CODE}.md"))
    assert len(kurdish) > 40
    summary = load(read_bundle(tmp_path / "bundle"), dry_run=True)
    changed = {key: number for key, number in summary.counts.items() if key[1] != "unchanged"}
    assert changed == {}
    assert counts["news"]


def test_journalist_is_answered_in_kurdish(client: Client, kurdish_words: None) -> None:
    Desk.objects.create(names={"ar": "ا", "en": "Duty", "fr": "P"}, email="d@example.org", is_duty=True, language=CODE)
    form = html.fromstring(client.get(address(CODE)).content)
    assert unmarked(form) == set()
    response = client.post(address(CODE), typed(language=CODE))
    assert response.status_code == 200
    mail: Any
    (mail,) = (message.email() for message in queued("inquiry-acknowledgement"))
    written = html.fromstring(str(mail.alternatives[0].content))
    assert (written.get("lang"), written.get("dir")) == (CODE, "rtl")
    assert queued("inquiry-announcement")


# wagtail-localize pages through translations in no order.
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
def test_every_view_of_the_admin_opens_for_an_editor_of_kurdish(client: Client) -> None:
    editor = User.objects.create_superuser("an-administrator", "a@example.org", "a password of the tests")
    UserProfile.get_for_user(editor)
    UserProfile.objects.filter(user=editor).update(preferred_language=CODE)
    client.force_login(editor)
    values = values_of_the_site() | {"page_id": pages()[-1].pk}
    opened = 0
    for route, view in admin_views():
        target = address_of(route, view, values)
        if target and not any(word in target for word in ("logout", "failwhale")):
            status = client.get(target).status_code
            assert status < 500, target
            opened += status == 200
    assert opened > 100


def test_page_in_kurdish_is_edited_and_shown(client: Client) -> None:
    page: Any = next(page.specific for page in pages() if page.specific_class.__name__ == "NewsPage")
    assert client.get(page.url).content.decode().count(TEXT) == 1
    assert TITLE in client.get(page.url).content.decode()

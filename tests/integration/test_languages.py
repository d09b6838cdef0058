"""The languages in which a content exists, and what readers of another language see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from wagtail.models import Locale, Page, PageViewRestriction

from core.languages.versions import in_reader_language, language_versions, x_default
from home.models import StandardPage
from news.models import NewsPage
from tests.sitemaps import sitemap_files, sitemap_text

pytestmark = pytest.mark.django_db


def news(slug: str) -> NewsPage:
    page: NewsPage = NewsPage.objects.get(slug=slug, locale__language_code="en")
    return page


def without_french() -> NewsPage:
    return news("sample-documents-to-carry")


def alternates(client: Client, address: str) -> set[str]:
    document = html.fromstring(client.get(address).content)
    return set(document.xpath("//link[@rel='alternate']/@hreflang"))


def test_versions_come_in_the_order_of_the_language_bar() -> None:
    assert list(language_versions(Page.objects.get(url_path="/home/"))) == ["ar", "en", "fr"]


def test_alias_page_is_not_listed_as_a_translation(client: Client) -> None:
    page = without_french()
    alias = page.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
    assert alias.live
    assert list(language_versions(page)) == ["ar", "en"]
    assert alternates(client, page.url) == {"ar", "en", "x-default"}
    assert alias.url not in sitemap_text(client)
    assert page.title not in client.get("/fr/actualites/").content.decode()


def test_address_of_an_alias_says_that_the_language_is_missing(client: Client) -> None:
    page = without_french()
    alias = page.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
    response = client.get(alias.url)
    document = html.fromstring(response.content)
    assert response.status_code == 200
    assert document.get("lang") == "fr"
    assert "noindex" in response["X-Robots-Tag"]
    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
    main = document.get_element_by_id("main")
    assert {link.get("hreflang"): link.get("href") for link in main.xpath(".//a[@hreflang]")} == {
        code: version.url for code, version in language_versions(page).items()
    }
    titles = main.xpath(".//*[@lang='en']")
    assert titles, "the English title must say that it is English"
    assert page.specific.summary not in response.content.decode()


@pytest.mark.parametrize("path", ["/fr/news/sample-documents-to-carry/", "/fr/actualites/sample-documents-to-carry/"])
def test_missing_language_is_explained_at_every_address_a_reader_may_try(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert without_french().url in response.content.decode()
    assert html.fromstring(response.content).get("lang") == "fr"


def test_another_languages_path_leads_to_the_page_in_this_language(client: Client) -> None:
    response = client.get("/fr/what-we-do/migration-health/")
    assert response.status_code == 302
    assert response["Location"] == "/fr/ce-que-nous-faisons/migration-et-sante/"


def test_draft_translation_is_explained_and_not_shown(client: Client) -> None:
    page = without_french()
    draft = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    assert not draft.live
    response = client.get(draft.url)
    assert response.status_code == 200
    assert "noindex" in response["X-Robots-Tag"]
    assert list(language_versions(page)) == ["ar", "en"]


def test_language_bar_leads_to_what_explains_a_missing_language(client: Client) -> None:
    document = html.fromstring(client.get(without_french().url).content)
    links = document.xpath("//nav[contains(@class,'language')]//a")
    assert [(link.get("hreflang"), link.get("rel")) for link in links] == [("ar", None), ("fr", "nofollow")]
    explained = client.get(links[1].get("href"))
    assert explained.status_code == 200
    assert html.fromstring(explained.content).get("lang") == "fr"


def test_page_that_no_language_has_is_a_404_in_the_readers_language(client: Client) -> None:
    for language in ("ar", "en", "fr"):
        response = client.get(f"/{language}/there-is-no-such-page/")
        assert response.status_code == 404
        assert html.fromstring(response.content).get("lang") == language


def test_x_default_is_english_or_else_the_first_language() -> None:
    arabic_and_french = language_versions(news("sample-whole-of-government")) or {}
    assert x_default(arabic_and_french) == arabic_and_french["en"]
    assert x_default({"fr": arabic_and_french["fr"]}) == arabic_and_french["fr"]
    assert x_default({}) is None


class TestRestrictedPage:
    """For everybody without access, a restricted page does not seem to exist."""

    @pytest.fixture
    def restricted(self) -> NewsPage:
        page = without_french()
        parent = page.get_parent()
        PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)
        return page

    def test_it_is_no_language_version(self, restricted: NewsPage) -> None:
        assert list(language_versions(restricted)) == ["ar"]

    def test_other_languages_do_not_link_to_it(self, client: Client, restricted: NewsPage) -> None:
        arabic = language_versions(restricted)["ar"]
        response = client.get(arabic.url)
        assert restricted.title not in response.content.decode()
        assert alternates(client, arabic.url) == {"ar", "x-default"}

    def test_it_is_in_no_list_feed_sitemap_or_search(self, client: Client, restricted: NewsPage) -> None:
        files = sitemap_files(client)
        addresses = ("/en/", "/api/v1/feeds/news.atom?locale=en", *files, "/en/search/?q=documents")
        for address in addresses:
            body = client.get(address).content.decode()
            assert restricted.title not in body
            assert restricted.url not in body

    def test_it_asks_for_a_login_and_is_not_cached_for_others(self, client: Client, restricted: NewsPage) -> None:
        response = client.get(restricted.url)
        assert response.status_code == 302
        assert "public" not in response.get("Cache-Control", "")

    def test_who_may_read_it_reads_it_and_no_cache_keeps_it(self, editor_client: Client, restricted: NewsPage) -> None:
        response = editor_client.get(restricted.url)
        assert response.status_code == 200
        assert "public" not in response.get("Cache-Control", "")

    def test_password_unlocks_it(self, client: Client) -> None:
        page = without_french()
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
        )
        form = html.fromstring(client.get(page.url).content).forms[-1]
        assert page.title not in client.get(page.url).content.decode()
        assert str(restriction.pk) in form.action
        response = client.post(form.action, {"password": "open sesame", "return_url": page.url}, follow=True)
        assert page.title in response.content.decode()


def test_expired_page_is_gone_before_the_schedule_runs(client: Client) -> None:
    page = without_french()
    NewsPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert list(language_versions(page)) == ["ar"]
    assert client.get(page.url).status_code == 200  # the notice, since Arabic has it
    assert page.specific.summary not in client.get(page.url).content.decode()
    assert page.url not in sitemap_text(client)


def test_links_follow_the_reader_and_say_when_they_lead_to_another_language(client: Client) -> None:
    page = without_french()
    target = StandardPage.objects.get(locale__language_code="fr", slug="contact")
    target.body = [
        (
            "rich_text",
            f'<p><a linktype="page" id="{page.pk}">x</a> <a linktype="page" id="{page.get_parent().pk}">y</a></p>',
        )
    ]
    target.save_revision().publish()
    main = html.fromstring(client.get(target.url).content).get_element_by_id("main")
    to_english, to_french = main.xpath(".//a[text()='x' or text()='y']")
    assert (to_english.get("href"), to_english.get("hreflang")) == (page.url, "en")
    assert (to_french.get("href"), to_french.get("hreflang")) == ("/fr/actualites/", None)


def test_links_to_what_the_public_cannot_read_lead_nowhere(client: Client) -> None:
    page = news("sample-whole-of-government")
    for version in language_versions(page).values():
        version.unpublish()
    assert in_reader_language([page]) == []


@pytest.mark.parametrize(
    ("preference", "expected"),
    [
        ("ar-EG,ar;q=0.9", "/ar/"),
        ("fr-TN", "/fr/"),
        ("en-GB", "/en/"),
        ("de", "/en/"),
        ("", "/en/"),
        ("*;q=x,,", "/en/"),
    ],
)
def test_door_leads_to_the_preferred_language(client: Client, preference: str, expected: str) -> None:
    response = client.get("/", headers={"accept-language": preference})
    assert (response.status_code, response["Location"]) == (302, expected)
    assert "Accept-Language" in response["Vary"]


def test_prefixed_address_does_not_depend_on_the_visitor(client: Client) -> None:
    client.cookies["django_language"] = "fr"
    answers = {client.get("/ar/", headers={"accept-language": value}).content for value in ("fr", "en", "ar")}
    assert len(answers) == 1
    assert "Accept-Language" not in client.get("/ar/").get("Vary", "")

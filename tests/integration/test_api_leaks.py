"""Content that is not public appears nowhere in the API and cannot be inferred from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from news.models import NewsIndexPage, NewsPage
from press.releases.page import PressReleasePage
from press.room.page import PressRoomPage
from publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db

SECRET = "Zanzibarquokka"
LANGUAGES = ("ar", "en", "fr")


def make_news(**fields: Any) -> NewsPage:
    index = NewsIndexPage.objects.get(locale__language_code="en")
    page = NewsPage(
        title=SECRET, slug=f"zanzibarquokka-{uuid4()}", summary=SECRET, countries=["NZL"], locale=index.locale, **fields
    )
    index.add_child(instance=page)
    return page


def restricted() -> Page:
    page = make_news(live=False)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    page.save_revision().publish()
    return page


def below_a_restricted_page() -> Page:
    page = make_news(live=False)
    PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    page.save_revision().publish()
    return page


def draft() -> Page:
    page = make_news(live=False)
    page.save_revision()
    return page


def expired() -> Page:
    return make_news(expire_at=timezone.now() - timedelta(seconds=1))


def scheduled() -> Page:
    page = make_news(live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    return page


def embargoed() -> Page:
    room = PressRoomPage.objects.get(locale__language_code="en")
    page = PressReleasePage(
        title=SECRET, slug=f"zanzibarquokka-{uuid4()}", summary=SECRET, dateline=SECRET, countries=["NZL"], live=False,
        locale=room.locale, embargo_until=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    page.full_clean(exclude=["path", "depth", "url_path"])
    room.add_child(instance=page)
    page.save_revision().publish()
    return page


HIDDEN: list[Callable[[], Page]] = [restricted, below_a_restricted_page, draft, expired, scheduled, embargoed]


def everything(client: Client) -> dict[str, str]:
    """Return the body of every address in every language, whatever its status."""
    paths = ["/", "/changes?include=full", "/vocabularies/topics", "/vocabularies/countries", "/vocabularies/types"]
    for language in LANGUAGES:
        for name in ("items", "news", "press-releases", "publications", "programmes", "pages"):
            paths.append(f"/{name}?locale={language}&limit=100&view=full&facets=country:99,topic:99,type,year:99")
            paths.append(f"/{name}?locale={language}&fallback=en&limit=100&facets=country:99")
        for name in ("news", "press-releases", "publications"):
            paths += [f"/feeds/{name}.json?locale={language}", f"/feeds/{name}.atom?locale={language}"]
        paths.append(f"/navigation?locale={language}")
        paths.append(f"/search?q={SECRET}&locale={language}&facets=country,topic,type,year")
        paths.append(f"/search?q=news&locale={language}&limit=100")
    found = {path: client.get(f"/api/v1{path}").content.decode() for path in paths}
    ids = {item["content_id"] for item in json.loads(found["/changes?include=full"])["changes"]}
    for content_id in list(ids)[:40]:
        path = f"/items/{content_id}/translations"
        found[path] = client.get(f"/api/v1{path}").content.decode()
    return found


# Pages below a restricted page would hide the others.
@pytest.mark.parametrize("hidden", [[below_a_restricted_page], [restricted, draft, expired, scheduled, embargoed]])
@pytest.mark.slow
def test_hidden_content_appears_nowhere(client: Client, hidden: list[Callable[[], Page]]) -> None:
    pages = [make() for make in hidden]
    for path, body in everything(client).items():
        assert SECRET.lower() not in body.lower().replace(f"q={SECRET}".lower(), ""), path
        assert not [page for page in pages if str(page.translation_key) in body], path
        assert "NZL" not in body, path


@pytest.mark.parametrize("make", HIDDEN)
def test_hidden_content_is_answered_as_if_it_did_not_exist(client: Client, make: Callable[[], Page]) -> None:
    page = make()
    for path in ("", ".jsonld", "/translations"):
        here = client.get(f"/api/v1/items/{page.translation_key}{path}")
        nowhere = client.get(f"/api/v1/items/{uuid4()}{path}")
        assert here.status_code == nowhere.status_code == 404
        assert without_instance(here.content) == without_instance(nowhere.content)
        assert headers_of(here) == headers_of(nowhere)
    here = client.get("/api/v1/resolve", {"url": page.url})
    nowhere = client.get("/api/v1/resolve", {"url": "/en/news/there-never-was-such-a-page/"})
    assert without_instance(here.content) == without_instance(nowhere.content)


def without_instance(body: bytes) -> str:
    problem = json.loads(body)
    assert problem["instance"].startswith("urn:uuid:")
    return body.decode().replace(problem["instance"], "")


def headers_of(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if not name.startswith("RateLimit")}


def test_content_that_becomes_restricted_leaves_only_a_tombstone(client: Client) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for path, body in everything(client).items():
        if not path.startswith(("/changes", "/items/")):
            assert page.title not in body, path
    told = client.get("/api/v1/changes", {"include": "full"}).json()
    assert all(item["content_id"] != str(page.translation_key) or item["locale"] != "en" for item in told["changes"])
    assert client.get(f"/api/v1/items/{page.translation_key}").status_code == 404
    assert client.get("/api/v1/resolve", {"url": page.url}).json()["type"].endswith("/not-found")


def test_an_alias_is_not_a_translation(client: Client) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    before = client.get("/api/v1/items?locale=fr&limit=0&facets=type").content
    page.copy_for_translation(Locale.objects.get(language_code="fr"), alias=True)
    assert client.get("/api/v1/items?locale=fr&limit=0&facets=type").content == before
    missing = client.get(f"/api/v1/items/{page.translation_key}?locale=fr")
    assert missing.json()["available_locales"] == ["ar", "en"]
    alternates = client.get(f"/api/v1/items/{page.translation_key}").json()["alternates"]
    assert [other["locale"] for other in alternates] == ["ar"]


def test_a_document_whose_time_is_over_is_gone_before_the_sweep(client: Client) -> None:
    row = PublishedDocument.objects.filter(type="news", locale="en", removal="").first()
    assert row is not None
    PublishedDocument.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    ids = [item["content_id"] for item in client.get("/api/v1/news?limit=100").json()["items"]]
    assert str(row.content_id) not in ids
    assert client.get(f"/api/v1/items/{row.content_id}").status_code == 404
    changes = client.get("/api/v1/changes").json()["changes"]
    assert (str(row.content_id), "en") not in {(change["content_id"], change["locale"]) for change in changes}


def test_the_parent_of_a_live_page_is_named_only_where_it_is_public(client: Client) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    parent = page.get_parent()
    assert client.get(f"/api/v1/items/{page.translation_key}").json()["parent"]["title"] == parent.title
    Page.objects.filter(pk=parent.pk).update(live=False)
    page.save_revision().publish()
    assert client.get(f"/api/v1/items/{page.translation_key}").json()["parent"] is None
    assert parent.title not in json.dumps(client.get("/api/v1/navigation").json(), ensure_ascii=False)

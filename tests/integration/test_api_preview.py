"""Previews: a link to one revision of a page, for an hour at most, and never anything else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html
from wagtail.models import Page

from accounts.models import User
from api.models import PreviewLink
from api.preview import LIFETIME, preview_link
from news.models import NewsPage

pytestmark = pytest.mark.django_db


def news() -> NewsPage:
    page: NewsPage = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    return page


def maker() -> User:
    found = User.objects.filter(username="a-maker").first()
    return found or User.objects.create_user("a-maker", "maker@example.org", "a password of the tests")


def path_of(page: Page) -> str:
    return preview_link(page, maker()).removeprefix("http://testserver")


def assert_refused(response: Any, *secrets: str) -> None:
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not any(secret in response.content.decode() for secret in secrets)


def test_a_preview_is_the_newest_draft_and_the_public_sees_nothing_of_it(client: Client) -> None:
    page = news()
    before = client.get(f"/api/v1/items/{page.translation_key}")
    page.title = "A draft of a title"
    page.body = [("rich_text", "<p>A draft of a text</p>")]
    page.save_revision()
    seen = client.get(path_of(page))
    assert seen.status_code == 200
    assert (seen.json()["title"], seen.json()["body"][0]["html"]) == ("A draft of a title", "<p>A draft of a text</p>")
    assert seen["Cache-Control"] == "private, no-store"
    assert seen["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in seen
    assert client.get(f"/api/v1/items/{page.translation_key}").content == before.content


def test_a_page_that_was_never_published_can_be_previewed(client: Client) -> None:
    page = NewsPage(title="Never published", slug="never-published", live=False, locale=news().locale)
    news().get_parent().add_child(instance=page)
    page.save_revision()
    assert client.get(path_of(page)).json()["title"] == "Never published"


def test_head_of_a_preview_has_no_body(client: Client) -> None:
    assert client.head(path_of(news())).content == b""


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "..", "null", "e30:1:2", "é"])
def test_a_forged_link_is_refused(client: Client, token: str) -> None:
    response = client.get(f"/api/v1/preview/{token}")
    if token in ("%00", ".."):
        assert response.status_code in (400, 403, 404)
    else:
        assert_refused(response)


def test_a_link_changed_or_signed_for_something_else_is_refused(client: Client) -> None:
    path = path_of(news())
    assert_refused(client.get(path[:-1] + ("A" if path[-1] != "A" else "B")))
    assert_refused(client.get(f"/api/v1/preview/{signing.dumps({'page': news().pk}, salt='another')}"))
    assert_refused(client.get(f"/api/v1/preview/{client.get('/api/v1/items').json()['meta']['next_cursor']}"))


def test_a_link_is_refused_after_an_hour_and_never_shows_the_live_page_instead(
    client: Client,
) -> None:
    assert timedelta() < LIFETIME <= timedelta(hours=1)
    page = news()
    path = path_of(page)
    assert client.get(path).status_code == 200
    PreviewLink.objects.update(expires_at=timezone.now())
    assert_refused(client.get(path), page.title, str(page.translation_key))


def test_a_link_to_a_deleted_page_is_refused(client: Client) -> None:
    page = news()
    path = path_of(page)
    page.delete()
    assert_refused(client.get(path), page.title)


def test_a_link_shows_its_own_page_only(client: Client) -> None:
    other = NewsPage.objects.filter(locale__language_code="en").exclude(pk=news().pk).first()
    assert client.get(path_of(other)).json()["content_id"] == str(other.translation_key)


def test_a_preview_takes_no_parameters(client: Client) -> None:
    assert client.get(f"{path_of(news())}?locale=ar").json()["errors"][0]["parameter"] == "locale"


def test_an_editor_makes_the_link_in_the_menu_of_the_page(editor_client: Client) -> None:
    page = news()
    page.title = "A draft of a title"
    page.save_revision()
    edit = html.fromstring(editor_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content)
    address = reverse("api_preview_link", args=[page.pk])
    assert edit.xpath(f"//a[@href='{address}']")
    assert b"/api/v1/preview/" not in editor_client.get(address).content
    shown = html.fromstring(editor_client.post(address, {"make": "1"}).content)
    link = next(href for href in shown.xpath("//a/@href") if "/api/v1/preview/" in href)
    assert Client().get(link.removeprefix("http://testserver")).json()["title"] == "A draft of a title"


def test_nobody_else_makes_a_link(client: Client) -> None:
    address = reverse("api_preview_link", args=[news().pk])
    assert client.get(address).status_code == 302
    reader = User.objects.create_user("a-reader", "reader@example.org", "a password of the tests")
    client.force_login(reader)
    response = client.get(address)
    assert response.status_code in (302, 403)
    assert b"/api/v1/preview/" not in response.content


def test_a_link_opens_as_a_page_in_a_browser(client: Client) -> None:
    page = news()
    page.title = "A draft of a title"
    page.save_revision()
    shown = client.get(path_of(page), headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert shown["Content-Type"].startswith("text/html")
    assert "A draft of a title" in html.fromstring(shown.content).xpath("string(//h1)")
    assert shown["Cache-Control"] == "private, no-store"
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    assert "Accept" in shown["Vary"]
    assert not shown.cookies


def test_a_link_shows_the_revision_that_it_was_made_for(client: Client) -> None:
    page = news()
    page.title = "The first draft"
    page.save_revision()
    path = path_of(page)
    page.title = "What was written later"
    page.save_revision()
    assert client.get(path).json()["title"] == "The first draft"


def test_a_link_ends_with_the_account_of_its_maker(client: Client) -> None:
    path = path_of(news())
    User.objects.filter(pk=maker().pk).update(is_active=False)
    assert_refused(client.get(path), news().title)
    User.objects.filter(pk=maker().pk).update(is_active=True)
    assert client.get(path).status_code == 200
    maker().delete()
    assert_refused(client.get(path), news().title)


def test_an_editor_revokes_a_link(editor_client: Client) -> None:
    path, address = path_of(news()), reverse("api_preview_link", args=[news().pk])
    shown = html.fromstring(editor_client.get(address).content)
    [number] = shown.xpath("//button[@name='revoke']/@value")
    other = NewsPage.objects.filter(locale__language_code="en").exclude(pk=news().pk).first()
    editor_client.post(reverse("api_preview_link", args=[other.pk]), {"revoke": number})
    assert Client().get(path).status_code == 200
    editor_client.post(address, {"revoke": number})
    assert_refused(Client().get(path), news().title)


def test_only_a_digest_of_the_link_is_stored() -> None:
    token = path_of(news()).rpartition("/")[2]
    assert token not in str(list(PreviewLink.objects.values()))
